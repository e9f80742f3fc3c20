package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ObjectState;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** The values of one record that occur more than once and are marked: lists, dicts and instances. */
final class Sharing {
    private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Value> again = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Value> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Value> open = new ArrayDeque<>();

    Sharing(ObjectState state) {
        add(state.meta().cls());
        Value args = state.meta().args();
        if (args != null) {
            add(args);
        }
        add(state.state());
        while (!open.isEmpty()) {
            expand(open.pop());
        }
    }

    boolean isShared(Value value) {
        return shared.contains(value);
    }

    private void add(Value value) {
        if (value instanceof Value.Leaf) {
            return;
        }
        // a tuple is written wherever it occurs, so what it holds occurs again with it; twice tells as much as often
        if (seen.add(value) || value instanceof PyTuple && again.add(value)) {
            open.push(value);
        } else if (!(value instanceof PyTuple)) {
            shared.add(value);
        }
    }

    private void expand(Value value) {
        switch (value) {
            case PyList list -> list.items().forEach(this::add);
            case PyTuple tuple -> tuple.items().forEach(this::add);
            case PyDict dict -> dict.entries().forEach(this::add);
            case Instance instance -> expand(instance);
            case Value.Leaf leaf -> {}
        }
    }

    private void add(PyDict.Entry entry) {
        add(entry.key());
        add(entry.value());
    }

    private void expand(Instance instance) {
        if (CanonicalOrder.isSet(instance)) {
            // Python copies the list into the set, so that the list itself is nowhere
            PyList list = (PyList) ((PyTuple) instance.args()).items().getFirst();
            list.items().forEach(this::add);
            return;
        }
        add(instance.callable());
        add(instance.args());
        Value kwargs = instance.kwargs();
        if (kwargs != null) {
            add(kwargs);
        }
        instance.items().forEach(this::add);
        instance.entries().forEach(this::add);
        Value state = instance.state();
        if (state != null) {
            add(state);
        }
    }
}
