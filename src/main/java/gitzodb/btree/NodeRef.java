package gitzodb.btree;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.Oid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference from one node to another: {@code (oid, class)} or a bare oid.
 *
 * @param id the persistent id as it is in the record
 */
record NodeRef(Oid oid, Value.PersistentId id) {
    /** Returns the reference, null if the value is none that a node can hold. */
    static @Nullable NodeRef read(Value value) {
        if (!(value instanceof Value.PersistentId id)) {
            return null;
        }
        Value first = id.id();
        if (first instanceof PyTuple tuple) {
            List<Value> items = tuple.items();
            if (items.size() != 2) {
                return null;
            }
            first = items.getFirst();
        }
        Bytes bytes = switch (first) {
            case Value.Binary(Bytes content) -> content;
            case Value.Str(Bytes content) -> content;
            case Value.Text(String text) -> latin1(text);
            default -> Bytes.EMPTY;
        };
        return bytes.length() == Long.BYTES ? new NodeRef(Oid.read(bytes), id) : null;
    }

    private static Bytes latin1(String text) {
        boolean fits = text.length() == Long.BYTES && text.chars().allMatch(c -> c < 256);
        return fits ? Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)) : Bytes.EMPTY;
    }
}
