package gitzodb.load;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Gives a changed state the order and the unchanged values of the stored one, so that a record differs only where its
 * content does.
 */
final class StateMerge {
    private final BiPredicate<Value, Value> same;

    /** @param same tells whether two values are equal, whatever their spelling */
    StateMerge(BiPredicate<Value, Value> same) {
        this.same = same;
    }

    /** Returns the state to write: the values of {@code wanted}, in the order and, where equal, the objects of stored. */
    ObjectState merge(ObjectState stored, ObjectState wanted) {
        PyDict before = stored.attributes();
        PyDict after = wanted.attributes();
        if (before == null || after == null) {
            return wanted;
        }
        Set<Value> shared = sharedNodes(before);
        shared.addAll(sharedNodes(after));
        PyDict state = new PyDict();
        for (PyDict.Entry entry : before.entries()) {
            Value value = after.get(entry.key());
            if (value != null) {
                boolean keep =
                        !reaches(entry.value(), shared) && !reaches(value, shared) && same.test(entry.value(), value);
                state.put(entry.key(), keep ? entry.value() : value);
            }
        }
        for (PyDict.Entry entry : after.entries()) {
            if (before.get(entry.key()) == null) {
                state.put(entry.key(), entry.value());
            }
        }
        return new ObjectState(wanted.meta(), state);
    }

    /** Returns the nodes that two attributes hold: taking one from each side would part what is one. */
    private static Set<Value> sharedNodes(PyDict dict) {
        IdentityHashMap<Value, Integer> owners = new IdentityHashMap<>();
        Set<Value> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        int owner = 0;
        for (PyDict.Entry entry : dict.entries()) {
            owner++;
            for (Value node : nodes(entry.value())) {
                Integer other = owners.putIfAbsent(node, owner);
                if (other != null && other != owner) {
                    shared.add(node);
                }
            }
            if (nodes(entry.value()).contains(dict)) {
                shared.add(entry.value());
            }
        }
        return shared;
    }

    private static boolean reaches(Value value, Set<Value> shared) {
        return !shared.isEmpty() && nodes(value).stream().anyMatch(shared::contains);
    }

    private static Set<Value> nodes(Value start) {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>();
        open.push(start);
        while (!open.isEmpty()) {
            if (open.pop() instanceof Value.Node node && !isEmptyTuple(node) && seen.add(node)) {
                pushParts(node, open);
            }
        }
        return seen;
    }

    private static boolean isEmptyTuple(Value.Node node) {
        return node instanceof PyTuple tuple && tuple.items().isEmpty();
    }

    private static void pushParts(Value.Node node, Deque<Value> open) {
        switch (node) {
            case PyList list -> list.items().forEach(open::push);
            case PyTuple tuple -> tuple.items().forEach(open::push);
            case PyDict dict -> dict.entries().forEach(entry -> push(entry, open));
            case Instance instance -> {
                open.push(instance.callable());
                open.push(instance.args());
                instance.items().forEach(open::push);
                instance.entries().forEach(entry -> push(entry, open));
                Value kwargs = instance.kwargs();
                if (kwargs != null) {
                    open.push(kwargs);
                }
                Value state = instance.state();
                if (state != null) {
                    open.push(state);
                }
            }
        }
    }

    private static void push(PyDict.Entry entry, Deque<Value> open) {
        open.push(entry.key());
        open.push(entry.value());
    }
}
