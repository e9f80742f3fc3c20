package gitzodb.graph;

import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the object map keeps of one object.
 *
 * @param tid the revision this was read from
 * @param classArgs true if the class meta has arguments other than None
 * @param id what the object calls itself: its {@code id}, else {@code __name__}; null if neither is text
 * @param shape what the object is for the graph
 * @param edges its references in canonical order, one for each place they stand at
 */
public record Node(
        Oid oid,
        Tid tid,
        ClassName className,
        boolean classArgs,
        @Nullable String id,
        Shape shape,
        List<Edge> edges) {
    /** What an object is for the graph, by its class. */
    public enum Shape {
        OBJECT,
        /** A bare data structure: a BTree, set or bucket, a persistent mapping or list, a {@code Length}. */
        STRUCTURE,
        /** A part of a {@code Pdata} chain. */
        PDATA,
        BLOB
    }

    public Node {
        edges = List.copyOf(edges);
    }
}
