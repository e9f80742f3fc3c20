package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Ties cycles through values that cannot be changed once made. A tuple that holds a list that holds the tuple is read with
 * a stand-in for the tuple in the list; here the graph is made anew, with the tuple in its place.
 */
final class Knots {
    private final IdentityHashMap<Value, Value> targets = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Value> made = new IdentityHashMap<>();
    private final Set<Value> inProgress = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Runnable> open = new ArrayDeque<>();

    /** Returns a new stand-in. */
    static Instance standIn() {
        return Instance.reduce(Value.NONE);
    }

    /** Says what a stand-in stands for. */
    void tie(Instance standIn, Value target) {
        targets.put(standIn, target);
    }

    boolean isEmpty() {
        return targets.isEmpty();
    }

    /** Returns the value with every stand-in replaced; what came out of an earlier call is used again. */
    Value untied(Value value) throws Malformed {
        try {
            Value result = make(value);
            while (!open.isEmpty()) {
                open.pop().run();
            }
            return result;
        } catch (Impossible e) {
            throw new Malformed("a value that cannot be changed holds itself");
        }
    }

    private static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Value make(Value original) {
        Value value = targets.getOrDefault(original, original);
        if (value instanceof Value.Leaf) {
            return value;
        }
        Value present = made.get(value);
        if (present != null) {
            return present;
        }
        if (!inProgress.add(value)) {
            throw new Impossible();
        }
        Value result = switch (value) {
            case Value.Leaf leaf -> leaf;
            case PyList list -> {
                PyList copy = new PyList();
                open.add(() -> list.items().forEach(item -> copy.items().add(make(item))));
                yield copy;
            }
            case PyTuple tuple -> new PyTuple(all(tuple.items()));
            case PyDict dict -> {
                PyDict copy = new PyDict();
                open.add(() -> dict.entries().forEach(entry -> copy.put(make(entry.key()), make(entry.value()))));
                yield copy;
            }
            case Instance instance -> instance(instance);
        };
        inProgress.remove(value);
        made.put(value, result);
        return result;
    }

    private List<Value> all(List<Value> values) {
        List<Value> copies = new ArrayList<>(values.size());
        for (Value value : values) {
            copies.add(make(value));
        }
        return copies;
    }

    private Instance instance(Instance instance) {
        Value kwargs = instance.kwargs();
        Instance copy = new Instance(
                instance.how(), make(instance.callable()), make(instance.args()), kwargs == null ? null : make(kwargs));
        open.add(() -> {
            instance.items().forEach(item -> copy.items().add(make(item)));
            for (PyDict.Entry entry : instance.entries()) {
                copy.entries().add(new PyDict.Entry(make(entry.key()), make(entry.value())));
            }
            Value state = instance.state();
            copy.state(state == null ? null : make(state));
        });
        return copy;
    }
}
