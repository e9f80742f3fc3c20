package gitzodb.graph;

import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import org.jspecify.annotations.Nullable;

/**
 * A reference from one object to another, with what its weight owes to the source alone.
 *
 * @param label the way to the reference, null for a node edge
 * @param kind the worst step of the label; never {@link EdgeKind#CONTAINED}, which the role and the target decide
 */
public record Edge(Oid target, @Nullable Label label, EdgeKind kind, Role role) {
    /** What the source says of the target. */
    public enum Role {
        /** A reference like any other. */
        PLAIN,
        /** Contained, whatever the target is: listed in {@code _objects}, an item of the root or of a collection. */
        LISTED,
        /** The attribute under which the class of the source keeps its children. */
        COLLECTION,
        /** A text-keyed item of a data structure: contained if the structure is somebody's collection. */
        ITEM,
        /** A part of the source that is an object only for technical reasons. */
        NODE
    }

    public static Edge node(Oid target) {
        return new Edge(target, null, EdgeKind.NODE, Role.NODE);
    }
}
