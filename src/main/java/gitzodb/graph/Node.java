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
 * @param id the object's own attribute {@code id}, null if it has none that is text
 * @param name the object's own attribute {@code __name__}, null if it has none that is text
 * @param edges its references in canonical order, one for each place they stand at
 */
public record Node(
        Oid oid,
        Tid tid,
        ClassName className,
        boolean classArgs,
        @Nullable String id,
        @Nullable String name,
        Shape shape,
        List<Edge> edges) {
    /** What an object is for the graph, by its class. */
    public enum Shape {
        OBJECT,
        /**
         * A bare data structure: a persistent mapping or list, a {@code Length}, and a BTree, set or bucket unless its
         * state is of no known form.
         */
        STRUCTURE,
        /** A part of a {@code Pdata} chain. */
        PDATA,
        BLOB
    }

    public Node {
        edges = List.copyOf(edges);
    }

    /** True if nothing that edges to this object count as would be another with {@code other} in its place. */
    boolean sameFacts(Node other) {
        return shape == other.shape
                && java.util.Objects.equals(id, other.id)
                && java.util.Objects.equals(name, other.name);
    }

    boolean sameClass(Node other) {
        return classArgs == other.classArgs && className.equals(other.className);
    }
}
