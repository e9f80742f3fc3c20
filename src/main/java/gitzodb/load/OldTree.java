package gitzodb.load;

import gitzodb.dump.DumpIndex;
import gitzodb.graph.Edge;
import gitzodb.graph.Home;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds, by path, as a dump of it would show it: all of it, or what is in the files that are read, and the
 * rest when it is asked for.
 */
final class OldTree {
    /**
     * An object.
     *
     * @param own true if it has a file
     * @param piece true for a piece of the content of its holder, which no tree shows as an object
     * @param unit the path of the object in whose files it is; of an ignored one, that from whose files it is left out
     * @param holder the {@code unit} of what holds it; empty for the root
     */
    record Old(Oid oid, ClassName cls, boolean own, boolean piece, boolean ignored, String unit, String holder) {}

    /** In whose files an object is, as {@link Old} says it. */
    private record Standing(boolean ignored, String unit, String holder) {}

    private record Open(Place place, Standing standing) {}

    /** Which objects of other files a walk goes on to. */
    private enum Reach {
        ALL,
        IGNORED,
        NONE
    }

    private final HomeGraph graph;
    private final TreeStates states;
    private final Placement placement;
    private final @Nullable DumpIndex dump;
    private final Map<String, Old> read = new HashMap<>();
    private final Map<String, Old> held = new HashMap<>();
    private final Map<String, Old> others = new HashMap<>();
    private final Map<Oid, Standing> standings = new HashMap<>();
    private final Set<Oid> opened = new HashSet<>();

    private OldTree(HomeGraph graph, TreeStates states, @Nullable DumpIndex dump) {
        this.graph = graph;
        this.states = states;
        this.dump = dump;
        placement = new Placement(graph, states);
    }

    /** Finds all objects. */
    static OldTree of(HomeGraph graph, TreeStates states) {
        OldTree tree = new OldTree(graph, states, null);
        tree.walk(Oid.ROOT, Reach.ALL, tree.read, tree.held);
        return tree;
    }

    /**
     * Finds the objects in some files; any other when it is asked for.
     *
     * @param dump what the last dump wrote
     * @param touched the objects whose files they are
     */
    static OldTree of(HomeGraph graph, TreeStates states, DumpIndex dump, Set<Oid> touched) {
        OldTree tree = new OldTree(graph, states, dump);
        for (Oid oid : touched) {
            tree.walk(oid, Reach.IGNORED, tree.read, tree.held);
        }
        tree.held.keySet().removeAll(tree.read.keySet());
        return tree;
    }

    /** Takes an object and what is folded into it; {@code beside} takes other objects that it holds. */
    private void walk(Oid top, Reach reach, Map<String, Old> into, Map<String, Old> beside) {
        Deque<Open> open = new ArrayDeque<>();
        placement.of(top).ifPresent(place -> open.push(new Open(place, standing(top))));
        while (!open.isEmpty()) {
            Open next = open.pop();
            add(next, into);
            for (Edge edge : graph.homeChildren(next.place.oid())) {
                Place place = placement.below(next.place, edge);
                Open child = new Open(place, below(next.standing, place));
                boolean entered = switch (reach) {
                    case ALL -> true;
                    case IGNORED -> !place.isOwn() || child.standing.ignored;
                    case NONE -> !place.isOwn();
                };
                if (entered) {
                    open.push(child);
                } else {
                    add(child, beside);
                }
            }
        }
    }

    private void add(Open open, Map<String, Old> into) {
        Place place = open.place;
        Standing standing = open.standing;
        if (!placement.isTreeNode(place.oid())) {
            Node node = graph.node(place.oid()).orElseThrow();
            into.put(
                    place.path().toString(),
                    new Old(
                            place.oid(),
                            node.className(),
                            place.isOwn(),
                            node.shape() == Node.Shape.PDATA,
                            standing.ignored,
                            standing.unit,
                            standing.holder));
        }
    }

    private Standing below(Standing holder, Place place) {
        boolean ignored = holder.ignored || isIgnored(place);
        String unit = place.isOwn() && !ignored ? place.path().toString() : holder.unit;
        return new Standing(ignored, unit, holder.unit);
    }

    private boolean isIgnored(Place place) {
        return place.isOwn()
                && !states.ignored().isEmpty()
                && states.ignored()
                        .ignoresObject(
                                place.path(),
                                graph.node(place.oid()).orElseThrow().className());
    }

    /** Finds the standing of an object from those that hold it. */
    private Standing standing(Oid oid) {
        Deque<Oid> chain = new ArrayDeque<>();
        Standing known = standings.get(oid);
        for (Oid at = oid; known == null; known = standings.get(at)) {
            chain.push(at);
            Home home = graph.home(at).orElseThrow();
            if (home.parent() == null) {
                break;
            }
            at = home.parent();
        }
        for (Oid next : chain) {
            known = known == null
                    ? new Standing(false, ObjectPath.ROOT.toString(), "")
                    : below(known, placement.of(next).orElseThrow());
            standings.put(next, known);
        }
        return java.util.Objects.requireNonNull(known);
    }

    /** Returns the object at a path; null if there is none. */
    @Nullable
    Old find(String path) {
        Old known = read.get(path);
        known = known != null ? known : held.get(path);
        known = known != null ? known : others.get(path);
        if (known == null) {
            known = node(path);
        }
        if (known != null || dump == null || !path.startsWith("/")) {
            return known;
        }
        int hash = path.indexOf('#');
        Oid unit = dump.at(path.substring(1, hash < 0 ? path.length() : hash));
        if (unit == null || (hash >= 0 && !opened.add(unit))) {
            return null;
        }
        if (hash >= 0) {
            walk(unit, Reach.NONE, others, new HashMap<>());
        } else {
            placement.of(unit).ifPresent(place -> add(new Open(place, standing(unit)), others));
        }
        return others.get(path);
    }

    /** Returns the node of a tree at a path; a tree that is shown as its content has paths for its nodes nonetheless. */
    private @Nullable Old node(String path) {
        String sign = Segment.Mark.NODE.sign();
        int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('#'));
        String last = path.substring(end + 1);
        if (end <= 0 || !last.startsWith(sign) || !last.substring(sign.length()).matches("[1-9][0-9]{0,8}")) {
            return null;
        }
        Old tree = find(path.substring(0, end));
        Oid oid = tree == null ? null : placement.nodes(tree.oid).at(Integer.parseInt(last.substring(sign.length())));
        return tree == null || oid == null
                ? null
                : new Old(
                        oid,
                        graph.node(oid).orElseThrow().className(),
                        false,
                        false,
                        tree.ignored,
                        tree.unit,
                        tree.holder);
    }

    /** Returns the objects in the files that are read, and ignored ones that these hold, by path. */
    Map<String, Old> read() {
        return Collections.unmodifiableMap(read);
    }

    /** Returns the objects that those of {@link #read} hold and whose files are not read, by path. */
    Map<String, Old> held() {
        return Collections.unmodifiableMap(held);
    }

    /** Returns what keeps books on other objects, such as catalogs, by path. */
    Map<String, ClassName> keepers() {
        Map<String, ClassName> keepers = new TreeMap<>();
        for (ClassName name : StaleNotes.keeperClasses()) {
            for (Oid oid : graph.ofClass(name)) {
                placement.of(oid).ifPresent(place -> keepers.put(place.path().toString(), name));
            }
        }
        return keepers;
    }
}
