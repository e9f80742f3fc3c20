package gitzodb.btree;

import gitzodb.btree.NodeMaker.Piece;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One edit of one tree in place; reads the nodes between the root and a changed leaf, and the leaf left of a removed one. */
final class InPlace {
    /** No real tree comes near; a deeper one is a cycle or an attack. */
    private static final int MAX_DEPTH = 64;

    private final TreeNodes nodes;
    private final KeyOrder order;
    private final BiPredicate<Value, Value> same;
    private final NodeMaker maker;
    private final Map<Oid, NodeState> edited = new LinkedHashMap<>();
    private final Set<Oid> removed = new LinkedHashSet<>();
    private final Deque<List<Piece>> path = new ArrayDeque<>();

    InPlace(TreeNodes nodes, KeyOrder order, Supplier<Oid> newOids, BiPredicate<Value, Value> same) {
        this.nodes = nodes;
        this.order = order;
        this.same = same;
        this.maker = new NodeMaker(nodes.family(), nodes.shape().kind(), nodes.rootMeta(), order, newOids);
    }

    Edit edit(List<Change> changes, Set<Oid> read) throws IOException, KeysNotComparable {
        if (!changes.isEmpty()) {
            editRoot(changes);
        }
        Map<Oid, ObjectState> changed = new LinkedHashMap<>();
        for (Map.Entry<Oid, NodeState> entry : edited.entrySet()) {
            Oid oid = entry.getKey();
            if (!removed.contains(oid)) {
                changed.put(
                        oid,
                        new ObjectState(
                                nodes.state(oid).meta(), entry.getValue().value()));
            }
        }
        return new Edit(changed, maker.made(), removed, read);
    }

    private void editRoot(List<Change> changes) throws IOException, KeysNotComparable {
        Oid root = nodes.root();
        switch (nodes.rootNode()) {
            case NodeState.Leaf leaf -> {
                List<Entry> merged = merge(leaf.entries(), changes);
                if (merged != null) {
                    edited.put(root, new NodeState.Leaf(merged, leaf.next()));
                }
            }
            case NodeState.Empty empty -> editSmall(List.of(), changes);
            case NodeState.Inline inline -> editSmall(inline.entries(), changes);
            case NodeState.Inner inner -> {
                List<Piece> pieces = children(root, inner, null, changes, 0);
                if (pieces.isEmpty()) {
                    edited.put(root, new NodeState.Empty());
                } else if (pieces.size()
                        >= Math.max(
                                2 * nodes.family().maxInternal(),
                                inner.children().size() + 1)) {
                    int limit = nodes.family().maxInternal();
                    List<Piece> level = maker.inner(withFirst(NodeMaker.cut(pieces, limit)));
                    edited.put(root, NodeMaker.parent(maker.raise(level, limit)));
                } else {
                    keep(root, inner, pieces);
                }
            }
        }
    }

    private void editSmall(List<Entry> entries, List<Change> changes) throws KeysNotComparable {
        List<Entry> merged = merge(entries, changes);
        if (merged == null) {
            return;
        }
        int limit = Math.max(nodes.family().maxLeaf(), entries.size());
        NodeState state;
        if (merged.isEmpty()) {
            state = new NodeState.Empty();
        } else if (merged.size() <= limit) {
            state = new NodeState.Inline(merged);
        } else {
            List<Piece> leaves =
                    maker.leaves(NodeMaker.cut(merged, nodes.family().maxLeaf()), null);
            state = NodeMaker.parent(maker.raise(leaves, nodes.family().maxInternal()));
        }
        edited.put(nodes.root(), state);
    }

    /** Returns what takes the place of the children of a node; the first piece has the lower bound of the node. */
    private List<Piece> children(Oid oid, NodeState.Inner inner, @Nullable Value low, List<Change> changes, int depth)
            throws IOException, KeysNotComparable {
        if (depth > MAX_DEPTH) {
            throw new BrokenTreeException(oid, "is deeper than " + MAX_DEPTH + " levels below " + nodes.root());
        }
        List<Piece> pieces = new ArrayList<>();
        path.push(pieces);
        int from = 0;
        for (int i = 0; i < inner.children().size(); i++) {
            int to = i < inner.keys().size() ? below(changes, from, inner.keys().get(i)) : changes.size();
            NodeRef child = inner.children().get(i);
            Value childLow = i == 0 ? low : inner.keys().get(i - 1);
            if (from == to) {
                pieces.add(new Piece(childLow, child, i == 0 ? inner.first() : child));
            } else {
                child(child, childLow, changes.subList(from, to), depth, pieces);
            }
            from = to;
        }
        path.pop();
        return pieces;
    }

    private void child(NodeRef ref, @Nullable Value low, List<Change> changes, int depth, List<Piece> pieces)
            throws IOException, KeysNotComparable {
        switch (get(ref.oid())) {
            case NodeState.Leaf leaf -> leaf(ref, leaf, low, changes, pieces);
            case NodeState.Inner inner -> {
                List<Piece> below = children(ref.oid(), inner, low, changes, depth + 1);
                if (below.isEmpty()) {
                    removed.add(ref.oid());
                    return;
                }
                int limit =
                        Math.max(nodes.family().maxInternal(), inner.children().size());
                if (below.size() <= limit) {
                    NodeRef first = keep(ref.oid(), inner, below);
                    pieces.add(new Piece(low, ref, first));
                    return;
                }
                List<List<Piece>> lists = NodeMaker.cut(below, nodes.family().maxInternal());
                NodeRef first = keep(ref.oid(), inner, lists.getFirst());
                pieces.add(new Piece(low, ref, first));
                pieces.addAll(maker.inner(withFirst(lists.subList(1, lists.size()))));
            }
            case NodeState.Empty empty -> throw new BrokenTreeException(ref.oid(), "is a child without entries");
            case NodeState.Inline inline -> throw new BrokenTreeException(ref.oid(), "is a child with a leaf inside");
        }
    }

    private List<List<Piece>> withFirst(List<List<Piece>> lists) throws IOException {
        List<List<Piece>> found = new ArrayList<>();
        for (List<Piece> list : lists) {
            List<Piece> copy = new ArrayList<>(list);
            Piece head = copy.getFirst();
            copy.set(0, new Piece(head.low(), head.ref(), firstLeaf(head.ref())));
            found.add(copy);
        }
        return found;
    }

    private void leaf(NodeRef ref, NodeState.Leaf leaf, @Nullable Value low, List<Change> changes, List<Piece> pieces)
            throws IOException, KeysNotComparable {
        List<Entry> merged = merge(leaf.entries(), changes);
        if (merged == null) {
            pieces.add(new Piece(low, ref, ref));
            return;
        }
        if (merged.isEmpty()) {
            unlink(leaf.next());
            removed.add(ref.oid());
            return;
        }
        pieces.add(new Piece(low, ref, ref));
        if (merged.size() <= Math.max(nodes.family().maxLeaf(), leaf.entries().size())) {
            edited.put(ref.oid(), new NodeState.Leaf(merged, leaf.next()));
            return;
        }
        List<List<Entry>> lists = NodeMaker.cut(merged, nodes.family().maxLeaf());
        List<Piece> added = maker.leaves(lists.subList(1, lists.size()), leaf.next());
        edited.put(
                ref.oid(), new NodeState.Leaf(lists.getFirst(), added.getFirst().ref()));
        pieces.addAll(added);
    }

    /** Stores a node with these children if that changes it, and returns its first leaf. */
    private NodeRef keep(Oid oid, NodeState.Inner inner, List<Piece> pieces) throws IOException {
        Piece head = pieces.getFirst();
        boolean untouched = head.ref().equals(inner.children().getFirst())
                && !edited.containsKey(head.ref().oid());
        NodeRef first = untouched ? inner.first() : firstLeaf(head.ref());
        NodeState.Inner now = NodeMaker.parent(pieces);
        boolean unchanged = now.children().equals(inner.children())
                && now.keys().equals(inner.keys())
                && first.oid().equals(inner.first().oid());
        if (!unchanged) {
            edited.put(oid, new NodeState.Inner(now.children(), now.keys(), first));
        }
        return first;
    }

    private NodeRef firstLeaf(NodeRef ref) throws IOException {
        return switch (get(ref.oid())) {
            case NodeState.Inner inner -> inner.first();
            case NodeState.Leaf leaf -> ref;
            case NodeState.Empty empty -> ref;
            case NodeState.Inline inline -> ref;
        };
    }

    /** Makes the leaf left of here point to {@code next}, if there is one. */
    private void unlink(@Nullable NodeRef next) throws IOException {
        for (List<Piece> left : path) {
            if (!left.isEmpty()) {
                NodeRef ref = left.getLast().ref();
                for (int depth = 0; depth <= MAX_DEPTH; depth++) {
                    switch (get(ref.oid())) {
                        case NodeState.Inner inner -> ref = inner.children().getLast();
                        case NodeState.Leaf leaf -> {
                            relink(ref.oid(), leaf, next);
                            return;
                        }
                        case NodeState.Empty empty -> throw new BrokenTreeException(ref.oid(), "has no leaf");
                        case NodeState.Inline inline -> throw new BrokenTreeException(ref.oid(), "has no leaf");
                    }
                }
                throw new BrokenTreeException(ref.oid(), "is deeper than " + MAX_DEPTH + " levels");
            }
        }
    }

    private void relink(Oid oid, NodeState.Leaf leaf, @Nullable NodeRef next) {
        NodeState.Leaf linked = new NodeState.Leaf(leaf.entries(), next);
        ObjectState made = maker.made().get(oid);
        if (made != null) {
            maker.made().put(oid, new ObjectState(made.meta(), linked.value()));
        } else {
            edited.put(oid, linked);
        }
    }

    private NodeState get(Oid oid) throws IOException {
        NodeState state = edited.get(oid);
        if (state != null) {
            return state;
        }
        ObjectState made = maker.made().get(oid);
        return made == null ? nodes.load(oid) : nodes.read(oid, made);
    }

    private int below(List<Change> changes, int from, Value bound) throws KeysNotComparable {
        int to = from;
        while (to < changes.size() && compare(changes.get(to).key(), bound) < 0) {
            to++;
        }
        return to;
    }

    private int compare(Value left, Value right) throws KeysNotComparable {
        OptionalInt compared = order.compare(left, right);
        if (compared.isEmpty()) {
            throw new KeysNotComparable();
        }
        return compared.getAsInt();
    }

    /** Returns the entries after the changes, null if they are the same as before. A stored key keeps its spelling. */
    private @Nullable List<Entry> merge(List<Entry> entries, List<Change> changes) throws KeysNotComparable {
        List<Entry> merged = new ArrayList<>(entries.size() + changes.size());
        boolean different = false;
        int i = 0;
        for (Change change : changes) {
            int compared = 1;
            while (i < entries.size() && (compared = compare(entries.get(i).key(), change.key())) < 0) {
                merged.add(entries.get(i++));
            }
            Entry old = compared == 0 ? entries.get(i++) : null;
            switch (change) {
                case Change.Remove remove -> different |= old != null;
                case Change.Put(Entry entry) -> {
                    if (old == null) {
                        merged.add(entry);
                        different = true;
                    } else if (old.sameValue(entry, same)) {
                        merged.add(old);
                    } else {
                        merged.add(new Entry(old.key(), entry.value()));
                        different = true;
                    }
                }
            }
        }
        merged.addAll(entries.subList(i, entries.size()));
        return different ? merged : null;
    }
}
