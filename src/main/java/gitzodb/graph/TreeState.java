package gitzodb.graph;

import gitzodb.classes.Structure.Kind;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of a BTree node as far as the graph goes (zodb-formats §4.2): children, and keys and values in turn. The links
 * to a next or first leaf are left out.
 */
record TreeState(List<Value> children, List<Value> entries, boolean set) {

    /** Returns empty for a state of another form; it is then walked like any other. */
    static Optional<TreeState> of(Kind kind, Value state) {
        if (state instanceof Value.None) {
            return Optional.of(new TreeState(List.of(), List.of(), kind.isSet()));
        }
        if (!kind.isTree()) {
            return leaf(kind, state);
        }
        if (!(state instanceof PyTuple tuple)
                || tuple.items().isEmpty()
                || tuple.items().size() > 2
                || !(tuple.items().getFirst() instanceof PyTuple inner)) {
            return Optional.empty();
        }
        if (tuple.items().size() == 1) {
            return inner.items().size() == 1 ? leaf(kind, inner.items().getFirst()) : Optional.empty();
        }
        List<Value> children = new ArrayList<>(inner.items().size() / 2 + 1);
        for (int i = 0; i < inner.items().size(); i += 2) {
            if (!(inner.items().get(i) instanceof Value.PersistentId child)) {
                return Optional.empty();
            }
            children.add(child);
        }
        return Optional.of(new TreeState(children, List.of(), kind.isSet()));
    }

    private static Optional<TreeState> leaf(Kind kind, Value state) {
        if (state instanceof PyTuple tuple
                && !tuple.items().isEmpty()
                && tuple.items().size() <= 2
                && tuple.items().getFirst() instanceof PyTuple flat
                && (kind.isSet() || flat.items().size() % 2 == 0)) {
            return Optional.of(new TreeState(List.of(), flat.items(), kind.isSet()));
        }
        return Optional.empty();
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
