package gitzodb.btree;

import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.Oid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one node (zodb-formats §4.2), taken apart. */
sealed interface NodeState {
    /** A tree without entries. */
    record Empty() implements NodeState {}

    /** A tree whose only leaf has no record of its own. */
    record Inline(List<Entry> entries) implements NodeState {}

    /**
     * Any other tree.
     *
     * @param keys the lower bounds of the children but the first
     * @param first the leftmost leaf below
     */
    record Inner(List<NodeRef> children, List<Value> keys, NodeRef first) implements NodeState {}

    /** A bucket or set. */
    record Leaf(List<Entry> entries, @Nullable NodeRef next) implements NodeState {}

    static NodeState readTree(Oid oid, boolean set, Value state) throws BrokenTreeException {
        if (state instanceof Value.None) {
            return new Empty();
        }
        List<Value> items = items(oid, state, "has a state that is no tuple");
        if (items.size() == 1) {
            List<Value> leaf = items(oid, items.getFirst(), "has no leaf");
            if (leaf.size() != 1) {
                throw new BrokenTreeException(oid, "has an inline leaf of " + leaf.size() + " items");
            }
            Leaf inline = readLeaf(oid, set, leaf.getFirst());
            if (inline.next != null) {
                throw new BrokenTreeException(oid, "has an inline leaf with a successor");
            }
            return new Inline(inline.entries);
        }
        if (items.size() != 2) {
            throw new BrokenTreeException(oid, "has a state of " + items.size() + " items");
        }
        List<Value> links = items(oid, items.getFirst(), "has no children");
        if (links.size() % 2 == 0) {
            throw new BrokenTreeException(oid, "has " + links.size() + " children and keys");
        }
        List<NodeRef> children = new ArrayList<>(links.size() / 2 + 1);
        List<Value> keys = new ArrayList<>(links.size() / 2);
        for (int i = 0; i < links.size(); i += 2) {
            if (i > 0) {
                keys.add(links.get(i - 1));
            }
            children.add(ref(oid, links.get(i)));
        }
        return new Inner(children, keys, ref(oid, items.get(1)));
    }

    static Leaf readLeaf(Oid oid, boolean set, Value state) throws BrokenTreeException {
        List<Value> items = items(oid, state, "has a state that is no tuple");
        if (items.isEmpty() || items.size() > 2) {
            throw new BrokenTreeException(oid, "has a leaf state of " + items.size() + " items");
        }
        List<Value> flat = items(oid, items.getFirst(), "has no entries");
        List<Entry> entries = new ArrayList<>(set ? flat.size() : flat.size() / 2);
        if (set) {
            flat.forEach(key -> entries.add(Entry.key(key)));
        } else if (flat.size() % 2 != 0) {
            throw new BrokenTreeException(oid, "has a key without a value");
        } else {
            for (int i = 0; i < flat.size(); i += 2) {
                entries.add(Entry.of(flat.get(i), flat.get(i + 1)));
            }
        }
        return new Leaf(entries, items.size() == 2 ? ref(oid, items.get(1)) : null);
    }

    /** Returns the state as it is stored. */
    default Value value() {
        return switch (this) {
            case Empty empty -> Value.NONE;
            case Inline(List<Entry> entries) -> PyTuple.of(PyTuple.of(PyTuple.of(flat(entries))));
            case Leaf(List<Entry> entries, NodeRef next) ->
                next == null ? PyTuple.of(flat(entries)) : PyTuple.of(flat(entries), next.id());
            case Inner(List<NodeRef> children, List<Value> keys, NodeRef first) -> {
                List<Value> links = new ArrayList<>();
                for (int i = 0; i < children.size(); i++) {
                    if (i > 0) {
                        links.add(keys.get(i - 1));
                    }
                    links.add(children.get(i).id());
                }
                yield PyTuple.of(new PyTuple(links), first.id());
            }
        };
    }

    private static PyTuple flat(List<Entry> entries) {
        List<Value> flat = new ArrayList<>(entries.size() * 2);
        for (Entry entry : entries) {
            flat.add(entry.key());
            if (entry.value() != null) {
                flat.add(entry.value());
            }
        }
        return new PyTuple(flat);
    }

    private static List<Value> items(Oid oid, Value value, String fault) throws BrokenTreeException {
        if (value instanceof PyTuple tuple) {
            return tuple.items();
        }
        throw new BrokenTreeException(oid, fault);
    }

    private static NodeRef ref(Oid oid, Value value) throws BrokenTreeException {
        NodeRef ref = NodeRef.read(value);
        if (ref == null) {
            throw new BrokenTreeException(oid, "has a child or successor that is no reference: " + value);
        }
        return ref;
    }
}
