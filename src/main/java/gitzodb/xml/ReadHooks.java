package gitzodb.xml;

import gitzodb.pickle.Value;
import gitzodb.zodb.Label;
import java.io.IOException;

/** What the tree decides while an object is read; the counterpart of {@link WriteHooks}. */
@FunctionalInterface
public interface ReadHooks {
    /**
     * Returns the value of a {@code ref}, {@code object}, {@code child}, {@code tree} or {@code blob}. {@code name} and
     * {@code id} are for the caller; all else is to be checked here.
     */
    Value reference(Element element, Label label) throws IOException;

    /** Returns the value of a {@code text}, {@code str} or {@code bytes} attribute that is kept in a natural file. */
    default Value file(Element element, String attribute) throws IOException {
        throw new XmlFormatException("", element.line(), element.column(), "no file allowed here");
    }

    /** Takes an element of the tree's own; false, as by default, refuses it. */
    default boolean head(Element element) throws IOException {
        return false;
    }
}
