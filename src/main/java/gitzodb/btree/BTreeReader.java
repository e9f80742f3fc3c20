package gitzodb.btree;

import gitzodb.classes.FormatException;
import gitzodb.classes.Structure;
import gitzodb.classes.Structure.Node;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a BTree, set tree, bucket or set as the sorted content it stands for. A bucket or set that stands alone is read
 * without its successor, which is an object of its own.
 */
public final class BTreeReader {
    /** Takes one entry after the other. */
    @FunctionalInterface
    public interface EntryVisitor {
        void visit(Entry entry) throws IOException;
    }

    private final TreeNodes nodes;
    private final KeyOrder order;

    private BTreeReader(TreeNodes nodes, KeyOrder order) {
        this.nodes = nodes;
        this.order = order;
    }

    /**
     * Opens a tree. Where the class of the root is a subclass, the class of the leaves tells the family.
     *
     * @param structures tells what a class is: {@link gitzodb.classes.Structures#of}, or more than that
     * @throws BrokenTreeException if the root is no node, or does not exist
     */
    public static BTreeReader open(
            Oid root, StateSource source, KeyOrder order, Function<ClassName, Structure> structures)
            throws IOException {
        return new BTreeReader(TreeNodes.open(root, source, structures), order);
    }

    /** Returns the family and the kind of the root. */
    public Node shape() {
        return nodes.shape();
    }

    public Oid root() {
        return nodes.root();
    }

    /** Returns the bucket or set that a root without children names as its successor; empty for a tree. */
    public Optional<Oid> successor() throws IOException {
        return nodes.rootNode() instanceof NodeState.Leaf leaf && leaf.next() != null
                ? Optional.of(leaf.next().oid())
                : Optional.empty();
    }

    /** Calls the visitor with every entry in key order and checks the whole tree. */
    public void forEach(EntryVisitor visitor) throws IOException {
        forEach(visitor, oid -> {});
    }

    /**
     * Calls the visitor with every entry in key order and checks the whole tree.
     *
     * @param visited is given every node, the root first, each before its entries
     * @throws BrokenTreeException at the first fault, after the entries before it
     */
    public void forEach(EntryVisitor visitor, Consumer<Oid> visited) throws IOException {
        LeafCursor cursor = new LeafCursor(nodes, order, true, null, visited);
        for (Optional<LeafCursor.Leaf> leaf = cursor.next(); leaf.isPresent(); leaf = cursor.next()) {
            for (Entry entry : leaf.get().entries()) {
                visitor.visit(entry);
            }
        }
    }

    /**
     * Tells whether the content says all of a tree, so that one built from it would be equal: nothing is wrong with the
     * tree, and each entry is one that the family can hold.
     *
     * @param visited is given every node, the root first, up to the first fault
     */
    public boolean isSound(Consumer<Oid> visited) throws IOException {
        try {
            forEach(entry -> EntryRules.check(shape().family(), shape().kind().isSet(), entry), visited);
            return successor().isEmpty();
        } catch (BrokenTreeException | FormatException e) {
            return false;
        }
    }

    /** Returns a cursor over all leaves. */
    public LeafCursor leaves() throws IOException {
        return new LeafCursor(nodes, order, true, null, oid -> {});
    }

    /**
     * Returns a cursor whose first leaf is the one that holds the key, or would hold it, and which goes up from there.
     * Where the keys cannot be compared it starts with the first leaf.
     */
    public LeafCursor leavesFrom(Value key) throws IOException {
        return new LeafCursor(nodes, order, true, key, oid -> {});
    }

    /**
     * Returns a cursor whose first leaf is the one that holds the key, or would hold it, and which goes down from there.
     * Where the keys cannot be compared it starts with the last leaf.
     */
    public LeafCursor leavesDownFrom(Value key) throws IOException {
        return new LeafCursor(nodes, order, false, key, oid -> {});
    }

    /** Returns the entry of a key; empty if there is none, or if the key cannot be compared with those on the way. */
    public Optional<Entry> find(Value key) throws IOException {
        Optional<LeafCursor.Leaf> leaf = leavesFrom(key).next();
        return leaf.flatMap(found -> found.entries().stream()
                .filter(entry -> order.compare(entry.key(), key).orElse(1) == 0)
                .findFirst());
    }

    KeyOrder order() {
        return order;
    }

    TreeNodes nodes() {
        return nodes;
    }
}
