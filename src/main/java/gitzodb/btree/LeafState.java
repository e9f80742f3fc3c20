package gitzodb.btree;

import gitzodb.classes.Structure.Kind;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.Oid;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one node as it is, whatever else is wrong with its tree: of a leaf, or of a tree whose only leaf has no
 * record of its own.
 *
 * @param next the reference to the next leaf, null if there is none
 */
public record LeafState(List<Entry> entries, @Nullable Value next) {
    private static final Oid ANY = new Oid(0);

    /** Returns empty for a state of another form, and for a tree that has children or no entries. */
    public static Optional<LeafState> read(Kind kind, Value state) {
        try {
            NodeState node = kind.isTree()
                    ? NodeState.readTree(ANY, kind.isSet(), state)
                    : NodeState.readLeaf(ANY, kind.isSet(), state);
            return switch (node) {
                case NodeState.Leaf(List<Entry> entries, NodeRef next) ->
                    Optional.of(new LeafState(entries, next == null ? null : next.id()));
                case NodeState.Inline(List<Entry> entries) -> Optional.of(new LeafState(entries, null));
                case NodeState.Empty empty -> Optional.empty();
                case NodeState.Inner inner -> Optional.empty();
            };
        } catch (BrokenTreeException e) {
            return Optional.empty();
        }
    }

    /** Returns the state of a node of a kind; the kind of a tree has no {@link #next}. */
    public Value value(Kind kind) {
        if (kind.isTree()) {
            return new NodeState.Inline(entries).value();
        }
        PyTuple flat = (PyTuple)
                ((PyTuple) new NodeState.Leaf(entries, null).value()).items().getFirst();
        return next == null ? PyTuple.of(flat) : PyTuple.of(flat, next);
    }
}
