package gitzodb.load;

import gitzodb.classes.Secrets;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.pickle.ValueGraph;
import gitzodb.tree.SecretHider;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.StateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts values for the placeholders of a state read from a tree: those the database has at the same place, else what lets
 * nobody in.
 */
final class SecretKeeper {
    /** Beyond so many items of a list none is looked for at another index. */
    private static final int MAX_SEARCHED = 500;

    /** A bucket inside its tree: tree, children, bucket, content. */
    private static final int LEAF_DEPTH = 4;

    private final Secrets secrets;
    private final CanonicalOrder order;

    SecretKeeper(Secrets secrets, Generation generation) {
        this.secrets = secrets;
        order = new CanonicalOrder(generation);
    }

    /** Where a value stands: in which attribute of what class. */
    record Holding(ClassName cls, String attribute) {}

    /**
     * A value of the tree and what the database has in its place.
     *
     * @param shown the stored one, with placeholders
     * @param holding the attribute that it is the value of or in; null if it is a state
     */
    private record Pair(
            Value tree,
            @Nullable Value shown,
            @Nullable Value stored,
            ClassName cls,
            @Nullable String holding) {}

    static boolean isNeeded(Value value) {
        if (!(value instanceof Value.Node)) {
            return value instanceof Value.Withheld;
        }
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            Value next = open.pop();
            if (next instanceof Value.Withheld) {
                return true;
            }
            if (next instanceof Value.Node node && seen.add(node)) {
                parts(node).forEach(open::push);
            }
        }
        return false;
    }

    private static List<Value> parts(Value.Node node) {
        return switch (node) {
            case PyList list -> list.items();
            case PyTuple tuple -> tuple.items();
            case PyDict dict -> dict.entries().stream().map(PyDict.Entry::value).toList();
            case Instance instance -> {
                List<Value> parts = new ArrayList<>(instance.items());
                parts.add(instance.args());
                instance.entries().forEach(entry -> parts.add(entry.value()));
                Optional.ofNullable(instance.kwargs()).ifPresent(parts::add);
                Optional.ofNullable(instance.state()).ifPresent(parts::add);
                yield parts;
            }
        };
    }

    /**
     * Changes the state so that it has no placeholders.
     *
     * @param shown what the tree shows of {@code stored}; both null for a new object
     * @param at the attribute that holds the object; what a mapping holds follows its rule
     */
    Restored restore(ObjectState state, @Nullable ObjectState shown, @Nullable ObjectState stored, @Nullable Holding at)
            throws StateException {
        if (!isNeeded(state.state())) {
            return new Restored(state, Collections.emptySortedSet());
        }
        boolean mapping = at != null && Structures.of(state.className()) == Structure.Plain.MAPPING;
        Restoring restoring = new Restoring(mapping ? at : null);
        Value value = state.state();
        if (at != null && value instanceof PyTuple leaf && !leaf.items().isEmpty()) {
            value = restoring.leaf(leaf, shown, stored, at);
        }
        restoring.run(new Pair(
                value,
                shown == null ? null : shown.state(),
                stored == null ? null : stored.state(),
                state.className(),
                null));
        return new Restored(new ObjectState(state.meta(), value), restoring.missing);
    }

    /**
     * A state without placeholders.
     *
     * @param missing the names of what the database has no value for
     */
    record Restored(ObjectState state, SortedSet<String> missing) {}

    /** The same for the entries of a BTree. */
    SortedSet<String> restore(PyDict entries, PyDict shown, PyDict stored, Holding at) throws StateException {
        return new Restoring(null).run(new Pair(entries, shown, stored, at.cls, at.attribute));
    }

    private final class Restoring {
        private final @Nullable Holding mapping;
        private final Deque<Pair> open = new ArrayDeque<>();
        private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final SortedSet<String> missing = new TreeSet<>();

        Restoring(@Nullable Holding mapping) {
            this.mapping = mapping;
        }

        /** Puts values into the leaf of a BTree: tuples, the innermost one of keys and values in turn. */
        private Value leaf(PyTuple leaf, @Nullable ObjectState shown, @Nullable ObjectState stored, Holding at)
                throws StateException {
            List<PyTuple> way = new ArrayList<>();
            Value inner = leaf;
            while (inner instanceof PyTuple tuple && !tuple.items().isEmpty() && way.size() < LEAF_DEPTH) {
                way.add(tuple);
                inner = tuple.items().contains(Value.WITHHELD)
                        ? Value.NONE
                        : tuple.items().getFirst();
            }
            List<Value> items = new ArrayList<>(way.getLast().items());
            if (!items.contains(Value.WITHHELD)) {
                return leaf;
            }
            PyDict entries = pairs(way.getLast(), 0);
            run(new Pair(
                    entries,
                    shown == null ? null : pairs(shown.state(), way.size() - 1),
                    stored == null ? null : pairs(stored.state(), way.size() - 1),
                    at.cls,
                    at.attribute));
            for (int i = 1; i < items.size(); i += 2) {
                items.set(i, Objects.requireNonNullElse(entries.get(items.get(i - 1)), items.get(i)));
            }
            PyTuple filled = new PyTuple(items);
            for (int i = way.size() - 2; i >= 0; i--) {
                List<Value> outer = new ArrayList<>(way.get(i).items());
                outer.set(0, filled);
                filled = new PyTuple(outer);
            }
            return filled;
        }

        private static PyDict pairs(Value leaf, int depth) {
            PyDict entries = new PyDict();
            Value inner = leaf;
            for (int i = 0;
                    i < depth
                            && inner instanceof PyTuple tuple
                            && !tuple.items().isEmpty();
                    i++) {
                inner = tuple.items().getFirst();
            }
            if (inner instanceof PyTuple pairs) {
                for (int i = 1; i < pairs.items().size(); i += 2) {
                    entries.put(pairs.items().get(i - 1), pairs.items().get(i));
                }
            }
            return entries;
        }

        SortedSet<String> run(Pair first) throws StateException {
            open.push(first);
            while (!open.isEmpty()) {
                Pair next = open.pop();
                if (seen.add(next.tree)) {
                    restore(next);
                }
            }
            return missing;
        }

        private void restore(Pair pair) throws StateException {
            switch (pair.tree) {
                case PyDict dict -> dict(pair, dict);
                case PyList list ->
                    items(
                            pair,
                            list.items(),
                            pair.shown instanceof PyList shown ? shown.items() : List.of(),
                            pair.stored instanceof PyList stored ? stored.items() : List.of());
                case PyTuple tuple ->
                    items(
                            pair,
                            tuple.items(),
                            pair.shown instanceof PyTuple shown ? shown.items() : List.of(),
                            pair.stored instanceof PyTuple stored ? stored.items() : List.of());
                case Instance instance -> instance(pair, instance);
                case Value.Leaf leaf -> {}
            }
        }

        private void dict(Pair pair, PyDict dict) throws StateException {
            PyDict shown = pair.shown instanceof PyDict known ? known : new PyDict();
            PyDict stored = pair.stored instanceof PyDict known ? known : new PyDict();
            for (PyDict.Entry entry : List.copyOf(dict.entries())) {
                String name = order.nativeText(entry.key());
                String holding = pair.holding == null ? name : pair.holding;
                Value value = stored.get(entry.key());
                if (!(entry.value() instanceof Value.Withheld)) {
                    Pair below = new Pair(
                            entry.value(), shown.get(entry.key()), value, pair.cls, holding == null ? "" : holding);
                    push(below);
                } else if (value != null) {
                    dict.put(entry.key(), value);
                } else {
                    dict.put(entry.key(), fresh(pair.cls, holding == null ? "" : holding));
                    missing.add(name == null ? CanonicalOrder.keyForm(entry.key()) : name);
                }
            }
        }

        private Value fresh(ClassName cls, String attribute) {
            boolean held = mapping != null && (attribute.equals("data") || attribute.equals("_container"));
            return Secrets.fresh(
                    (held && mapping != null
                                    ? secrets.rule(mapping.cls, mapping.attribute)
                                    : secrets.rule(cls, attribute))
                            .map(Secrets.Rule::fresh)
                            .orElse(Secrets.Fresh.EMPTY_TEXT),
                    order.generation());
        }

        /** Items without placeholders need nothing. Others are those that the tree shows alike, and a changed one the rest. */
        private void items(Pair pair, List<Value> items, List<Value> shown, List<Value> stored) {
            List<Integer> open = new ArrayList<>();
            boolean state = pair.holding == null;
            SequencedSet<Integer> rest = new LinkedHashSet<>();
            for (int i = 0; i < Math.min(shown.size(), stored.size()); i++) {
                if (isNeeded(shown.get(i))) {
                    rest.add(i);
                }
            }
            for (int i = 0; i < items.size(); i++) {
                if (!isNeeded(items.get(i))) {
                    continue;
                }
                Integer at = state ? (Integer) i : alike(items.get(i), shown, rest, i);
                if (at == null) {
                    open.add(i);
                } else {
                    rest.remove(at);
                    push(pair, items.get(i), get(shown, at), get(stored, at));
                }
            }
            for (int i : open) {
                boolean changed = open.size() == 1 && rest.size() == 1;
                push(
                        pair,
                        items.get(i),
                        changed ? shown.get(rest.getFirst()) : null,
                        changed ? stored.get(rest.getFirst()) : null);
            }
        }

        private @Nullable Integer alike(Value item, List<Value> shown, SequencedSet<Integer> rest, int first) {
            if (rest.contains(first) && same(item, shown.get(first))) {
                return first;
            }
            if (rest.size() > MAX_SEARCHED) {
                return null;
            }
            for (Integer at : rest) {
                if (same(item, shown.get(at))) {
                    return at;
                }
            }
            return null;
        }

        private boolean same(Value one, Value other) {
            return ValueGraph.sameContent(new PyList(List.of(one)), new PyList(List.of(other)), order.generation());
        }

        private void instance(Pair pair, Instance instance) throws StateException {
            Instance shown = pair.shown instanceof Instance known ? known : null;
            Instance stored = pair.stored instanceof Instance known ? known : null;
            ClassName cls = SecretHider.className(instance).orElse(pair.cls);
            Value state = instance.state();
            if (state != null) {
                open.push(new Pair(
                        state,
                        shown == null ? null : shown.state(),
                        stored == null ? null : stored.state(),
                        cls,
                        null));
            }
            push(pair, instance.args(), shown == null ? null : shown.args(), stored == null ? null : stored.args());
            Value kwargs = instance.kwargs();
            if (kwargs != null) {
                push(pair, kwargs, shown == null ? null : shown.kwargs(), stored == null ? null : stored.kwargs());
            }
            items(
                    pair,
                    instance.items(),
                    shown == null ? List.of() : shown.items(),
                    stored == null ? List.of() : stored.items());
            PyDict entries = dict(instance);
            dict(
                    new Pair(
                            entries,
                            shown == null ? null : dict(shown),
                            stored == null ? null : dict(stored),
                            pair.cls,
                            pair.holding == null ? "" : pair.holding),
                    entries);
            instance.entries().replaceAll(entry -> {
                Value value = entries.get(entry.key());
                return value == null ? entry : new PyDict.Entry(entry.key(), value);
            });
        }

        private static PyDict dict(Instance instance) {
            PyDict dict = new PyDict();
            instance.entries().forEach(entry -> dict.put(entry.key(), entry.value()));
            return dict;
        }

        private void push(Pair pair, Value tree, @Nullable Value shown, @Nullable Value stored) {
            push(new Pair(tree, shown, stored, pair.cls, pair.holding));
        }

        private void push(Pair pair) {
            if (pair.tree instanceof Value.Node) {
                open.push(pair);
            }
        }

        private static @Nullable Value get(List<Value> values, int index) {
            return index < values.size() ? values.get(index) : null;
        }
    }
}
