package gitzodb.xml;

import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import java.util.Optional;

/**
 * The notation of an attribute that Zope gives a meaning of its own. As with {@link Notation}, it is used only if reading
 * it back gives the same value.
 */
interface AttributeNotation {
    /** Returns the name of the element. */
    String element();

    boolean isFor(String attribute);

    /** Returns the first version of trees in which it is written for this value; any can be read. */
    default int since(Value value) {
        return 1;
    }

    Optional<Element> write(String attribute, Value value, Dialect dialect);

    /** Returns attribute and value; attributes and text of the element are all to be checked. */
    PyDict.Entry read(Element element, Dialect dialect) throws Malformed;
}
