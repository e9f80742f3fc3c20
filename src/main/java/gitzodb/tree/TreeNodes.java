package gitzodb.tree;

import gitzodb.graph.Edge;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.zodb.Oid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that are at home in one BTree, or in one chain of buckets, by their numbers: in the order in which the tree
 * leads to them, each node before those it refers to. The tree itself is number 0.
 */
public record TreeNodes(Map<Oid, Integer> numbers, List<Oid> nodes) {

    static TreeNodes of(HomeGraph graph, Oid tree) {
        Set<Oid> members = members(graph, tree);
        SequencedMap<Oid, Integer> numbers = new LinkedHashMap<>();
        Deque<Oid> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            Oid oid = open.pop();
            if (members.contains(oid) && numbers.putIfAbsent(oid, numbers.size()) == null) {
                links(graph, oid).reversed().forEach(open::push);
            }
        }
        return new TreeNodes(numbers, List.copyOf(numbers.keySet()));
    }

    private static Set<Oid> members(HomeGraph graph, Oid tree) {
        Set<Oid> members = new HashSet<>();
        Deque<Oid> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            Oid oid = open.pop();
            members.add(oid);
            for (Oid link : links(graph, oid)) {
                boolean home = graph.home(link)
                        .filter(found -> found.label() == null && oid.equals(found.parent()))
                        .isPresent();
                if (home && !members.contains(link)) {
                    open.push(link);
                }
            }
        }
        return members;
    }

    private static List<Oid> links(HomeGraph graph, Oid oid) {
        Node node = graph.node(oid).orElseThrow(() -> new IllegalStateException("not in the graph: " + oid));
        return node.shape() != Node.Shape.STRUCTURE
                ? List.of()
                : node.edges().stream()
                        .filter(edge -> edge.role() == Edge.Role.NODE)
                        .map(Edge::target)
                        .toList();
    }

    /** Returns the node of a number; null if there are not so many. */
    @Nullable
    public Oid at(int number) {
        return number < nodes.size() ? nodes.get(number) : null;
    }

    int number(Oid oid) {
        Integer number = numbers.get(oid);
        if (number == null) {
            throw new IllegalArgumentException("no node of this tree: " + oid);
        }
        return number;
    }
}
