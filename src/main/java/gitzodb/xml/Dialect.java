package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import org.jspecify.annotations.Nullable;

/** How a generation of Python spells what both have. */
record Dialect(Generation generation, CanonicalOrder order) {
    static Dialect of(Generation generation) {
        return new Dialect(generation, new CanonicalOrder(generation));
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
