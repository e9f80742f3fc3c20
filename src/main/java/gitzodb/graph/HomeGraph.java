package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The reachable objects of a database, their references both ways, and the home of each. Kept in a {@link MapStore},
 * whose commit is the caller's. Not thread-safe.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class HomeGraph {
    private final MapStore store;

    public HomeGraph(MapStore store) {
        this.store = store;
    }

    /** Forgets everything and reads all objects that can be reached from the root. */
    public void build(NodeSource source) throws IOException {
        throw new UnsupportedOperationException(store.toString());
    }

    /**
     * Brings the graph to a later state of the database.
     *
     * @param changed at least the objects that were written, created or un-created since; unreachable ones do no harm
     */
    public HomeChange update(NodeSource source, Collection<Oid> changed) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Returns a reachable object; empty for any other. */
    public Optional<Node> node(Oid oid) {
        throw new UnsupportedOperationException();
    }

    /** Returns the home of a reachable object, {@link Home#ROOT} for the root; empty for any other. */
    public Optional<Home> home(Oid oid) {
        throw new UnsupportedOperationException();
    }

    /** Returns the reachable objects that have an edge to {@code oid}, which need not exist, in ascending order. */
    public List<Oid> referrers(Oid oid) {
        throw new UnsupportedOperationException();
    }

    /** Returns the edges that are the homes of their targets, in canonical order. */
    public List<Edge> homeChildren(Oid oid) {
        throw new UnsupportedOperationException();
    }

    /** Returns true for a data structure that some reachable object keeps its children in, or a node of one. */
    public boolean isCollection(Oid oid) {
        throw new UnsupportedOperationException();
    }

    /** Returns the number of reachable objects. */
    public long size() {
        throw new UnsupportedOperationException();
    }
}
