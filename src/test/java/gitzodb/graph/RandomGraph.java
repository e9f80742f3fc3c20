package gitzodb.graph;

import gitzodb.graph.Edge.Role;
import gitzodb.graph.Node.Shape;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Step;
import gitzodb.zodb.Tid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A small database of nodes that is edited at random. Few names and few objects, so that everything meets everything. */
final class RandomGraph implements NodeSource {
    private static final List<String> NAMES = List.of("a", "b", "c", "__x__", "parent", "id1", "é\0", "\ud83d\ude00");

    private final SplittableRandom random;
    private final Map<Oid, Node> nodes = new TreeMap<>();
    private final Map<Oid, Node> deleted = new TreeMap<>();
    private final Set<Oid> everSeen = new TreeSet<>();
    private final List<String> edits = new ArrayList<>();
    private long tid = 1;

    RandomGraph(SplittableRandom random) {
        this.random = random;
        int size = 2 + random.nextInt(22);
        for (int i = 0; i < size; i++) {
            everSeen.add(new Oid(i));
        }
        for (Oid oid : everSeen) {
            put(oid, name(), name(), shape(), List.of());
        }
        for (Oid oid : List.copyOf(everSeen)) {
            int edges = random.nextInt(4);
            for (int i = 0; i < edges; i++) {
                addEdge(oid, pick());
            }
        }
    }

    @Override
    public Optional<Node> read(Oid oid) {
        return Optional.ofNullable(nodes.get(oid));
    }

    Set<Oid> everSeen() {
        return everSeen;
    }

    List<String> lastEdits() {
        return edits;
    }

    /** Makes some edits, as one transaction, and returns what was written. */
    Set<Oid> edit(int count) {
        tid++;
        edits.clear();
        Set<Oid> written = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            edit(random.nextInt(22), pick(), pick(), pick(), written);
        }
        return written;
    }

    private void edit(int edit, Oid a, Oid b, Oid c, Set<Oid> written) {
        edits.add(edit + " " + a.value() + " " + b.value() + " " + c.value());
        written.add(a);
        Node node = nodes.get(a);
        if (node == null) {
            restore(a);
            return;
        }
        List<Edge> edges = new ArrayList<>(node.edges());
        int at = edges.isEmpty() ? 0 : random.nextInt(edges.size());
        switch (edit) {
            case 0 -> addEdge(a, b);
            case 1 -> removeAt(node, edges, at);
            case 2 -> move(node, edges, at, b, written);
            case 3 -> retarget(node, edges, at, b);
            case 4 -> relabel(node, edges, at);
            case 5 -> put(a, name(), node.name(), node.shape(), edges);
            case 6 -> put(a, node.id(), name(), node.shape(), edges);
            case 7 -> put(a, node.id(), node.name(), shape(), edges);
            case 8 -> rerole(node, edges, at);
            case 9 -> delete(a);
            case 10 -> put(a, node.id(), node.name(), node.shape(), List.of());
            case 11 -> createBelow(a);
            case 12 -> share(a, b, c, written);
            case 13 -> cycle(a, b, written);
            case 14 -> split(node, edges, written);
            case 15 -> collection(a, b, written);
            case 16 -> put(a, node.id(), node.name(), node.shape(), edges.reversed());
            case 17 -> put(a, node.id(), node.name(), node.shape(), edges);
            case 18 -> swapTargets(node, edges);
            case 19 -> dangle(a);
            case 20 -> renameTop(written);
            case 21 -> addBackReference(b, a, written);
            default -> throw new AssertionError(edit);
        }
    }

    private void restore(Oid oid) {
        Node old = deleted.get(oid);
        if (old == null || random.nextBoolean()) {
            put(oid, name(), null, shape(), List.of());
        } else {
            put(oid, old.id(), old.name(), old.shape(), old.edges());
        }
    }

    private void removeAt(Node node, List<Edge> edges, int at) {
        if (!edges.isEmpty()) {
            edges.remove(at);
        }
        put(node.oid(), node.id(), node.name(), node.shape(), edges);
    }

    private void move(Node node, List<Edge> edges, int at, Oid to, Set<Oid> written) {
        if (edges.isEmpty() || !nodes.containsKey(to) || to.equals(node.oid())) {
            return;
        }
        Edge moved = edges.remove(at);
        put(node.oid(), node.id(), node.name(), node.shape(), edges);
        add(to, moved);
        written.add(to);
    }

    private void retarget(Node node, List<Edge> edges, int at, Oid target) {
        if (!edges.isEmpty()) {
            Edge edge = edges.get(at);
            edges.set(at, new Edge(target.value(), edge.labelBytes(), edge.kind(), edge.role()));
        }
        put(node.oid(), node.id(), node.name(), node.shape(), edges);
    }

    private void relabel(Node node, List<Edge> edges, int at) {
        if (!edges.isEmpty()) {
            edges.set(at, edge(edges.get(at).target()));
        }
        put(node.oid(), node.id(), node.name(), node.shape(), edges);
    }

    private void rerole(Node node, List<Edge> edges, int at) {
        if (!edges.isEmpty() && edges.get(at).role() != Role.NODE) {
            Edge edge = edges.get(at);
            edges.set(at, new Edge(edge.targetValue(), edge.labelBytes(), edge.kind(), role()));
        }
        put(node.oid(), node.id(), node.name(), node.shape(), edges);
    }

    private void delete(Oid oid) {
        if (!oid.equals(Oid.ROOT) || random.nextInt(4) == 0) {
            Node node = nodes.remove(oid);
            if (node != null) {
                deleted.put(oid, node);
            }
        }
    }

    private void createBelow(Oid parent) {
        Oid fresh = new Oid(everSeen.size());
        everSeen.add(fresh);
        put(fresh, name(), null, shape(), List.of());
        addEdge(parent, fresh);
    }

    private void share(Oid a, Oid b, Oid target, Set<Oid> written) {
        addEdge(a, target);
        addEdge(b, target);
        written.add(b);
    }

    private void cycle(Oid a, Oid b, Set<Oid> written) {
        addEdge(a, b);
        addEdge(b, a);
        written.add(b);
    }

    /** A node hands the later half of its edges to a new sibling that it refers to. */
    private void split(Node node, List<Edge> edges, Set<Oid> written) {
        Oid fresh = new Oid(everSeen.size());
        everSeen.add(fresh);
        List<Edge> later = new ArrayList<>(edges.subList(edges.size() / 2, edges.size()));
        List<Edge> kept = new ArrayList<>(edges.subList(0, edges.size() / 2));
        kept.add(Edge.node(fresh));
        put(fresh, null, null, Shape.STRUCTURE, later);
        put(node.oid(), node.id(), node.name(), node.shape(), kept);
        written.add(fresh);
    }

    private void collection(Oid holder, Oid structure, Set<Oid> written) {
        Node node = nodes.get(structure);
        if (node != null) {
            put(structure, node.id(), node.name(), Shape.STRUCTURE, node.edges());
            written.add(structure);
        }
        add(holder, Edge.of(structure, Label.of(new Step.Attribute("_tree")), Role.COLLECTION));
    }

    private void swapTargets(Node node, List<Edge> edges) {
        if (edges.size() > 1) {
            Edge first = edges.getFirst();
            Edge last = edges.getLast();
            edges.set(0, new Edge(last.targetValue(), first.labelBytes(), first.kind(), first.role()));
            edges.set(edges.size() - 1, new Edge(first.targetValue(), last.labelBytes(), last.kind(), last.role()));
        }
        put(node.oid(), node.id(), node.name(), node.shape(), edges);
    }

    /** Refers to an object that may come to be later. */
    private void dangle(Oid holder) {
        Oid absent = new Oid(everSeen.size() + random.nextInt(2));
        everSeen.add(new Oid(everSeen.size()));
        everSeen.add(absent);
        addEdge(holder, absent);
    }

    private void renameTop(Set<Oid> written) {
        Node root = nodes.get(Oid.ROOT);
        if (root != null && !root.edges().isEmpty()) {
            List<Edge> edges = new ArrayList<>(root.edges());
            edges.set(0, edge(edges.getFirst().target()));
            put(Oid.ROOT, root.id(), root.name(), root.shape(), edges);
            written.add(Oid.ROOT);
        }
    }

    private void addBackReference(Oid from, Oid to, Set<Oid> written) {
        add(from, Edge.of(to, Label.of(new Step.Attribute("__parent__")), Role.PLAIN));
        written.add(from);
    }

    private void addEdge(Oid source, Oid target) {
        add(source, random.nextInt(6) == 0 ? Edge.node(target) : edge(target));
    }

    private void add(Oid source, Edge edge) {
        Node node = nodes.get(source);
        if (node != null) {
            List<Edge> edges = new ArrayList<>(node.edges());
            edges.add(edge);
            put(source, node.id(), node.name(), node.shape(), edges);
        }
    }

    private Edge edge(Oid target) {
        List<Step> steps = new ArrayList<>();
        do {
            steps.add(step());
        } while (random.nextInt(4) == 0);
        return Edge.of(target, new Label(steps), role());
    }

    private Step step() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> new Step.Position(random.nextInt(3) * 200);
            case 1 -> new Step.OtherKey(name);
            case 2, 3 -> new Step.Key(name);
            default -> new Step.Attribute(name);
        };
    }

    private Role role() {
        return switch (random.nextInt(8)) {
            case 0 -> Role.LISTED;
            case 1 -> Role.COLLECTION;
            case 2, 3, 4 -> Role.ITEM;
            default -> Role.PLAIN;
        };
    }

    private Shape shape() {
        return random.nextInt(3) == 0 ? Shape.STRUCTURE : Shape.OBJECT;
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Oid pick() {
        return new Oid(random.nextInt(everSeen.size()));
    }

    private void put(Oid oid, @Nullable String id, @Nullable String name, Shape shape, List<Edge> edges) {
        everSeen.add(oid);
        nodes.put(oid, new Node(oid, new Tid(tid), new ClassName("m", "C" + tid % 4), false, id, name, shape, edges));
    }
}
