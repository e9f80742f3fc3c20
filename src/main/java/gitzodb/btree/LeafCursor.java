package gitzodb.btree;

import gitzodb.pickle.Value;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes from leaf to leaf in one direction and checks what it sees by the rules of zodb-formats §4.3: children of one
 * kind, no empty leaf, keys increasing and inside the bounds of their parents, each leaf linked to the next one, every
 * node met once. Holds one node of each level. Not thread-safe.
 */
public final class LeafCursor {
    /**
     * One leaf.
     *
     * @param oid the node that holds the entries: the tree itself where the only leaf has no record of its own
     */
    public record Leaf(Oid oid, List<Entry> entries) {}

    private record Span(@Nullable Value low, @Nullable Value high) {
        static final Span ALL = new Span(null, null);
    }

    private static final class Frame {
        final Oid oid;
        final NodeState.Inner inner;
        final Span span;
        int index;

        @Nullable
        Boolean leaves;

        Frame(Oid oid, NodeState.Inner inner, Span span, int index) {
            this.oid = oid;
            this.inner = inner;
            this.span = span;
            this.index = index;
        }

        Span childSpan() {
            Value low = index == 0 ? span.low : inner.keys().get(index - 1);
            Value high = index == inner.keys().size() ? span.high : inner.keys().get(index);
            return new Span(low, high);
        }
    }

    private final TreeNodes nodes;
    private final KeyOrder order;
    private final boolean forward;
    private final Consumer<Oid> visited;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final LongHashSet seen = new LongHashSet();
    private @Nullable Value seek;
    private @Nullable Leaf only;
    private @Nullable Oid lastOid;
    private @Nullable NodeRef lastNext;

    LeafCursor(TreeNodes nodes, KeyOrder order, boolean forward, @Nullable Value start, Consumer<Oid> visited)
            throws IOException {
        this.nodes = nodes;
        this.order = order;
        this.forward = forward;
        this.visited = visited;
        this.seek = start;
        enter(nodes.root());
        switch (nodes.rootNode()) {
            case NodeState.Empty empty -> {}
            case NodeState.Inline(List<Entry> entries) -> only = leaf(nodes.root(), entries, Span.ALL);
            case NodeState.Leaf(List<Entry> entries, NodeRef next) -> only = leaf(nodes.root(), entries, Span.ALL);
            case NodeState.Inner inner -> push(nodes.root(), inner, Span.ALL);
        }
    }

    /** Returns the next leaf in the direction of the cursor; empty after the last one. */
    public Optional<Leaf> next() throws IOException {
        if (only != null) {
            Leaf leaf = only;
            only = null;
            return Optional.of(leaf);
        }
        while (!frames.isEmpty()) {
            Frame frame = frames.element();
            if (frame.index < 0 || frame.index >= frame.inner.children().size()) {
                frames.pop();
                if (!frames.isEmpty()) {
                    step(frames.element());
                }
                continue;
            }
            NodeRef child = frame.inner.children().get(frame.index);
            enter(child.oid());
            NodeState state = nodes.load(child.oid());
            boolean isLeaf = state instanceof NodeState.Leaf;
            if (frame.leaves != null && frame.leaves != isLeaf) {
                throw new BrokenTreeException(frame.oid, "has both leaves and trees as children");
            }
            frame.leaves = isLeaf;
            switch (state) {
                case NodeState.Inner inner -> {
                    checkFirst(frame, inner.first().oid(), child.oid());
                    push(child.oid(), inner, frame.childSpan());
                }
                case NodeState.Leaf found -> {
                    checkFirst(frame, child.oid(), child.oid());
                    checkChain(child.oid(), found);
                    Leaf leaf = leaf(child.oid(), found.entries(), frame.childSpan());
                    if (leaf.entries.isEmpty()) {
                        throw new BrokenTreeException(child.oid(), "is an empty leaf of the tree " + nodes.root());
                    }
                    seek = null;
                    step(frame);
                    return Optional.of(leaf);
                }
                case NodeState.Empty empty -> throw childWithoutLeaves(child.oid());
                case NodeState.Inline inline -> throw childWithoutLeaves(child.oid());
            }
        }
        if (forward && lastNext != null) {
            throw new BrokenTreeException(
                    nodes.root(), "ends, but its last leaf " + lastOid + " has the successor " + lastNext.oid());
        }
        return Optional.empty();
    }

    private static BrokenTreeException childWithoutLeaves(Oid child) {
        return new BrokenTreeException(child, "is a child but has no leaves with records");
    }

    private void step(Frame frame) {
        frame.index += forward ? 1 : -1;
    }

    private void enter(Oid oid) throws BrokenTreeException {
        if (!seen.add(oid.value())) {
            throw new BrokenTreeException(oid, "occurs twice in the tree " + nodes.root());
        }
        visited.accept(oid);
    }

    private void push(Oid oid, NodeState.Inner inner, Span span) throws BrokenTreeException {
        checkKeys(oid, inner.keys(), span);
        int edge = forward ? 0 : inner.children().size() - 1;
        frames.push(new Frame(oid, inner, span, seek == null ? edge : position(inner.keys(), seek, edge)));
    }

    /** Returns the child that may hold the key; the first one to visit at all where keys cannot be compared. */
    private int position(List<Value> keys, Value key, int edge) {
        int low = 0;
        int high = keys.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            OptionalInt compared = order.compare(keys.get(middle), key);
            if (compared.isEmpty()) {
                seek = null;
                return edge;
            }
            if (compared.getAsInt() <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Leaf leaf(Oid oid, List<Entry> entries, Span span) throws BrokenTreeException {
        checkKeys(oid, entries.stream().map(Entry::key).toList(), span);
        return new Leaf(oid, entries);
    }

    private void checkKeys(Oid oid, List<Value> keys, Span span) throws BrokenTreeException {
        Value before = null;
        for (Value key : keys) {
            if (before != null && order.compare(before, key).orElse(-1) >= 0) {
                throw new BrokenTreeException(oid, "has keys out of order: " + before + " before " + key);
            }
            before = key;
        }
        if (!keys.isEmpty() && !isInside(keys.getFirst(), keys.getLast(), span)) {
            throw new BrokenTreeException(oid, "has keys outside the bounds of its parent");
        }
    }

    private boolean isInside(Value first, Value last, Span span) {
        boolean above = span.low == null || order.compare(span.low, first).orElse(0) <= 0;
        return above && (span.high == null || order.compare(last, span.high).orElse(-1) < 0);
    }

    private void checkFirst(Frame frame, Oid first, Oid child) throws BrokenTreeException {
        if (frame.index == 0 && !frame.inner.first().oid().equals(first)) {
            throw new BrokenTreeException(
                    frame.oid,
                    "names " + frame.inner.first().oid() + " as its first leaf, its child " + child + " another");
        }
    }

    private void checkChain(Oid oid, NodeState.Leaf leaf) throws BrokenTreeException {
        Oid linked = forward
                ? (lastNext == null ? null : lastNext.oid())
                : (leaf.next() == null ? null : leaf.next().oid());
        Oid wanted = forward ? oid : lastOid;
        if (lastOid != null && !java.util.Objects.equals(linked, wanted)) {
            throw new BrokenTreeException(
                    forward ? lastOid : oid, "has the successor " + linked + ", the tree says " + wanted);
        }
        lastOid = oid;
        lastNext = leaf.next();
    }
}
