package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a persistent id says (zodb-formats §3.4). An oid given as text or 8-bit string is read as bytes. */
public sealed interface PersistentRef {
    /** {@code (oid, class)}: the usual one. The class is a Global, a tuple (module, name) or a persistent id. */
    record Classed(Oid oid, Value cls) implements PersistentRef {}

    /** {@code oid}: the class is found in the record. */
    record Bare(Oid oid) implements PersistentRef {}

    /** {@code ['w', (oid,)]}; {@code legacy} if written as {@code [oid]}. */
    record Weak(Oid oid, boolean legacy) implements PersistentRef {}

    /** A reference into another database; {@code id} is kept as it is. */
    record Foreign(String database, Oid oid, Value id) implements PersistentRef {}

    /**
     * {@code ['oid', (oid,)]}: no reference at all, but bytes that are the oid of an object, as {@link KeyReferences} shows
     * them; never in a record.
     */
    record OidBytes(Oid oid) implements PersistentRef {}

    /** Returns the oid of the object meant, for {@link Foreign} in the other database. */
    Oid oid();

    /** Reads what {@link Value.PersistentId#id} holds. */
    static PersistentRef parse(Value id) throws CorruptStorageException {
        PersistentRef ref = switch (id) {
            case PyTuple tuple -> parseClassed(tuple.items());
            case PyList list -> parseList(list.items(), list);
            default -> bare(oid(id));
        };
        if (ref == null) {
            throw new CorruptStorageException("a persistent id of unknown form: " + id);
        }
        return ref;
    }

    /**
     * Returns the reference as a value to pickle. Python 3 pickles oids as bytes, and so does Python 2 with protocol 3;
     * before that they are 8-bit strings.
     */
    default Value.PersistentId write(Generation generation, int protocol) {
        boolean binary = generation == Generation.PYTHON3 || protocol >= 3;
        Bytes bytes = oid().bytes();
        Value oid = binary ? new Value.Binary(bytes) : new Value.Str(bytes);
        return new Value.PersistentId(
                switch (this) {
                    case Classed classed -> PyTuple.of(oid, classed.cls());
                    case Bare bare -> oid;
                    case Weak weak ->
                        weak.legacy()
                                ? new PyList(List.of(oid))
                                : new PyList(List.of(nativeText("w", generation), PyTuple.of(oid)));
                    case Foreign foreign -> foreign.id();
                    case OidBytes number -> new PyList(List.of(nativeText("oid", generation), PyTuple.of(oid)));
                });
    }

    private static Value nativeText(String text, Generation generation) {
        return generation == Generation.PYTHON3 ? new Value.Text(text) : new Value.Str(Bytes.utf8(text));
    }

    private static @Nullable PersistentRef parseClassed(List<Value> items) {
        Oid oid = items.size() == 2 ? oid(items.getFirst()) : null;
        return oid == null ? null : new Classed(oid, items.getLast());
    }

    private static @Nullable PersistentRef parseList(List<Value> items, Value id) {
        if (items.size() == 1) {
            return weak(oid(items.getFirst()), true);
        }
        if (items.size() != 2 || !(items.getLast() instanceof PyTuple arguments)) {
            return null;
        }
        List<Value> parts = arguments.items();
        String kind = text(items.getFirst());
        return switch (kind == null ? "" : kind) {
            case "w" ->
                switch (parts.size()) {
                    case 1 -> weak(oid(parts.getFirst()), false);
                    case 2 -> foreign(parts.get(1), parts.get(0), id);
                    default -> null;
                };
            case "oid" -> parts.size() == 1 ? number(oid(parts.getFirst())) : null;
            case "n" -> parts.size() == 2 ? foreign(parts.get(0), parts.get(1), id) : null;
            case "m" -> parts.size() == 3 ? foreign(parts.get(0), parts.get(1), id) : null;
            default -> null;
        };
    }

    private static @Nullable PersistentRef bare(@Nullable Oid oid) {
        return oid == null ? null : new Bare(oid);
    }

    private static @Nullable PersistentRef number(@Nullable Oid oid) {
        return oid == null ? null : new OidBytes(oid);
    }

    private static @Nullable PersistentRef weak(@Nullable Oid oid, boolean legacy) {
        return oid == null ? null : new Weak(oid, legacy);
    }

    private static @Nullable PersistentRef foreign(Value database, Value oidValue, Value id) {
        String name = text(database);
        Oid oid = oid(oidValue);
        return name == null || oid == null ? null : new Foreign(name, oid, id);
    }

    private static @Nullable String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Str(Bytes bytes) -> bytes.utf8();
            default -> null;
        };
    }

    private static @Nullable Oid oid(Value value) {
        Bytes bytes = switch (value) {
            case Value.Binary(Bytes binary) -> binary;
            case Value.Str(Bytes str) -> str;
            case Value.Text(String text) -> Bytes.utf8(text);
            default -> Bytes.EMPTY;
        };
        boolean ascii = !(value instanceof Value.Text) || bytes.isAscii();
        return bytes.length() == Long.BYTES && ascii ? Oid.read(bytes) : null;
    }
}
