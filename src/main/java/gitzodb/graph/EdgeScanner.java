package gitzodb.graph;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.Structure;
import gitzodb.graph.Edge.Role;
import gitzodb.graph.Node.Shape;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.KeyReferences;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StateWalk;
import gitzodb.zodb.Step;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the edges of an object in its state as the tree shows it. */
public final class EdgeScanner {
    private static final Set<String> MAPPING_DATA = Set.of("data", "_container");

    private final ClassFormats formats;
    private final Function<ClassName, Structure> structures;
    private final StateWalk walk;
    private final CanonicalOrder order;

    /** @param structures tells what a class is: {@link gitzodb.classes.Structures#of}, or more than that */
    public EdgeScanner(ClassFormats formats, Function<ClassName, Structure> structures, Generation generation) {
        this.formats = formats;
        this.structures = structures;
        walk = new StateWalk(generation);
        order = new CanonicalOrder(generation);
    }

    /**
     * Returns the node of an object.
     *
     * @param treeState the state as {@code ClassFormat.toTree} made it
     * @throws IOException if a reference or a key is of no known form
     */
    public Node scan(Oid oid, Tid tid, ObjectState treeState) throws IOException {
        ClassMeta meta = treeState.meta();
        Structure structure = structures.apply(treeState.className());
        Optional<TreeState> tree =
                structure instanceof Structure.Node node ? TreeState.of(node.kind(), treeState) : Optional.empty();
        return new Node(
                oid,
                tid,
                treeState.className(),
                meta.args() != null && !(meta.args() instanceof Value.None),
                text(treeState.attribute("id")),
                text(treeState.attribute("__name__")),
                shape(structure, tree.isPresent()),
                tree.isPresent() ? treeEdges(meta, tree.get()) : edges(oid, structure, treeState));
    }

    private static Shape shape(Structure structure, boolean tree) {
        return switch (structure) {
            case Structure.Node node -> tree ? Shape.STRUCTURE : Shape.OBJECT;
            case Structure.Plain plain ->
                switch (plain) {
                    case MAPPING, LIST, LENGTH -> Shape.STRUCTURE;
                    case PDATA -> Shape.PDATA;
                    case BLOB -> Shape.BLOB;
                    case NONE -> Shape.OBJECT;
                };
        };
    }

    private List<Edge> edges(Oid oid, Structure structure, ObjectState state) throws IOException {
        List<Edge> edges = new ArrayList<>();
        String collection = formats.of(state.className()).collection().orElse(null);
        Set<String> listed = listed(state.attribute("_objects"));
        boolean mapping = structure == Structure.Plain.MAPPING || oid.equals(Oid.ROOT);
        walk.walk(state, (id, label) -> {
            Oid target = target(id);
            if (target == null) {
                return;
            }
            if (structure == Structure.Plain.PDATA && isAttribute(label, "next")) {
                edges.add(Edge.node(target));
            } else {
                edges.add(Edge.of(target, label, role(label, collection, listed, mapping)));
            }
        });
        return edges;
    }

    private static Role role(Label label, @Nullable String collection, Set<String> listed, boolean mapping) {
        if (!(label.steps().getFirst() instanceof Step.Attribute(String first))) {
            return Role.PLAIN;
        }
        boolean alone = label.steps().size() == 1;
        boolean item = label.steps().size() == 2 && label.last() instanceof Step.Key;
        if (first.equals(collection) && (alone || item)) {
            return alone ? Role.COLLECTION : Role.LISTED;
        }
        if (alone && listed.contains(first)) {
            return Role.LISTED;
        }
        return mapping && item && MAPPING_DATA.contains(first) ? Role.ITEM : Role.PLAIN;
    }

    /**
     * Each entry is walked as if it were the only one of a mapping, and then the step to its dict is taken off: what
     * entries share, and how many stand together, depends on the boundaries of nodes, which are no content.
     */
    private List<Edge> treeEdges(ClassMeta meta, TreeState tree) throws IOException {
        List<Edge> edges = new ArrayList<>();
        tree.links().forEach(link -> edges.add(Edge.node(link)));
        ClassMeta plain = ClassMeta.of(meta.name());
        for (PyDict.Entry entry : tree.entriesWithParts()) {
            PyDict single = new PyDict();
            single.put(entry.key(), entry.value());
            PyDict mapping = new PyDict();
            mapping.put(order.nativeValue("data"), single);
            EdgeKind kind = formats.version() < 2 ? null : ofKeyReference(entry);
            walk.walk(new ObjectState(plain, mapping), (id, label) -> add(edges, id, withoutFirst(label), kind));
        }
        return edges;
    }

    /** Int ids are no place for an object that is elsewhere too; one that is not is with its number, and no key. */
    private static @Nullable EdgeKind ofKeyReference(PyDict.Entry entry) {
        if (KeyReferences.is(entry.key())) {
            return EdgeKind.BACK;
        }
        return KeyReferences.is(entry.value()) ? EdgeKind.POSITION : null;
    }

    private static void add(List<Edge> edges, Value.PersistentId id, Label label, @Nullable EdgeKind kind)
            throws IOException {
        Oid target = target(id);
        if (target != null && kind != null) {
            edges.add(Edge.of(target, label, kind));
        } else if (target != null) {
            boolean item = label.steps().size() == 1 && label.last() instanceof Step.Key;
            edges.add(Edge.of(target, label, item ? Role.ITEM : Role.PLAIN));
        }
    }

    private static Label withoutFirst(Label label) {
        return new Label(label.steps().subList(1, label.steps().size()));
    }

    /** Returns null for a reference that is no edge: a weak one, or one into another database. */
    private static @Nullable Oid target(Value.PersistentId id) throws IOException {
        return switch (PersistentRef.parse(id.id())) {
            case PersistentRef.Classed(Oid oid, Value cls) -> oid;
            case PersistentRef.Bare(Oid oid) -> oid;
            case PersistentRef.Weak weak -> null;
            case PersistentRef.Foreign foreign -> null;
            case PersistentRef.OidBytes bytes -> null;
        };
    }

    private static boolean isAttribute(Label label, String name) {
        return label.steps().size() == 1 && label.last() instanceof Step.Attribute(String own) && own.equals(name);
    }

    /** Returns the ids in the child list of a folder: a tuple or list of dicts. */
    private static Set<String> listed(@Nullable Value objects) {
        List<Value> children = switch (objects) {
            case PyTuple tuple -> tuple.items();
            case PyList list -> list.items();
            case null, default -> List.of();
        };
        Set<String> ids = HashSet.newHashSet(children.size());
        for (Value child : children) {
            String id = child instanceof PyDict dict ? text(dict.get("id")) : null;
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static @Nullable String text(@Nullable Value value) {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        return value instanceof Value.Str(Bytes bytes) ? bytes.wellFormedUtf8().orElse(null) : null;
    }
}
