package gitzodb.load;

import gitzodb.dump.NodeContent;
import gitzodb.tree.UnreadableRecord;
import gitzodb.xml.Element;
import gitzodb.zodb.Label;
import org.jspecify.annotations.Nullable;

/**
 * An object in a unit: the one that the file is for, or one folded into it.
 *
 * @param number its place in the unit; 0 for the object of the file. It depends on the file alone, so that a second reading
 *     gives the same numbers
 * @param holder what it is folded into; null for the object of the file
 * @param label the way from the holder; null for the object of the file
 */
record Nested(int number, @Nullable Nested holder, @Nullable Label label, Element element) {
    Kind kind() {
        return switch (element.name()) {
            case "tree" -> element.get(NodeContent.SHOWN) == null ? Kind.TREE : Kind.NODES;
            case "blob" -> Kind.BLOB;
            case UnreadableRecord.ELEMENT -> Kind.UNREADABLE;
            default -> Kind.OBJECT;
        };
    }

    enum Kind {
        OBJECT,
        TREE,
        /** A tree, or a chain of buckets, node by node. */
        NODES,
        BLOB,
        UNREADABLE
    }
}
