package gitzodb.graph;

import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reachable objects of a database, their references both ways, and the home of each. Kept in a {@link MapStore},
 * whose commit is the caller's. Several threads may ask it while nothing changes it; otherwise for one thread.
 */
public final class HomeGraph {
    private final MapStore store;
    private final GraphMaps maps;

    public HomeGraph(MapStore store) {
        this.store = store;
        maps = new GraphMaps(store);
    }

    /**
     * Forgets everything and reads all objects that can be reached from the root, on several threads. Takes the stamp off the store if the
     * graph is large: after an error it is to be built again.
     */
    public void build(NodeSource source) throws IOException {
        maps.clear();
        new GraphUpdate(store, maps, source).build();
    }

    /**
     * Brings the graph to a later state of the database. After an error roll the store back; if it has no stamp then, as
     * after a very large update, build.
     *
     * @param changed at least the objects that were written, created or un-created since; unreachable ones do no harm
     */
    public HomeChange update(NodeSource source, Collection<Oid> changed) throws IOException {
        return new GraphUpdate(store, maps, source).update(changed);
    }

    /** Returns a reachable object; empty for any other. */
    public Optional<Node> node(Oid oid) {
        return Optional.ofNullable(maps.node(oid));
    }

    /** Returns the class of a reachable object; empty for any other. Cheaper than its node. */
    public Optional<ClassName> className(Oid oid) {
        return Optional.ofNullable(maps.className(oid));
    }

    /** Returns the home of a reachable object, {@link Home#ROOT} for the root; empty for any other. */
    public Optional<Home> home(Oid oid) {
        return Optional.ofNullable(maps.home(oid));
    }

    /** Returns what a reachable object is; empty for any other. Cheaper than its node. */
    public Optional<Node.Shape> shape(Oid oid) {
        return Optional.ofNullable(maps.facts(oid)).map(NodeFacts::shape);
    }

    /** Returns the reachable objects that have an edge to {@code oid}, which need not exist, in ascending order. */
    public List<Oid> referrers(Oid oid) {
        List<Oid> referrers = new ArrayList<>();
        maps.anyReferrer(oid.value(), source -> {
            referrers.add(new Oid(source));
            return false;
        });
        return referrers;
    }

    /** Returns true if a reachable object is of this class. */
    public boolean hasClass(ClassName name) {
        return maps.classes().has(name);
    }

    /** Returns a few of the reachable objects of a class, if there are any. */
    public List<Oid> someOfClass(ClassName name) {
        return maps.classes().some(name);
    }

    /** Returns the reachable objects of a class in ascending order; slow where there are many. */
    public List<Oid> ofClass(ClassName name) {
        List<Oid> listed = maps.classes().all(name);
        return listed != null ? listed.stream().sorted().toList() : maps.ofClass(name);
    }

    /** Returns the highest oid that a reachable object refers to, be it there or not; empty if there is no reference. */
    public Optional<Oid> highestTarget() {
        return Optional.ofNullable(maps.highestTarget());
    }

    /** Returns the edges that are the homes of their targets, in canonical order. */
    public List<Edge> homeChildren(Oid oid) {
        Set<Edge> children = new LinkedHashSet<>();
        for (Edge edge : maps.edges(oid)) {
            if (maps.isHome(oid, edge)) {
                children.add(edge);
            }
        }
        return List.copyOf(children);
    }

    /** Returns true if a reachable object has an edge of {@link Edge.Role#LISTED} with this label. */
    public boolean lists(Oid oid, Label label) {
        return maps.lists(oid, label);
    }

    /** Returns true for a data structure that some reachable object keeps its children in, or a node of one. */
    public boolean isCollection(Oid oid) {
        return maps.isCollection(oid);
    }

    /** Returns the number of reachable objects. */
    public long size() {
        return maps.size();
    }
}
