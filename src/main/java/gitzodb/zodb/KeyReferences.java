package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The keys of int ids: instances that hold a reference, and are ordered by the oid it leads to. Those of five.intid hold
 * two oids as bytes beside it: {@code oid}, which is that of the reference, and {@code root_oid}, that of the application.
 *
 * <p>Shown as {@link PersistentRef.OidBytes} such an oid follows the object it means into another database. One that does
 * not fit its reference stays as it is.
 */
public final class KeyReferences {
    private static final String REFERENCE = "object";
    private static final String OWN_OID = "oid";
    private static final List<String> OIDS = List.of(OWN_OID, "root_oid");

    /** What Python compares of references of two classes, their {@code key_type_id}. */
    private static final Map<Value, String> TYPES = Map.of(
            new Value.Global("five.intid.keyreference", "KeyReferenceToPersistent"),
            "five.intid.keyreference",
            new Value.Global("zope.keyreference.persistent", "KeyReferenceToPersistent"),
            "zope.app.keyreference.persistent",
            new Value.Global("zope.app.keyreference.persistent", "KeyReferenceToPersistent"),
            "zope.app.keyreference.persistent");

    /** How many tuples a key is inside of in the state of a BTree node: four in a tree with its only leaf inside. */
    private static final int DEPTH = 4;

    private static final int PROTOCOL = 3;

    private KeyReferences() {}

    public static boolean is(Value value) {
        return value instanceof Instance instance && TYPES.containsKey(instance.callable());
    }

    /** Returns the object that a key reference is of; empty for any other value, and for one of another database. */
    public static Optional<Oid> target(Value value) {
        PyDict state = state(value);
        Value reference = state == null ? null : state.get(REFERENCE);
        return reference instanceof Value.PersistentId id ? target(id) : Optional.empty();
    }

    private static Optional<Oid> target(Value.PersistentId id) {
        try {
            return switch (PersistentRef.parse(id.id())) {
                case PersistentRef.Classed classed -> Optional.of(classed.oid());
                case PersistentRef.Bare bare -> Optional.of(bare.oid());
                case PersistentRef.Weak weak -> Optional.empty();
                case PersistentRef.Foreign foreign -> Optional.empty();
                case PersistentRef.OidBytes bytes -> Optional.empty();
            };
        } catch (CorruptStorageException e) {
            return Optional.empty();
        }
    }

    /** Compares two key references of one database as Python does; empty for other values. */
    public static OptionalInt compare(Value left, Value right) {
        Optional<Oid> one = target(left);
        Optional<Oid> other = target(right);
        if (one.isEmpty() || other.isEmpty()) {
            return OptionalInt.empty();
        }
        int types = type(left).compareTo(type(right));
        return OptionalInt.of(types != 0 ? types : one.get().compareTo(other.get()));
    }

    private static String type(Value keyReference) {
        return TYPES.getOrDefault(((Instance) keyReference).callable(), "");
    }

    private static @Nullable PyDict state(Value value) {
        return is(value) && ((Instance) value).state() instanceof PyDict state ? state : null;
    }

    /** Shows oids in the key references of a BTree node as references; changes the state. */
    public static void show(ObjectState node, Generation generation) {
        if (isNode(node)) {
            visit(node.state(), DEPTH, value -> show(value, generation));
        }
    }

    private static void show(Value value, Generation generation) {
        PyDict state = state(value);
        Oid target = target(value).orElse(null);
        if (state == null || target == null || !target.equals(oid(state.get(OWN_OID), generation))) {
            return;
        }
        for (String name : OIDS) {
            Oid oid = oid(state.get(name), generation);
            if (oid != null) {
                put(state, name, new PersistentRef.OidBytes(oid).write(generation, PROTOCOL), generation);
            }
        }
    }

    /** Puts the bytes back; changes the state. */
    static void hide(ObjectState node, Generation generation) {
        if (isNode(node)) {
            visit(node.state(), DEPTH, value -> hide(value, generation));
        }
    }

    private static void hide(Value value, Generation generation) {
        PyDict state = state(value);
        if (state == null) {
            return;
        }
        for (String name : OIDS) {
            Oid oid = number(state.get(name));
            if (oid != null) {
                put(state, name, bytes(oid, generation), generation);
            }
        }
    }

    private static @Nullable Oid number(@Nullable Value value) {
        try {
            return value instanceof Value.PersistentId id
                            && PersistentRef.parse(id.id()) instanceof PersistentRef.OidBytes(Oid oid)
                    ? oid
                    : null;
        } catch (CorruptStorageException e) {
            return null;
        }
    }

    /** Any other spelling than the usual one stays as it is. */
    private static @Nullable Oid oid(@Nullable Value value, Generation generation) {
        Bytes bytes = switch (value) {
            case Value.Binary(Bytes content) when generation == Generation.PYTHON3 -> content;
            case Value.Str(Bytes content) when generation == Generation.PYTHON2 -> content;
            case null, default -> Bytes.EMPTY;
        };
        return bytes.length() == Long.BYTES ? Oid.read(bytes) : null;
    }

    private static Value bytes(Oid oid, Generation generation) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(oid.bytes());
            case PYTHON3 -> new Value.Binary(oid.bytes());
        };
    }

    private static void put(PyDict state, String name, Value value, Generation generation) {
        state.put(new CanonicalOrder(generation).nativeValue(name), value);
    }

    /** All nodes of BTrees are of packages of this name; what it says of other classes does not matter. */
    private static boolean isNode(ObjectState state) {
        return state.meta().cls() instanceof Value.Global(String module, String name) && module.startsWith("BTrees.");
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(Value value);
    }

    private static void visit(Value value, int depth, Visitor visitor) {
        if (value instanceof Instance) {
            visitor.visit(value);
        } else if (depth > 0 && value instanceof PyTuple tuple) {
            for (Value item : tuple.items()) {
                visit(item, depth - 1, visitor);
            }
        }
    }
}
