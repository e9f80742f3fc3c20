package gitzodb.graph;

import gitzodb.graph.Node.Shape;
import org.jspecify.annotations.Nullable;

/** What the weight of an edge owes to its target; the names as {@link LabelBytes#escaped}. */
@SuppressWarnings("ArrayRecordComponent") // read for every edge, compared never
record NodeFacts(Shape shape, byte @Nullable [] id, byte @Nullable [] name) {

    /** Returns what an edge to this target counts as. */
    EdgeKind kindOf(Edge edge, boolean fromCollection) {
        byte[] label = edge.labelBytes();
        if (label == null) {
            return EdgeKind.NODE;
        }
        return switch (edge.role()) {
            case NODE -> EdgeKind.NODE;
            case LISTED -> EdgeKind.CONTAINED;
            case ITEM -> fromCollection || contains(edge.kind(), label) ? EdgeKind.CONTAINED : edge.kind();
            case PLAIN, COLLECTION -> contains(edge.kind(), label) ? EdgeKind.CONTAINED : edge.kind();
        };
    }

    private boolean contains(EdgeKind kind, byte[] label) {
        return switch (kind) {
            case BACK, POSITION, OTHER_KEY, CONTAINED, NODE -> false;
            case HIDDEN, TEXT_KEY, ATTRIBUTE ->
                (shape == Shape.STRUCTURE && LabelBytes.isAttribute(label))
                        || (id != null && LabelBytes.endsWith(label, id))
                        || (name != null && LabelBytes.endsWith(label, name));
        };
    }
}
