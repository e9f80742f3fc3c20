package gitzodb.zodb;

/**
 * One step from an object, or from a value inside it, to a value it holds. Values of a class that are not attributes
 * have names of their own: {@code __class__} (a class that is itself persistent), {@code __newargs__} (arguments in the
 * class meta), {@code __state__} (a state that is no dict), {@code __kwargs__}, {@code __args__} (arguments that are no
 * tuple) and {@code __key__} (what a key of a dict holds, below the step of that key).
 */
public sealed interface Step {
    /** The step from a key to what it holds. */
    String INSIDE_KEY = "__key__";

    /** An attribute: a text key of the state dict, of its slots, or of the state of a nested instance. */
    record Attribute(String name) implements Step {}

    /** A key of a dict, mapping or BTree that is text (or, in Python 2, an 8-bit string that is UTF-8). */
    record Key(String text) implements Step {}

    /**
     * Any other key, in its canonical key form, cut at 4,096 characters; {@code ~2}, {@code ~3}, … is added where keys
     * of one dict would share a form, as keys with references in them do.
     */
    record OtherKey(String form) implements Step {}

    /**
     * A slot of a list, tuple, set (in canonical order) or argument list, from 0. Items of an instance count on after its
     * arguments.
     */
    record Position(int index) implements Step {}
}
