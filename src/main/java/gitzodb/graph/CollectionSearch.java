package gitzodb.graph;

import gitzodb.graph.Edge.Role;
import gitzodb.graph.Node.Shape;
import gitzodb.zodb.Oid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/**
 * Finds out which structures are collections: the root, the targets of collection edges, and the nodes of collections.
 * Suspects lose the property together with all their nodes, and then whoever still has a reason gets it back: so nodes
 * that hold each other in a circle do not keep it.
 */
final class CollectionSearch {
    private final GraphMaps maps;
    private final LongHashSet suspects = new LongHashSet();

    CollectionSearch(GraphMaps maps) {
        this.maps = maps;
    }

    void suspect(long oid) {
        suspects.add(oid);
    }

    /** Suspects what edges that appear or go away lead to. */
    void suspectTargets(List<Edge> edges) {
        for (Edge edge : edges) {
            if (edge.role() == Role.COLLECTION || edge.role() == Role.NODE) {
                suspects.add(edge.targetValue());
            }
        }
    }

    /** Suspects what a change of one object concerns. */
    void changed(Oid oid, Node old) {
        Set<Edge> edges = new HashSet<>(maps.edges(oid));
        Set<Edge> gone = new HashSet<>(old.edges());
        gone.removeAll(edges);
        old.edges().forEach(edges::remove);
        suspectTargets(List.copyOf(gone));
        suspectTargets(List.copyOf(edges));
        NodeFacts facts = maps.facts(oid);
        if (facts != null && facts.shape() != old.shape()) {
            suspects.add(oid.value());
        }
    }

    /** Brings the property up to date and returns the structures of which it changed. */
    LongHashSet run() {
        LongHashSet lost = new LongHashSet();
        LongArrayList open = new LongArrayList();
        open.addAll(suspects);
        while (!open.isEmpty()) {
            Oid oid = new Oid(open.removeAtIndex(open.size() - 1));
            if (maps.isCollection(oid)) {
                maps.setCollection(oid, false);
                lost.add(oid.value());
                addNodes(oid, open);
            }
        }
        LongHashSet won = new LongHashSet();
        suspects.addAll(lost);
        suspects.forEach(oid -> {
            if (hasReason(oid)) {
                open.add(oid);
            }
        });
        while (!open.isEmpty()) {
            Oid oid = new Oid(open.removeAtIndex(open.size() - 1));
            NodeFacts facts = maps.facts(oid);
            boolean able = facts != null && (facts.shape() == Shape.STRUCTURE || oid.equals(Oid.ROOT));
            if (able && !maps.isCollection(oid)) {
                maps.setCollection(oid, true);
                won.add(oid.value());
                addNodes(oid, open);
            }
        }
        LongHashSet flipped = new LongHashSet();
        lost.forEach(oid -> {
            if (!won.contains(oid)) {
                flipped.add(oid);
            }
        });
        won.forEach(oid -> {
            if (!lost.contains(oid)) {
                flipped.add(oid);
            }
        });
        return flipped;
    }

    private void addNodes(Oid oid, LongArrayList open) {
        for (Edge edge : maps.edges(oid)) {
            if (edge.role() == Role.NODE) {
                open.add(edge.targetValue());
            }
        }
    }

    private boolean hasReason(long target) {
        return target == Oid.ROOT.value()
                || maps.anyReferrer(target, source -> {
                    Oid oid = new Oid(source);
                    for (Edge edge : maps.edges(oid)) {
                        boolean reason =
                                edge.role() == Role.COLLECTION || (edge.role() == Role.NODE && maps.isCollection(oid));
                        if (reason && edge.targetValue() == target) {
                            return true;
                        }
                    }
                    return false;
                });
    }
}
