package gitzodb.dump;

import gitzodb.graph.Node;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.TreeStates;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes references that lead elsewhere, and what is unusual about any reference (xml-format §5). */
final class RefWriter {
    private final Placement placement;
    private final TreeStates states;

    RefWriter(Placement placement, TreeStates states) {
        this.placement = placement;
        this.states = states;
    }

    /**
     * Returns {@code <ref>}.
     *
     * @param ref any reference
     * @param weak is given the target of a weak reference, which is no edge of the graph
     * @param nodes is given the tree of a target that is a node of one: the number of the node depends on all of it
     * @param dangling is given the target if it does not exist
     */
    Element ref(PersistentRef ref, Consumer<Oid> weak, Consumer<Oid> nodes, Consumer<Oid> dangling) throws IOException {
        Element element = Element.of("ref");
        switch (ref) {
            case PersistentRef.Foreign(String database, Oid oid, Value id) -> {
                return foreign(element.with("database", database).with("oid", oid.toString()), id);
            }
            case PersistentRef.Weak(Oid oid, boolean legacy) -> {
                weak.accept(oid);
                element = element.with("form", legacy ? "legacy-weak" : "weak");
            }
            case PersistentRef.OidBytes(Oid oid) -> {
                weak.accept(oid);
                element = element.with("form", "oid");
            }
            case PersistentRef.Classed classed -> element = unusual(element, ref, "class");
            case PersistentRef.Bare bare -> element = unusual(element, ref, "class");
        }
        boolean loose = ref instanceof PersistentRef.Weak || ref instanceof PersistentRef.OidBytes;
        Optional<Place> place = placement.of(ref.oid());
        boolean node = place.isPresent() && placement.isTreeNode(ref.oid());
        if (node && !loose) {
            nodes.accept(placement.tree(ref.oid()));
        }
        if (place.isPresent() && !(node && loose)) {
            return element.with("path", placement.path(place.get()).toString());
        }
        if (!loose) {
            dangling.accept(ref.oid());
        }
        return element.with("missing", ref.oid().toString());
    }

    /** Adds what the reference says other than usual; {@code name} is the attribute for a class. */
    Element unusual(Element element, PersistentRef ref, String name) throws IOException {
        Node node = placement.find(ref.oid());
        boolean bareIsUsual = node != null && node.classArgs();
        return switch (ref) {
            case PersistentRef.Bare bare -> bareIsUsual ? element : element.with("form", "bare");
            case PersistentRef.Classed(Oid oid, Value cls) -> {
                ClassName named = className(cls);
                boolean pair = cls instanceof PyTuple;
                if (named == null) {
                    yield persistentClass(element, node, cls, oid);
                }
                boolean own = node != null && named.equals(node.className());
                Element shown = own ? element : element.with(name, named.toString());
                yield pair ? shown.with("form", "pair") : bareIsUsual ? shown.with("form", "class") : shown;
            }
            case PersistentRef.Weak weak -> element;
            case PersistentRef.Foreign foreign -> element;
            case PersistentRef.OidBytes bytes -> element;
        };
    }

    /** A class that is an object itself is said by the record of the target, or not at all. */
    private Element persistentClass(Element element, @Nullable Node node, Value cls, Oid oid) throws IOException {
        Optional<ObjectState> target = node == null ? Optional.empty() : states.load(oid);
        ClassMeta meta = target.map(ObjectState::meta).orElse(null);
        if (meta == null || !meta.cls().equals(cls)) {
            throw new StateException("a reference to " + oid + " by a class that is no name: " + cls);
        }
        return element;
    }

    private static Element foreign(Element element, Value id) throws StateException {
        if (!(id instanceof gitzodb.pickle.PyList list)
                || list.items().size() != 2
                || !(list.items().getLast() instanceof PyTuple parts)) {
            throw new StateException("a reference into another database of unknown form: " + id);
        }
        String kind = text(list.items().getFirst());
        ClassName cls = "m".equals(kind) ? className(parts.items().getLast()) : null;
        if ("m".equals(kind) && cls == null) {
            throw new StateException("a reference into another database by a class that is no name: " + id);
        }
        Element shown = "w".equals(kind) ? element.with("form", "weak") : element;
        if (cls != null && parts.items().getLast() instanceof PyTuple) {
            shown = shown.with("form", "pair");
        }
        return cls == null ? shown : shown.with("class", cls.toString());
    }

    private static @Nullable ClassName className(Value cls) {
        if (cls instanceof Value.Global global) {
            return ClassName.of(global);
        }
        if (cls instanceof PyTuple pair && pair.items().size() == 2) {
            String module = text(pair.items().getFirst());
            String name = text(pair.items().getLast());
            return module == null || name == null ? null : new ClassName(module, name);
        }
        return null;
    }

    private static @Nullable String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Str(gitzodb.bytes.Bytes bytes) -> bytes.utf8();
            default -> null;
        };
    }
}
