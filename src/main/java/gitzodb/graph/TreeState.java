package gitzodb.graph;

import gitzodb.classes.Structure.Kind;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a BTree node as far as the graph goes (zodb-formats §4.2).
 *
 * @param links the nodes it refers to, each once: children, then the first leaf; of a leaf the next one
 * @param entries keys and values in turn; in a set keys alone
 */
record TreeState(List<Oid> links, List<Value> entries, boolean set) {

    /** Returns empty for a state of another form, or with a key twice; it is then walked like any other. */
    static Optional<TreeState> of(Kind kind, ObjectState node) throws IOException {
        ClassMeta meta = node.meta();
        boolean plain = meta.args() == null || meta.args() instanceof Value.None;
        if (!plain || !(meta.cls() instanceof Value.Global)) {
            return Optional.empty();
        }
        Value state = node.state();
        if (!kind.isTree()) {
            return leaf(kind, state, true);
        }
        if (state instanceof Value.None) {
            return Optional.of(new TreeState(List.of(), List.of(), kind.isSet()));
        }
        if (!(state instanceof PyTuple tuple)
                || tuple.items().isEmpty()
                || tuple.items().size() > 2
                || !(tuple.items().getFirst() instanceof PyTuple inner)) {
            return Optional.empty();
        }
        if (tuple.items().size() == 1) {
            return inner.items().size() == 1 ? leaf(kind, inner.items().getFirst(), false) : Optional.empty();
        }
        if (inner.items().size() % 2 == 0) {
            return Optional.empty();
        }
        Set<Oid> links = new LinkedHashSet<>();
        boolean fits = true;
        for (int i = 0; i < inner.items().size(); i += 2) {
            fits &= link(inner.items().get(i), links);
        }
        fits &= link(tuple.items().getLast(), links);
        return fits ? Optional.of(new TreeState(List.copyOf(links), List.of(), kind.isSet())) : Optional.empty();
    }

    private static Optional<TreeState> leaf(Kind kind, Value state, boolean linked) throws IOException {
        if (!(state instanceof PyTuple tuple)
                || tuple.items().isEmpty()
                || tuple.items().size() > (linked ? 2 : 1)
                || !(tuple.items().getFirst() instanceof PyTuple flat)
                || (!kind.isSet() && flat.items().size() % 2 != 0)) {
            return Optional.empty();
        }
        Set<Oid> links = new LinkedHashSet<>();
        boolean fits = tuple.items().size() == 1 || link(tuple.items().getLast(), links);
        TreeState leaf = new TreeState(List.copyOf(links), flat.items(), kind.isSet());
        return fits && leaf.hasDistinctKeys() ? Optional.of(leaf) : Optional.empty();
    }

    private static boolean link(Value value, Set<Oid> links) throws IOException {
        if (!(value instanceof Value.PersistentId id)) {
            return false;
        }
        PersistentRef ref = PersistentRef.parse(id.id());
        boolean edge = ref instanceof PersistentRef.Classed || ref instanceof PersistentRef.Bare;
        if (edge) {
            links.add(ref.oid());
        }
        return edge;
    }

    private boolean hasDistinctKeys() {
        int step = set ? 1 : 2;
        boolean increasing = true;
        for (int i = step; i < entries.size() && increasing; i += step) {
            increasing = isLess(entries.get(i - step), entries.get(i));
        }
        if (increasing) {
            return true;
        }
        PyDict keys = new PyDict();
        for (int i = 0; i < entries.size(); i += step) {
            keys.put(entries.get(i), Value.NONE);
        }
        return keys.size() * step == entries.size();
    }

    /** The everyday cases, which need no table. */
    private static boolean isLess(Value left, Value right) {
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return a.compareTo(b) < 0;
        }
        return left instanceof Value.Int(long a) && right instanceof Value.Int(long b) && a < b;
    }

    /** Returns the entries that may hold a reference; the members of a set have None as value. */
    List<PyDict.Entry> entriesWithParts() {
        List<PyDict.Entry> found = new ArrayList<>();
        int step = set ? 1 : 2;
        for (int i = 0; i < entries.size(); i += step) {
            Value key = entries.get(i);
            Value value = set ? Value.NONE : entries.get(i + 1);
            if (hasParts(key) || hasParts(value)) {
                found.add(new PyDict.Entry(key, value));
            }
        }
        return found;
    }

    private static boolean hasParts(Value value) {
        return value instanceof Value.Node || value instanceof Value.PersistentId;
    }
}
