package gitzodb.load;

import gitzodb.graph.Edge;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * New objects of a tree that are old ones after all: nothing refers to their records any more, but no pack has taken
 * them yet.
 */
final class Returned {
    private final TreeIndex index;
    private final TreeStates states;
    private final HomeGraph graph;
    private final Unread unread;
    private final Map<String, Oid> oids = new HashMap<>();
    private final Set<Oid> taken = new HashSet<>();

    Returned(TreeIndex index, TreeStates states, HomeGraph graph, Unread unread) {
        this.index = index;
        this.states = states;
        this.graph = graph;
        this.unread = unread;
    }

    /** Takes an object for one that was at its path, if that one is of its class and whole. */
    void add(String path, Oid oid) throws IOException {
        boolean said = index.missing().contains(oid) || unread.isWeaklyReferred(oid);
        if (index.classOf(path) != null && !said && !taken.contains(oid) && isWhole(path, oid)) {
            taken.add(oid);
            oids.put(path, oid);
        }
    }

    Map<String, Oid> oids() {
        return Collections.unmodifiableMap(oids);
    }

    /** True for an unreachable object of which all is there that it refers to. */
    private boolean isWhole(String path, Oid oid) throws IOException {
        Set<Oid> seen = new HashSet<>(Set.of(oid));
        Deque<Oid> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Oid next = open.pop();
            Optional<Node> node = node(next);
            boolean other = next.equals(oid)
                    && node.isPresent()
                    && !node.get().className().equals(index.classOf(path));
            if (node.isEmpty() || other || graph.node(next).isPresent()) {
                return false;
            }
            for (Edge edge : node.get().edges()) {
                Oid part = edge.target();
                boolean isHeldByOthers = graph.node(part).isPresent();
                Optional<Node> target = isHeldByOthers ? Optional.empty() : node(part);
                if (!isHeldByOthers && target.isEmpty() && !index.missing().contains(part)) {
                    return false;
                }
                if (target.isPresent() && isPart(edge, target.get()) && seen.add(part)) {
                    open.push(part);
                }
            }
        }
        return true;
    }

    /** True for a reference to a node of a BTree or a piece of content. */
    private static boolean isPart(Edge edge, Node target) {
        return edge.role() == Edge.Role.NODE || target.shape() == Node.Shape.PDATA;
    }

    /** Returns nothing for a record that cannot be read. */
    private Optional<Node> node(Oid oid) throws IOException {
        try {
            return states.read(oid);
        } catch (StateException e) {
            return Optional.empty();
        }
    }
}
