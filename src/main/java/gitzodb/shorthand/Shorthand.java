package gitzodb.shorthand;

import gitzodb.xml.Element;
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

    /** Returns the shorter form of an {@code <object>}; empty if it is not of the shape that this is for. */
    Optional<Element> shorten(Element object, Native text);

    /**
     * Returns what a shorter form says; the same element if it is none.
     *
     * @throws IllegalArgumentException if it says nothing that the long form could say
     */
    Element lengthen(Element object, Native text);
}
