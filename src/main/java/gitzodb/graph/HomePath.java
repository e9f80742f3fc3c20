package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A path from the root, as its last edge and the path before it. Immutable; ordered by weight, then by labels, edge by
 * edge from the root. Of paths alike in both, which only a broken BTree can have, the one with fewer node edges is less,
 * then the one whose oids are. Each edge makes a path greater, and of two paths with the same edge added the lesser stays
 * the lesser.
 */
@SuppressWarnings("ReferenceEquality") // a path is itself only; where two meet is what is looked for
final class HomePath implements Comparable<HomePath> {
    static final HomePath ROOT = new HomePath(null, 0, null, EdgeKind.CONTAINED, Weight.ZERO);

    final @Nullable HomePath parent;
    final long oid;
    private final byte @Nullable [] label;
    private final EdgeKind kind;
    final Weight weight;
    /** The last path up from here, this included, that ends with a label; the root path if none does. */
    private final HomePath labelled;

    private final int nodes;

    HomePath(@Nullable HomePath parent, long oid, byte @Nullable [] label, EdgeKind kind, Weight weight) {
        this.parent = parent;
        this.oid = oid;
        this.label = label;
        this.kind = kind;
        this.weight = weight;
        if (parent == null) {
            labelled = this;
            nodes = 0;
        } else {
            labelled = label == null ? parent.labelled : this;
            nodes = label == null ? parent.nodes + 1 : parent.nodes;
        }
    }

    Home home() {
        return parent == null ? Home.ROOT : new Home(new Oid(parent.oid), label, kind, weight);
    }

    @Override
    public int compareTo(HomePath other) {
        int order = weight.compareTo(other.weight);
        order = order != 0 ? order : compareLabels(other);
        order = order != 0 ? order : Integer.compare(nodes, other.nodes);
        return order != 0 ? order : compareOids(other);
    }

    /** Paths of one weight have the same number of labels. */
    private int compareLabels(HomePath other) {
        int order = 0;
        HomePath a = labelled;
        HomePath b = other.labelled;
        while (a != b && a.parent != null && b.parent != null) {
            int here = Arrays.compareUnsigned(a.label, b.label);
            order = here != 0 ? here : order;
            a = a.parent.labelled;
            b = b.parent.labelled;
        }
        return order;
    }

    private int compareOids(HomePath other) {
        int order = 0;
        HomePath a = this;
        HomePath b = other;
        while (a != b && a != null && b != null) {
            int here = Long.compareUnsigned(a.oid, b.oid);
            order = here != 0 ? here : order;
            a = a.parent;
            b = b.parent;
        }
        return order;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return this == object;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
