package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes persistent ids from what a reference element says (xml-format §5): the usual form is oid and class, but the bare
 * oid where the class meta of the target has arguments.
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
        String usual = target.meta().args() == null ? "class" : "bare";
        return of(target.oid(), form == null ? cls == null ? usual : "class" : form, own);
    }

    private Value.PersistentId of(Oid oid, String form, Value cls) {
        PersistentRef ref = switch (form) {
            case "bare" -> new PersistentRef.Bare(oid);
            case "class" -> new PersistentRef.Classed(oid, cls);
            case "pair" -> new PersistentRef.Classed(oid, pair(cls));
            case "weak" -> new PersistentRef.Weak(oid, false);
            case "legacy-weak" -> new PersistentRef.Weak(oid, true);
            default -> throw new IllegalArgumentException("no form of a reference: " + form);
        };
        return ref.write(generation, protocol);
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
