package gitzodb.tree;

import gitzodb.classes.ClassFormats;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.graph.Edge;
import gitzodb.graph.EdgeKind;
import gitzodb.graph.Home;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which objects have a file (tree-format §3). Everything follows from the homes, so a place is computed when
 * asked for; the latest are remembered until {@link #forget}.
 */
public final class Placement {
    /** Objects folded into each other beyond this number get a file, so that no file is deeper than can be read. */
    static final int MAX_NESTED = 60;

    /** The attribute of the root element that says what holds an object whose path does not ({@link ObjectPath#isFar}). */
    public static final String HOLDER = "holder";

    /** Nodes above each other in a BTree; real ones have a handful. */
    private static final int DEEPEST_TREE = 40;

    private static final int REMEMBERED = 20_000;
    private static final int REMEMBERED_TREES = 20;
    /** From this many steps up a chain on, its nodes are remembered, so that each of a long chain is found at once. */
    private static final int LONG_WAY = 50;

    public static final Label NEXT = Label.of(new Step.Attribute("next"));

    private final HomeGraph graph;
    private final TreeStates states;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final Map<Oid, Place> latest = new Latest<>(REMEMBERED);
    private final Map<Oid, TreeNodes> nodes = new Latest<>(REMEMBERED_TREES);
    private final Map<Oid, Oid> treeOf = new HashMap<>();
    private final Map<Oid, Map<Oid, Label>> alikes = new HashMap<>();
    /** Whether the pieces of content behind one are a natural file, for long ones. */
    private final Map<Oid, Boolean> contents = new Latest<>(REMEMBERED_TREES);

    /** Forgets what was not asked for longest. */
    private static final class Latest<V> extends LinkedHashMap<Oid, V> {
        private static final long serialVersionUID = 1L;

        private final int limit;

        Latest(int limit) {
            super(64, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Oid, V> eldest) {
            return size() > limit;
        }
    }

    /** Makes one for the graph of the database that {@code states} reads. */
    public Placement(HomeGraph graph, TreeStates states) {
        this.graph = graph;
        this.states = states;
        this.formats = states.formats();
        this.settings = states.settings();
    }

    public void forget() {
        latest.clear();
        nodes.clear();
        treeOf.clear();
        alikes.clear();
        contents.clear();
    }

    /** Returns the place of an object; empty if it cannot be reached. */
    public Optional<Place> of(Oid oid) {
        Deque<Oid> chain = new ArrayDeque<>();
        Place known = null;
        for (Oid at = oid; known == null; ) {
            known = latest.get(at);
            if (known == null) {
                chain.push(at);
                Optional<Home> home = graph.home(at);
                if (home.isEmpty()) {
                    return Optional.empty();
                }
                Oid parent = home.get().parent();
                if (parent == null) {
                    break;
                }
                at = parent;
            }
        }
        for (Oid next : chain) {
            known = remember(known == null ? root() : below(known, next, home(next), listed(next)));
        }
        return Optional.ofNullable(known);
    }

    /** Returns the place of an object below a place, from the edge that is its home. */
    public Place below(Place parent, Edge edge) {
        Oid oid = edge.target();
        Place known = latest.get(oid);
        return known != null ? known : remember(below(parent, oid, home(oid), edge.role() == Edge.Role.LISTED));
    }

    /** Returns the path below which an object would be, were that not too long. */
    public ObjectPath holder(Oid oid) {
        Home home = home(oid);
        Place parent = of(Objects.requireNonNull(home.parent())).orElseThrow();
        Label label = home.label();
        return parent.shape().holder(label == null ? NEXT : label);
    }

    /** Tests an object with a file and, as far as its path does not tell them, the objects with files that it is below. */
    public boolean isOrIsBelow(Place place, Predicate<Place> test) {
        Place at = place;
        while (!test.test(at)) {
            Oid parent = home(at.oid()).parent();
            if (parent == null || !at.path().isBelowFar()) {
                return false;
            }
            at = of(of(parent).orElseThrow().owner()).orElseThrow();
        }
        return true;
    }

    /** True for a node of a BTree other than its root, or of a chain of buckets other than the first. */
    public boolean isTreeNode(Oid oid) {
        Home home = graph.home(oid).orElse(null);
        return home != null && isTreeNode(home);
    }

    private boolean isTreeNode(Home home) {
        Oid parent = home.parent();
        return parent != null && home.label() == null && !graph.shape(parent).equals(Optional.of(Node.Shape.PDATA));
    }

    /** Returns the tree in which a node is at home; of any other object, the object. */
    public Oid tree(Oid node) {
        Oid at = node;
        int steps = 0;
        for (Home home = home(at); isTreeNode(home); home = home(at)) {
            Oid known = treeOf.get(at);
            if (known != null) {
                return known;
            }
            at = java.util.Objects.requireNonNull(home.parent());
            steps++;
        }
        if (steps > LONG_WAY) {
            nodes(at);
        }
        return at;
    }

    /** Returns the nodes that are at home in a tree. */
    public TreeNodes nodes(Oid tree) {
        TreeNodes known = nodes.get(tree);
        if (known == null) {
            known = TreeNodes.of(graph, tree);
            nodes.put(tree, known);
            known.nodes().forEach(node -> treeOf.put(node, tree));
        }
        return known;
    }

    /** Returns the path of an object, also of a node of a tree. */
    public ObjectPath path(Place place) {
        if (!isTreeNode(place.oid())) {
            return place.path();
        }
        Oid tree = tree(place.oid());
        return of(tree).orElseThrow().path().node(nodes(tree).number(place.oid()));
    }

    /** True if the file of an object of this class is in a folder of its name. */
    public boolean isFolder(ClassName cls) {
        return formats.of(cls).isFolder()
                || settings.rule(cls).collection().isPresent()
                || formats.of(cls).collection().isPresent()
                || Structures.of(cls) == Structure.Plain.MAPPING
                || settings.structure(cls) instanceof Structure.Node;
    }

    /** True if a natural file may have the very name of an object of this class. */
    public boolean hasSourceFile(ClassName cls) {
        return formats.of(cls).hasSource() && !isFolder(cls);
    }

    private Place remember(Place place) {
        latest.put(place.oid(), place);
        return place;
    }

    private Place root() {
        HolderShape shape = HolderShape.root(node(Oid.ROOT).className(), formats, settings);
        return new Place(Oid.ROOT, Oid.ROOT, false, 0, false, shape);
    }

    private Place below(Place parent, Oid oid, Home home, boolean listed) {
        Node node = node(oid);
        Label label = home.label();
        if (isTreeNode(home)) {
            // What a node of a BTree holds is held by the tree, unless the node is not what nodes are.
            HolderShape holder = parent.shape();
            if (node.shape() != Node.Shape.STRUCTURE) {
                ObjectPath path = parent.path().node(nodes(tree(oid)).number(oid));
                holder = HolderShape.of(
                        path, node.className(), name -> refers(node, name), null, null, formats, settings);
            }
            return new Place(oid, parent.owner(), parent.barred(), parent.nested(), false, holder);
        }
        boolean satellite = formats.of(node.className()).isSatellite()
                || settings.rule(node.className()).placement().equals(Optional.of(ClassRule.Placing.FOLD));
        boolean barred = parent.barred() || satellite || label == null || bars(label);
        boolean own = label != null && isOwn(parent, node, home, label, barred, listed);
        boolean tooDeep = !own && node.shape() != Node.Shape.BLOB && parent.nested() >= MAX_NESTED;
        boolean content = tooDeep && node.shape() == Node.Shape.PDATA && isContent(parent, home);
        own |= tooDeep && !content;
        Label way = label == null ? NEXT : numbered(parent, oid, label);
        ObjectPath path = parent.shape().below(way, own);
        HolderShape shape = HolderShape.of(
                path, node.className(), name -> refers(node, name), parent.shape(), label, formats, settings);
        int nested = own ? 0 : content ? parent.nested() : parent.nested() + 1;
        return new Place(oid, own ? oid : parent.owner(), barred, nested, content, shape);
    }

    /** True for a piece of content that is a natural file with all before and behind it. */
    private boolean isContent(Place parent, Home home) {
        if (parent.content() || home.label() != null) {
            return parent.content();
        }
        Oid first = firstPiece(parent.oid());
        Boolean known = contents.get(first);
        if (known == null) {
            known = isOneFile(first);
            contents.put(first, known);
        }
        return known;
    }

    private boolean isOneFile(Oid first) {
        Home held = home(first);
        Oid holder = held.parent();
        if (holder == null
                || !ContentChain.isPiece(graph, first)
                || held.label() == null
                || held.label().steps().size() != 1
                || !(held.label().last() instanceof Step.Attribute(String attribute))) {
            return false;
        }
        try {
            ObjectState state = states.load(holder).orElse(null);
            return state != null
                    && formats.of(state.className()).sources(state).stream()
                            .anyMatch(source -> source.name().equals(attribute))
                    && state.attribute(attribute) instanceof Value.PersistentId id
                    && ContentChain.read(graph, states, holder, attribute, id, OutputStream.nullOutputStream())
                            .isPresent();
        } catch (StateException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the piece of content from which {@code next} leads to this one, however often; any other object itself. */
    private Oid firstPiece(Oid oid) {
        Oid at = oid;
        for (Home home = home(at); home.parent() != null && home.label() == null; home = home(at)) {
            if (!ContentChain.isPiece(graph, home.parent())) {
                return at;
            }
            at = home.parent();
        }
        return at;
    }

    /** Returns the pieces of content that an object is one of, or nothing: what one of them is decides on all. */
    public List<Oid> pieces(Oid oid) {
        List<Oid> pieces = new ArrayList<>();
        Optional<Oid> at = Optional.of(firstPiece(oid));
        while (at.isPresent() && ContentChain.isPiece(graph, at.get())) {
            pieces.add(at.get());
            at = graph.homeChildren(at.get()).stream()
                    .filter(edge -> edge.role() == Edge.Role.NODE)
                    .map(Edge::target)
                    .findFirst();
        }
        return pieces;
    }

    /** Returns the label that no other object at home in the same tree has. */
    private Label numbered(Place parent, Oid oid, Label label) {
        return parent.shape().tree() && LookAlikes.isConcerned(label)
                ? alikes(tree(parent.oid())).getOrDefault(oid, label)
                : label;
    }

    private Map<Oid, Label> alikes(Oid tree) {
        Map<Oid, Label> known = alikes.get(tree);
        if (known == null) {
            known = new HashMap<>();
            LookAlikes numbers = new LookAlikes();
            for (Oid node : nodes(tree).nodes()) {
                for (Edge edge : graph.homeChildren(node)) {
                    Label label = edge.label();
                    if (label != null && LookAlikes.isConcerned(label)) {
                        known.put(edge.target(), numbers.next(label));
                    }
                }
            }
            alikes.put(tree, known);
        }
        return known;
    }

    /** Returns the objects of a tree whose keys hold references: one more or less may give all of them other numbers. */
    public Set<Oid> numbered(Oid tree) {
        return alikes(tree).keySet();
    }

    /** True for a node of a BTree with a key that holds a reference, or that leads to such a node. */
    public boolean hasNumbered(Oid node) {
        Node at = find(node);
        for (int step = 0; at != null && at.shape() == Node.Shape.STRUCTURE && step < DEEPEST_TREE; step++) {
            List<Label> labels = at.edges().stream()
                    .map(Edge::label)
                    .filter(Objects::nonNull)
                    .toList();
            if (!labels.isEmpty()) {
                return labels.stream().anyMatch(LookAlikes::isConcerned);
            }
            at = at.edges().isEmpty() ? null : find(at.edges().getFirst().target());
        }
        return false;
    }

    private static boolean refers(Node node, String attribute) {
        Label label = Label.of(new Step.Attribute(attribute));
        return node.edges().stream().anyMatch(edge -> label.equals(edge.label()));
    }

    private boolean isOwn(Place parent, Node node, Home home, Label label, boolean barred, boolean listed) {
        Structure structure = Structures.of(node.className());
        if (node.shape() == Node.Shape.PDATA
                || node.shape() == Node.Shape.BLOB
                || structure == Structure.Plain.LENGTH) {
            return false;
        }
        boolean named = home.kind() == EdgeKind.CONTAINED || home.kind() == EdgeKind.TEXT_KEY;
        boolean item = parent.path().isRoot() && parent.isOwn() && home.kind() == EdgeKind.CONTAINED && isKey(label);
        boolean ruled = settings.rule(node.className()).placement().equals(Optional.of(ClassRule.Placing.OWN));
        if (item || (named && (ruled || formats.of(node.className()).hasSource()))) {
            return true;
        }
        if (barred || !named || isAlias(node, label, listed)) {
            return false;
        }
        if (node.shape() != Node.Shape.STRUCTURE) {
            return true;
        }
        boolean keyed = isKey(label) && (parent.shape().tree() || parent.shape().mapping());
        return structure == Structure.Plain.MAPPING && keyed && depth(parent.oid()) <= 3;
    }

    /** Returns how many references lead from the root to an object, nodes of BTrees not counted. */
    private int depth(Oid oid) {
        int depth = 0;
        for (Oid at = oid; at != null && depth <= 3; ) {
            Home home = home(at);
            depth += home.label() == null ? 0 : 1;
            at = home.parent();
        }
        return depth;
    }

    /** True for an object held by an attribute equal to its id while its parent does not list it. */
    private static boolean isAlias(Node node, Label label, boolean listed) {
        return !listed
                && label.steps().size() == 1
                && label.last() instanceof Step.Attribute(String name)
                && name.equals(node.id());
    }

    private static boolean bars(Label label) {
        for (Step step : label.steps()) {
            boolean bars = switch (step) {
                case Step.Attribute(String name) -> name.equals("__annotations__");
                case Step.Key key -> false;
                case Step.OtherKey key -> true;
                case Step.Position position -> true;
            };
            if (bars) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(Label label) {
        return label.last() instanceof Step.Key;
    }

    private boolean listed(Oid oid) {
        Home home = home(oid);
        Oid parent = home.parent();
        Label label = home.label();
        if (parent == null || label == null || label.steps().size() != 1) {
            return false;
        }
        return label.last() instanceof Step.Attribute && graph.lists(parent, label);
    }

    private Home home(Oid oid) {
        return graph.home(oid).orElseThrow(() -> new IllegalStateException("no home: " + oid));
    }

    private Node node(Oid oid) {
        return graph.node(oid).orElseThrow(() -> new IllegalStateException("not in the graph: " + oid));
    }

    @Nullable
    public ClassName className(Oid oid) {
        return graph.className(oid).orElse(null);
    }

    @Nullable
    public Node find(Oid oid) {
        return graph.node(oid).orElse(null);
    }
}
