package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes persistent ids from what a reference element says (xml-format §5): the usual form is oid and class, but the bare
 * oid where the class meta of the target has arguments other than None.
 */
final class RefForms {
    private final Generation generation;
    private final int protocol;

    RefForms(Generation generation, int protocol) {
        this.generation = generation;
        this.protocol = protocol;
    }

    /**
     * Returns the reference to a target.
     *
     * @param form the attribute {@code form}, null for the usual one
     * @param cls the attribute {@code class}, null if it is the target's own
     * @throws IllegalArgumentException if there is no such form, or the class is no class name
     */
    Value.PersistentId to(Target target, @Nullable String form, @Nullable String cls) {
        Value own = cls == null ? target.meta().cls() : ClassName.parse(cls).global();
        Value args = target.meta().args();
        String usual = args == null || args instanceof Value.None ? "class" : "bare";
        return of(target.oid(), form == null ? cls == null ? usual : "class" : form, own);
    }

    private Value.PersistentId of(Oid oid, String form, Value cls) {
        PersistentRef ref = switch (form) {
            case "bare" -> new PersistentRef.Bare(oid);
            case "class" -> new PersistentRef.Classed(oid, cls);
            case "pair" -> new PersistentRef.Classed(oid, pair(cls));
            case "weak" -> new PersistentRef.Weak(oid, false);
            case "oid" -> new PersistentRef.OidBytes(oid);
            case "legacy-weak" -> new PersistentRef.Weak(oid, true);
            default -> throw new IllegalArgumentException("no form of a reference: " + form);
        };
        return ref.write(generation, protocol);
    }

    /**
     * Returns the reference to an object of another database.
     *
     * @param form {@code weak}; {@code pair} for a class as two texts; null otherwise
     * @param cls the class, if the reference says it
     * @throws IllegalArgumentException if there is no such form, or the class is no class name
     */
    Value.PersistentId foreign(String database, Oid oid, @Nullable String form, @Nullable String cls) {
        Value name = text(database);
        boolean binary = generation == Generation.PYTHON3 || protocol >= 3;
        Value id = binary ? new Value.Binary(oid.bytes()) : new Value.Str(oid.bytes());
        if (form != null && !(form.equals("weak") && cls == null) && !(form.equals("pair") && cls != null)) {
            throw new IllegalArgumentException("no form of a reference into another database: " + form);
        }
        if (cls != null) {
            Value global = ClassName.parse(cls).global();
            return kind("m", name, id, form == null ? global : pair(global));
        }
        return form == null ? kind("n", name, id) : kind("w", id, name);
    }

    private Value.PersistentId kind(String kind, Value... parts) {
        return new Value.PersistentId(new PyList(List.of(text(kind), PyTuple.of(parts))));
    }

    private Value pair(Value cls) {
        return cls instanceof Value.Global(String module, String name) ? PyTuple.of(text(module), text(name)) : cls;
    }

    private Value text(String text) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Text(text);
        };
    }
}
