package gitzodb.btree;

import gitzodb.classes.Structure.Family;
import gitzodb.classes.Structure.Kind;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes new nodes of one tree: leaves of even size, and the levels above them. */
final class NodeMaker {
    /**
     * A child to be.
     *
     * @param low its lower bound; null for what is the leftmost of all
     * @param first the leftmost leaf below it: itself if it is a leaf
     */
    record Piece(@Nullable Value low, NodeRef ref, NodeRef first) {}

    private final Family family;
    private final Kind leafKind;
    private final ClassMeta treeMeta;
    private final KeyOrder order;
    private final Supplier<Oid> newOids;
    private final Map<Oid, ObjectState> made = new LinkedHashMap<>();

    NodeMaker(Family family, Kind kind, ClassMeta treeMeta, KeyOrder order, Supplier<Oid> newOids) {
        this.family = family;
        this.leafKind = kind.leaf();
        this.treeMeta = treeMeta;
        this.order = order;
        this.newOids = newOids;
    }

    Map<Oid, ObjectState> made() {
        return made;
    }

    /** Cuts into the fewest lists of at most {@code limit} items, the sizes of which differ by one at most. */
    static <T> List<List<T>> cut(List<T> items, int limit) {
        int count = (items.size() + limit - 1) / limit;
        List<List<T>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) items.size() * i / count);
            int to = (int) ((long) items.size() * (i + 1) / count);
            lists.add(items.subList(from, to));
        }
        return lists;
    }

    /** Makes a leaf for each list, linked in order, the last one to {@code next}. */
    List<Piece> leaves(List<List<Entry>> lists, @Nullable NodeRef next) {
        List<NodeRef> refs = new ArrayList<>();
        ClassMeta meta = ClassMeta.of(family.className(leafKind));
        for (int i = 0; i < lists.size(); i++) {
            refs.add(reference(newOids.get(), meta));
        }
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < lists.size(); i++) {
            NodeRef following = i + 1 < refs.size() ? refs.get(i + 1) : next;
            NodeRef ref = refs.get(i);
            made.put(ref.oid(), new ObjectState(meta, new NodeState.Leaf(lists.get(i), following).value()));
            pieces.add(new Piece(lists.get(i).getFirst().key(), ref, ref));
        }
        return pieces;
    }

    /** Makes an inner node for each list. */
    List<Piece> inner(List<List<Piece>> lists) {
        List<Piece> pieces = new ArrayList<>();
        for (List<Piece> list : lists) {
            NodeRef ref = reference(newOids.get(), treeMeta);
            made.put(ref.oid(), new ObjectState(treeMeta, parent(list).value()));
            pieces.add(new Piece(list.getFirst().low(), ref, list.getFirst().first()));
        }
        return pieces;
    }

    /** Makes levels until the pieces fit into one node. */
    List<Piece> raise(List<Piece> pieces, int fill) {
        List<Piece> level = pieces;
        while (level.size() > family.maxInternal()) {
            level = inner(cut(level, fill));
        }
        return level;
    }

    static NodeState.Inner parent(List<Piece> pieces) {
        List<Value> keys = new ArrayList<>();
        for (Piece piece : pieces.subList(1, pieces.size())) {
            keys.add(java.util.Objects.requireNonNull(piece.low()));
        }
        return new NodeState.Inner(
                pieces.stream().map(Piece::ref).toList(),
                keys,
                pieces.getFirst().first());
    }

    private NodeRef reference(Oid oid, ClassMeta meta) {
        Value bytes = switch (order) {
            case PYTHON2 -> new Value.Str(oid.bytes());
            case PYTHON3 -> new Value.Binary(oid.bytes());
        };
        return new NodeRef(oid, new Value.PersistentId(PyTuple.of(bytes, meta.cls())));
    }
}
