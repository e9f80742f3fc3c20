package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PickleReader;
import gitzodb.pickle.PickleWriter;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import java.util.Optional;

/**
 * What a transaction that came from git says about itself, in its extension: the commit, so that a fetch finds it again.
 *
 * @param commit the commit whose tree folder was loaded, 40 hexadecimal digits
 * @param carried whether changes that only the database had were kept beside it
 */
record PushNote(String commit, boolean carried) {
    private static final String COMMIT = "git-zodb.commit";
    private static final String CARRIED = "git-zodb.carried";

    Bytes extension(Generation generation) {
        PyDict dict = new PyDict();
        dict.put(text(COMMIT, generation), text(commit, generation));
        if (carried) {
            dict.put(text(CARRIED, generation), Value.TRUE);
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
                    return Optional.of(new PushNote(commit, dict.has(CARRIED)));
                }
            }
            return Optional.empty();
        } catch (PickleException foreign) {
            // The extension of another program; what it says is not for us.
            return Optional.empty();
        }
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
