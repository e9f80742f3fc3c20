package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a generation of Python spells what both have.
 *
 * @param sorted true if no order of a dict counts inside a notation: in Python 2, since version 2 of trees
 */
record Dialect(Generation generation, CanonicalOrder order, boolean sorted) {
    static Dialect of(Generation generation, int format) {
        return new Dialect(generation, new CanonicalOrder(generation), generation == Generation.PYTHON2 && format >= 2);
    }

    /** Returns the entries of a dict as a notation shows them. */
    List<PyDict.Entry> entries(PyDict dict) {
        return sorted ? order.entries(dict.entries()) : dict.entries();
    }

    /** True if a small value that was just made is the one that it stands for. */
    boolean isSame(Value made, Value original) {
        return SameValue.test(made, original, sorted);
    }

    String builtins() {
        return generation == Generation.PYTHON2 ? "__builtin__" : "builtins";
    }

    Value.Global builtin(String name) {
        return new Value.Global(builtins(), name);
    }

    Value.Global reconstructor() {
        return new Value.Global(generation == Generation.PYTHON2 ? "copy_reg" : "copyreg", "_reconstructor");
    }

    /** Returns bytes as a pickle of this generation holds them. */
    Value bytes(Bytes bytes) {
        return generation == Generation.PYTHON2 ? new Value.Str(bytes) : new Value.Binary(bytes);
    }

    @Nullable
    Bytes bytes(Value value) {
        return switch (value) {
            case Value.Str(Bytes bytes) when generation == Generation.PYTHON2 -> bytes;
            case Value.Binary(Bytes bytes) when generation == Generation.PYTHON3 -> bytes;
            default -> null;
        };
    }

    Value text(String text) {
        return order.nativeValue(text);
    }

    /** Returns the text of a native text without odd characters, else null. */
    @Nullable
    String text(Value value) {
        String text = order.nativeText(value);
        return text != null && Characters.arePlain(text) ? text : null;
    }
}
