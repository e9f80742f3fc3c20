package gitzodb.graph;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reference from one object to another, with what its weight owes to the source alone. */
public final class Edge {
    private final long target;
    private final byte @Nullable [] label;
    private final EdgeKind kind;
    private final Role role;

    /** What the source says of the target. */
    public enum Role {
        /** A reference like any other. */
        PLAIN,
        /** Contained, whatever the target is: listed in {@code _objects}, or an item of a collection kept in a dict. */
        LISTED,
        /** The attribute under which the class of the source keeps its children. */
        COLLECTION,
        /** A text-keyed item of a data structure: contained if the structure is somebody's collection, or the root. */
        ITEM,
        /** A part of the source that is an object only for technical reasons. */
        NODE
    }

    /** {@code label} is as {@link LabelBytes} has it, null for a node edge. */
    Edge(long target, byte @Nullable [] label, EdgeKind kind, Role role) {
        this.target = target;
        this.label = label;
        this.kind = kind;
        this.role = role;
    }

    /** Returns an edge of the kind of the worst step of its label. */
    public static Edge of(Oid target, Label label, Role role) {
        return new Edge(target.value(), LabelBytes.encode(label), EdgeKind.of(label), role);
    }

    /** Returns an edge of another kind than its label says. */
    static Edge of(Oid target, Label label, EdgeKind kind) {
        return new Edge(target.value(), LabelBytes.encode(label), kind, Role.PLAIN);
    }

    public static Edge node(Oid target) {
        return new Edge(target.value(), null, EdgeKind.NODE, Role.NODE);
    }

    public Oid target() {
        return new Oid(target);
    }

    /** Returns the way to the reference, null for a node edge. */
    public @Nullable Label label() {
        return label == null ? null : LabelBytes.decode(label);
    }

    /** Returns the worst step; never {@link EdgeKind#CONTAINED}, which the role and the target decide. */
    public EdgeKind kind() {
        return kind;
    }

    public Role role() {
        return role;
    }

    long targetValue() {
        return target;
    }

    byte @Nullable [] labelBytes() {
        return label;
    }

    /** Returns target and label: what makes it the same edge, whatever it counts as. */
    Place place() {
        return new Place(target, label == null ? Bytes.EMPTY : Bytes.wrap(label));
    }

    /** A label is never empty, so empty stands for the label of a node edge. */
    record Place(long target, Bytes label) {}

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Edge other
                && target == other.target
                && kind == other.kind
                && role == other.role
                && Arrays.equals(label, other.label);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(target) * 31 + Arrays.hashCode(label);
    }

    @Override
    public String toString() {
        return role + " " + label() + " to " + target();
    }
}
