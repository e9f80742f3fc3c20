package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A shorter way to write objects of some classes. Elements that it does not know stay, in their order. */
interface Shorthand {
    /** Returns the classes it is for, in text form. */
    Set<String> classes();

    /** Returns the first version of trees that has it. */
    default int since() {
        return 2;
    }

    /**
     * True if it needs to know where the objects are that the attributes of such an object hold two steps below: a writer
     * notes their paths on their elements ({@link Registration#AT}).
     */
    default boolean refersToParts() {
        return false;
    }

    /**
     * True if the short form is the one without something, so that nothing in it says that it is one: it is read as such in
     * trees of its own version and later ones only, and must be there for every object of its classes.
     */
    default boolean isImplied() {
        return false;
    }

    /** True if a long form, made of a short one, is that of the object; the order of attributes means nothing. */
    default boolean says(Element again, Element object) {
        return again.children().size() == object.children().size()
                && new HashSet<>(again.children()).equals(new HashSet<>(object.children()));
    }

    /** Returns the shorter form of an {@code <object>}; empty if it is not of the shape that this is for. */
    Optional<Element> shorten(Element object, Native text);

    /**
     * Returns what a shorter form says; the same element if it is none.
     *
     * @throws IllegalArgumentException if it says nothing that the long form could say
     */
    Element lengthen(Element object, Native text);
}
