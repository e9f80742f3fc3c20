package gitzodb.tree;

import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.pickle.ValueGraph;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ObjectState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of the keys in each entry of a child list and of a list of properties, which Zope never looks at. In a
 * database that was once one of Python 2 it is that of a hash, elsewhere the usual one; no tree tells them apart since
 * version 2, unless it is exact. In Python 2 no dict has an order anyway.
 */
public final class EntryOrder {
    private static final CanonicalOrder ORDER = new CanonicalOrder(Generation.PYTHON3);
    private static final Map<String, Comparator<PyDict.Entry>> USUAL = Map.of(
            ChildrenNotation.ATTRIBUTE,
            usual(List.of("id", "meta_type")),
            "_properties",
            usual(List.of("id", "type", "mode")));

    private EntryOrder() {}

    private static Comparator<PyDict.Entry> usual(List<String> first) {
        return Comparator.<PyDict.Entry>comparingInt(entry -> {
                    int at = first.indexOf(name(entry));
                    return at < 0 ? first.size() : at;
                })
                .thenComparing(EntryOrder::name, CanonicalOrder.CODE_POINTS);
    }

    /** Returns the key; empty if it is no text, which no entry of Zope has. */
    private static String name(PyDict.Entry entry) {
        String name = ORDER.nativeText(entry.key());
        return name == null ? "" : name;
    }

    public static boolean isFor(TreeSettings settings) {
        return settings.generation() == Generation.PYTHON3
                && settings.format() >= 2
                && !settings.formats().keepDerived();
    }

    /** Returns a state whose entries are in the usual order; may return {@code stored}. */
    static ObjectState toTree(ObjectState stored) {
        return stored.attributes() == null || isUsual(stored.attributes())
                ? stored
                : mapped(stored, stored.attributes(), (list, entry) -> sorted(entry, list));
    }

    /** Returns a state whose entries are in the order of the stored ones of the same content; may return {@code tree}. */
    public static ObjectState toDatabase(ObjectState tree, ObjectState stored) {
        PyDict before = stored.attributes();
        if (tree.attributes() == null || before == null || isUsual(before)) {
            return tree;
        }
        Map<List<PyDict.Entry>, PyDict> known = new HashMap<>();
        for (String list : USUAL.keySet()) {
            entries(before, list).forEach(there -> known.put(sorted(there, list).entries(), there));
        }
        return mapped(tree, tree.attributes(), (list, entry) -> {
            PyDict there = known.remove(entry.entries());
            return there == null ? entry : there;
        });
    }

    /** What becomes of an entry of a list of this name. */
    private interface Change {
        PyDict of(String list, PyDict entry);
    }

    /** Changes the entries that nothing else in the state holds. */
    private static ObjectState mapped(ObjectState state, PyDict attributes, Change change) {
        Set<Value> shared = ValueGraph.heldTwice(attributes);
        PyDict changed = new PyDict();
        for (PyDict.Entry attribute : attributes.entries()) {
            Value value = attribute.value();
            if (USUAL.containsKey(name(attribute))
                    && value instanceof PyTuple list
                    && !shared.contains(list)
                    && Collections.disjoint(shared, list.items())) {
                List<Value> items = new ArrayList<>(list.items().size());
                for (Value item : list.items()) {
                    items.add(item instanceof PyDict entry ? change.of(name(attribute), entry) : item);
                }
                value = new PyTuple(items);
            }
            changed.put(attribute.key(), value);
        }
        return new ObjectState(state.meta(), changed);
    }

    private static boolean isUsual(PyDict attributes) {
        return USUAL.entrySet().stream()
                .allMatch(list -> entries(attributes, list.getKey()).stream()
                        .allMatch(entry -> isSorted(entry.entries(), list.getValue())));
    }

    /** Says of most lists that there is nothing to do, without making anything. */
    private static boolean isSorted(List<PyDict.Entry> entries, Comparator<PyDict.Entry> usual) {
        for (int i = 1; i < entries.size(); i++) {
            if (usual.compare(entries.get(i - 1), entries.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static List<PyDict> entries(PyDict attributes, String list) {
        return attributes.get(ORDER.nativeValue(list)) instanceof PyTuple tuple
                ? tuple.items().stream()
                        .filter(PyDict.class::isInstance)
                        .map(PyDict.class::cast)
                        .toList()
                : List.of();
    }

    private static PyDict sorted(PyDict entry, String list) {
        PyDict sorted = new PyDict();
        entry.entries().stream()
                .sorted(USUAL.getOrDefault(list, Comparator.comparing(EntryOrder::name)))
                .forEach(each -> sorted.put(each.key(), each.value()));
        return sorted;
    }
}
