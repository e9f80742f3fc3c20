package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/** Makes {@code Pdata} objects of content, one after the other, however long it is. */
final class PdataChain {
    private static final ClassMeta META = ClassMeta.of(new ClassName("OFS.Image", "Pdata"));

    private final Generation generation;
    private final RefForms refs;
    private final Supplier<Oid> newOids;

    PdataChain(Generation generation, RefForms refs, Supplier<Oid> newOids) {
        this.generation = generation;
        this.refs = refs;
        this.newOids = newOids;
    }

    /** Takes a piece. */
    @FunctionalInterface
    interface Store {
        void store(Oid oid, ObjectState piece) throws IOException;
    }

    /**
     * Stores the pieces, first to last, and returns the reference to the first one.
     *
     * @param lengths of the pieces in bytes, at least one
     * @param str true for pieces of 8-bit strings, false for bytes
     * @throws EOFException if the content ends before its pieces
     */
    Value store(InputStream content, List<Integer> lengths, boolean str, Store store) throws IOException {
        List<Oid> oids = lengths.stream().map(length -> newOids.get()).toList();
        for (int i = 0; i < oids.size(); i++) {
            Bytes piece = Bytes.wrap(content.readNBytes(lengths.get(i)));
            if (piece.length() < lengths.get(i)) {
                throw new EOFException("shorter than its pieces");
            }
            PyDict state = new PyDict();
            state.put(name("data"), str ? new Value.Str(piece) : new Value.Binary(piece));
            if (i + 1 < oids.size()) {
                state.put(name("next"), to(oids.get(i + 1)));
            } else if (oids.size() > 1) {
                state.put(name("next"), Value.NONE);
            }
            store.store(oids.get(i), new ObjectState(META, state));
        }
        return to(oids.getFirst());
    }

    private Value to(Oid piece) {
        return refs.to(new Target(piece, META), null, null);
    }

    private Value name(String text) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Text(text);
        };
    }
}
