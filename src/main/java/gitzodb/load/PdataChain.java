package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Content cut into {@code Pdata} objects. */
final class PdataChain {
    private static final ClassMeta META = ClassMeta.of(new ClassName("OFS.Image", "Pdata"));

    private PdataChain() {}

    /**
     * Returns the pieces by the oids they were given, first to last; none if there are no lengths.
     *
     * @param str true for pieces of 8-bit strings, false for bytes
     */
    static Map<Oid, ObjectState> of(
            Bytes content,
            List<Integer> lengths,
            boolean str,
            Generation generation,
            RefForms refs,
            Supplier<Oid> newOids) {
        List<Oid> oids = lengths.stream().map(length -> newOids.get()).toList();
        Map<Oid, ObjectState> pieces = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < oids.size(); i++) {
            PyDict state = new PyDict();
            Bytes piece = content.slice(at, at + lengths.get(i));
            at += lengths.get(i);
            state.put(name("data", generation), str ? new Value.Str(piece) : new Value.Binary(piece));
            if (i + 1 < oids.size()) {
                state.put(name("next", generation), refs.to(new Target(oids.get(i + 1), META), null, null));
            } else if (oids.size() > 1) {
                state.put(name("next", generation), Value.NONE);
            }
            pieces.put(oids.get(i), new ObjectState(META, state));
        }
        return pieces;
    }

    static ClassMeta meta() {
        return META;
    }

    private static Value name(String text, Generation generation) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Text(text);
        };
    }
}
