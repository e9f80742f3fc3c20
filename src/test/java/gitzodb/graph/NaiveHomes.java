package gitzodb.graph;

import gitzodb.graph.Edge.Role;
import gitzodb.graph.Node.Shape;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Homes by the definition alone: every path is a list, and lists are improved until nothing gets better. */
final class NaiveHomes {
    record NaivePath(Weight weight, List<Label> steps, int nodes) implements Comparable<NaivePath> {
        List<String> labels() {
            return steps.stream().map(Label::toString).toList();
        }

        @Override
        public int compareTo(NaivePath other) {
            int order = weight.compareTo(other.weight);
            for (int i = 0; order == 0 && i < Math.min(steps.size(), other.steps.size()); i++) {
                order = compare(steps.get(i), other.steps.get(i));
            }
            order = order != 0 ? order : Integer.compare(steps.size(), other.steps.size());
            return order != 0 ? order : Integer.compare(nodes, other.nodes);
        }
    }

    private NaiveHomes() {}

    static Map<Oid, NaivePath> of(RandomGraph database) throws IOException {
        Map<Oid, Node> reachable = new TreeMap<>();
        List<Oid> open = new ArrayList<>(List.of(Oid.ROOT));
        while (!open.isEmpty()) {
            Oid oid = open.removeLast();
            Node node = database.read(oid).orElse(null);
            if (node != null && reachable.put(oid, node) == null) {
                node.edges().forEach(edge -> open.add(edge.target()));
            }
        }
        Set<Oid> collections = collections(reachable);
        Map<Oid, NaivePath> best = new TreeMap<>();
        if (reachable.containsKey(Oid.ROOT)) {
            best.put(Oid.ROOT, new NaivePath(Weight.ZERO, List.of(), 0));
        }
        boolean better = true;
        while (better) {
            better = false;
            for (Node node : reachable.values()) {
                NaivePath path = best.get(node.oid());
                if (path == null) {
                    continue;
                }
                for (Edge edge : node.edges()) {
                    Node target = reachable.get(edge.target());
                    if (target != null) {
                        NaivePath longer = extend(path, edge, target, collections.contains(node.oid()));
                        NaivePath present = best.get(edge.target());
                        if (present == null || longer.compareTo(present) < 0) {
                            best.put(edge.target(), longer);
                            better = true;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static Set<Oid> collections(Map<Oid, Node> reachable) {
        Set<Oid> collections = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Node node : reachable.values()) {
                for (Edge edge : node.edges()) {
                    Node target = reachable.get(edge.target());
                    boolean reason = edge.role() == Role.COLLECTION
                            || (edge.role() == Role.NODE && collections.contains(node.oid()));
                    if (reason && target != null && target.shape() == Shape.STRUCTURE) {
                        more |= collections.add(edge.target());
                    }
                }
                if (node.oid().equals(Oid.ROOT)) {
                    more |= collections.add(Oid.ROOT);
                }
            }
        }
        return collections;
    }

    private static NaivePath extend(NaivePath path, Edge edge, Node target, boolean collection) {
        Label label = edge.label();
        if (label == null) {
            return new NaivePath(path.weight, path.steps, path.nodes + 1);
        }
        List<Label> steps = new ArrayList<>(path.steps);
        steps.add(label);
        boolean contained = switch (edge.role()) {
            case LISTED -> true;
            case ITEM -> collection || named(edge, label, target);
            case PLAIN, COLLECTION -> named(edge, label, target);
            case NODE -> throw new AssertionError("a node edge with a label");
        };
        return new NaivePath(path.weight.plus(contained ? EdgeKind.CONTAINED : edge.kind()), steps, path.nodes);
    }

    private static boolean named(Edge edge, Label label, Node target) {
        String last = switch (label.last()) {
            case Step.Attribute(String name) -> name;
            case Step.Key(String text) -> text;
            case Step.OtherKey key -> null;
            case Step.Position position -> null;
        };
        boolean plain =
                edge.kind() == EdgeKind.HIDDEN || edge.kind() == EdgeKind.TEXT_KEY || edge.kind() == EdgeKind.ATTRIBUTE;
        boolean holds = label.steps().size() == 1
                && label.last() instanceof Step.Attribute
                && target.shape() == Shape.STRUCTURE;
        return plain && (holds || (last != null && (last.equals(target.id()) || last.equals(target.name()))));
    }

    static int compare(Label a, Label b) {
        for (int i = 0; i < Math.min(a.steps().size(), b.steps().size()); i++) {
            int order = compare(a.steps().get(i), b.steps().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.steps().size(), b.steps().size());
    }

    private static int compare(Step a, Step b) {
        int order = Integer.compare(type(a), type(b));
        return order != 0
                ? order
                : a instanceof Step.Position(int left) && b instanceof Step.Position(int right)
                        ? Integer.compare(left, right)
                        : CanonicalOrder.CODE_POINTS.compare(text(a), text(b));
    }

    private static int type(Step step) {
        return switch (step) {
            case Step.Attribute attribute -> 0;
            case Step.Key key -> 1;
            case Step.OtherKey key -> 2;
            case Step.Position position -> 3;
        };
    }

    private static String text(Step step) {
        return switch (step) {
            case Step.Attribute(String name) -> name;
            case Step.Key(String text) -> text;
            case Step.OtherKey(String form) -> form;
            case Step.Position(int index) -> "";
        };
    }
}
