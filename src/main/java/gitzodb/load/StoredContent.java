package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Compares a natural file with the value it stands for. */
final class StoredContent {
    private StoredContent() {}

    /** True if a text, string or chain of {@code Pdata} holds these bytes. */
    static boolean equals(Value stored, Bytes content, StateSource source) throws IOException {
        Optional<Bytes> plain = plain(stored);
        if (plain.isPresent()) {
            return plain.get().equals(content);
        }
        Set<Oid> seen = new HashSet<>();
        int at = 0;
        Value next = stored;
        while (next instanceof Value.PersistentId(Value id)) {
            Oid oid = PersistentRef.parse(id).oid();
            Optional<ObjectState> piece = seen.add(oid) ? source.load(oid) : Optional.empty();
            Value data = piece.isEmpty() ? null : piece.get().attribute("data");
            Optional<Bytes> bytes = data == null ? Optional.empty() : plain(data);
            if (bytes.isEmpty()
                    || bytes.get().length() > content.length() - at
                    || !content.slice(at, at + bytes.get().length()).equals(bytes.get())) {
                return false;
            }
            at += bytes.get().length();
            Value following = piece.get().attribute("next");
            next = following == null ? Value.NONE : following;
        }
        return !seen.isEmpty() && at == content.length();
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
