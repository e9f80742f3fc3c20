package gitzodb.btree;

import gitzodb.classes.FormatException;
import gitzodb.classes.Structure.Node;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Builds the nodes of a tree from its entries in one canonical shape: as few leaves as fit at two thirds of the limit,
 * of even size, and so on upwards. Two thirds is what random insertion tends to, and leaves room.
 */
public final class BTreeBuilder {
    /**
     * A tree.
     *
     * @param root the state of the root
     * @param nodes the other nodes, by the oids they were given
     */
    public record Built(Value root, Map<Oid, ObjectState> nodes) {}

    private final Node shape;
    private final ClassMeta rootMeta;
    private final KeyOrder order;

    /**
     * @param shape the family and the kind of the root
     * @param rootMeta the class of the root, which inner nodes share: perhaps a subclass
     */
    public BTreeBuilder(Node shape, ClassMeta rootMeta, KeyOrder order) {
        this.shape = shape;
        this.rootMeta = rootMeta;
        this.order = order;
    }

    /**
     * Returns the tree of these entries. They are sorted first; where their keys cannot be compared the order given is
     * trusted.
     *
     * @param newOids gives an unused oid at each call; called once for each node but the root
     * @throws FormatException if an entry does not fit the family, or a key occurs twice
     */
    public Built build(List<Entry> entries, Supplier<Oid> newOids) throws FormatException {
        boolean set = shape.kind().isSet();
        EntryRules.check(shape.family(), set, entries);
        return shaped(EntryRules.ordered(entries, order), newOids);
    }

    private Built shaped(List<Entry> entries, Supplier<Oid> newOids) {
        if (!shape.kind().isTree()) {
            return new Built(new NodeState.Leaf(entries, null).value(), Map.of());
        }
        if (entries.isEmpty()) {
            return new Built(new NodeState.Empty().value(), Map.of());
        }
        if (entries.size() <= shape.family().maxLeaf()) {
            return new Built(new NodeState.Inline(entries).value(), Map.of());
        }
        NodeMaker maker = new NodeMaker(shape.family(), shape.kind(), rootMeta, order, newOids);
        List<NodeMaker.Piece> leaves =
                maker.leaves(NodeMaker.cut(entries, twoThirds(shape.family().maxLeaf())), null);
        NodeState.Inner root =
                NodeMaker.parent(maker.raise(leaves, twoThirds(shape.family().maxInternal())));
        return new Built(root.value(), maker.made());
    }

    private static int twoThirds(int limit) {
        return Math.max(1, limit * 2 / 3);
    }
}
