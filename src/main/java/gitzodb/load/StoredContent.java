package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Compares a natural file with the value it stands for. */
final class StoredContent {
    private StoredContent() {}

    /** True if a text, string or chain of {@code Pdata} holds these bytes. */
    static boolean equals(Value stored, NaturalFile file, StateSource source) throws IOException {
        Optional<Bytes> plain = plain(stored);
        if (plain.isPresent()) {
            return plain.get().length() == file.length() && plain.get().equals(file.whole());
        }
        if (!(stored instanceof Value.PersistentId)) {
            return false;
        }
        try (InputStream content = file.open()) {
            return chainEquals(stored, content, source);
        }
    }

    private static boolean chainEquals(Value first, InputStream content, StateSource source) throws IOException {
        Set<Oid> seen = new HashSet<>();
        Value next = first;
        while (next instanceof Value.PersistentId(Value id)) {
            Oid oid = PersistentRef.parse(id).oid();
            Optional<ObjectState> piece = seen.add(oid) ? source.load(oid) : Optional.empty();
            Value data = piece.isEmpty() ? null : piece.get().attribute("data");
            Optional<Bytes> bytes = data == null ? Optional.empty() : plain(data);
            if (bytes.isEmpty()
                    || !Bytes.wrap(content.readNBytes(bytes.get().length())).equals(bytes.get())) {
                return false;
            }
            Value following = piece.get().attribute("next");
            next = following == null ? Value.NONE : following;
        }
        return content.read() < 0;
    }

    private static Optional<Bytes> plain(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(Bytes.utf8(text));
            case Value.Str(Bytes bytes) -> Optional.of(bytes);
            case Value.Binary(Bytes bytes) -> Optional.of(bytes);
            default -> Optional.empty();
        };
    }
}
