package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PickleReader;
import gitzodb.pickle.PickleWriter;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.Tid;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction that came from git says about itself, in its extension: the commit, so that a fetch finds it again.
 *
 * @param commit the commit whose tree folder was loaded, 40 hexadecimal digits
 * @param carried present if changes that only the database had were kept beside it: the transactions that made them, as
 *     far as they are known
 */
record PushNote(String commit, Optional<List<Tid>> carried) {
    private static final String COMMIT = "git-zodb.commit";
    private static final String CARRIED = "git-zodb.carried";

    static PushNote of(String commit) {
        return new PushNote(commit, Optional.empty());
    }

    Bytes extension(Generation generation) {
        PyDict dict = new PyDict();
        dict.put(text(COMMIT, generation), text(commit, generation));
        if (carried.isPresent()) {
            PyList tids = new PyList();
            carried.get().forEach(tid -> tids.items().add(text(tid.hex(), generation)));
            dict.put(text(CARRIED, generation), tids);
        }
        PickleWriter writer = new PickleWriter(generation, generation == Generation.PYTHON2 ? 1 : 3);
        writer.write(dict);
        return writer.toBytes();
    }

    /** Returns what an extension says; empty for any other transaction. */
    static Optional<PushNote> read(Bytes extension, Generation generation) {
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (new PickleReader(extension, generation).read() instanceof PyDict dict) {
                String commit = plain(dict.get(COMMIT));
                if (commit.matches("[0-9a-f]{40}")) {
                    return Optional.of(new PushNote(commit, tids(dict.get(CARRIED))));
                }
            }
            return Optional.empty();
        } catch (PickleException foreign) {
            // The extension of another program; what it says is not for us.
            return Optional.empty();
        }
    }

    private static Optional<List<Tid>> tids(@org.jspecify.annotations.Nullable Value value) {
        if (!(value instanceof PyList list)) {
            return Optional.empty();
        }
        List<Tid> tids = new ArrayList<>();
        for (Value item : list.items()) {
            String text = plain(item);
            if (text.matches("[0-9a-f]{16}")) {
                tids.add(new Tid(HexFormat.fromHexDigitsToLong(text)));
            }
        }
        return Optional.of(tids);
    }

    private static String plain(@org.jspecify.annotations.Nullable Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Str(Bytes bytes) -> bytes.latin1();
            case null, default -> "";
        };
    }

    private static Value text(String text, Generation generation) {
        return generation == Generation.PYTHON2 ? new Value.Str(Bytes.utf8(text)) : new Value.Text(text);
    }
}
