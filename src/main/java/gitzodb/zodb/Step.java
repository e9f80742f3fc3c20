package gitzodb.zodb;

/** One step from an object, or from a value inside it, to a value it holds. */
public sealed interface Step {
    /**
     * An attribute: a text key of the state dict, of its slots, or of the state of a nested instance. Arguments of the
     * class meta are below an attribute called {@code __newargs__}.
     */
    record Attribute(String name) implements Step {}

    /** A key of a dict, mapping or BTree that is text (or, in Python 2, an 8-bit string that is UTF-8). */
    record Key(String text) implements Step {}

    /** Any other key, in its canonical key form (xml-format.md). */
    record OtherKey(String form) implements Step {}

    /** A slot of a list, tuple, set or argument list, from 0. */
    record Position(int index) implements Step {}
}
