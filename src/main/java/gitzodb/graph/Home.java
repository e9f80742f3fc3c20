package gitzodb.graph;

import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last edge of the least path to an object, and the weight of the path. */
public final class Home {
    public static final Home ROOT = new Home(null, null, EdgeKind.CONTAINED, Weight.ZERO);

    private final @Nullable Oid parent;
    private final byte @Nullable [] label;
    private final EdgeKind kind;
    private final Weight weight;

    Home(@Nullable Oid parent, byte @Nullable [] label, EdgeKind kind, Weight weight) {
        this.parent = parent;
        this.label = label;
        this.kind = kind;
        this.weight = weight;
    }

    /** Returns where the edge comes from, null for the root. */
    public @Nullable Oid parent() {
        return parent;
    }

    /** Returns the way from the parent, null for the root and for a node of a BTree or {@code Pdata} chain. */
    public @Nullable Label label() {
        return label == null ? null : LabelBytes.decode(label);
    }

    /** Returns what the edge counts as; {@link EdgeKind#CONTAINED} for the root. */
    public EdgeKind kind() {
        return kind;
    }

    /** Returns the weight of the whole path. */
    public Weight weight() {
        return weight;
    }

    byte @Nullable [] labelBytes() {
        return label;
    }

    /** True if this is the place of the edge in {@code source}, whatever kind it had then. */
    boolean isAt(Oid source, Edge edge) {
        return source.equals(parent) && Arrays.equals(label, edge.labelBytes());
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Home other
                && Objects.equals(parent, other.parent)
                && Arrays.equals(label, other.label)
                && kind == other.kind
                && weight.equals(other.weight);
    }

    @Override
    public int hashCode() {
        return Objects.hash(parent, weight) * 31 + Arrays.hashCode(label);
    }

    @Override
    public String toString() {
        return kind + " " + label() + " of " + parent;
    }
}
