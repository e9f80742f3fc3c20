package gitzodb.pickle;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A key by which equal values of two graphs find each other where order says nothing. Unequal values may share one: what
 * it leaves out, the comparison that follows looks at.
 */
final class Fingerprint {
    private static final int MOST_VALUES = 64;

    private Fingerprint() {}

    static HashKey of(Value value) {
        boolean nan = value instanceof Value.PyFloat number && Double.isNaN(number.value());
        if (value instanceof Value.Leaf && !(value instanceof Value.PersistentId) && !nan) {
            return HashKey.of(value);
        }
        StringBuilder print = new StringBuilder("\0");
        Deque<Value> pending = new ArrayDeque<>();
        pending.add(value);
        for (int i = 0; i < MOST_VALUES && !pending.isEmpty(); i++) {
            add(pending.remove(), print, pending);
        }
        return HashKey.of(new Value.Text(print.toString()));
    }

    private static void add(Value value, StringBuilder print, Deque<Value> pending) {
        switch (value) {
            case Value.PersistentId(Value id) -> {
                print.append('p');
                pending.add(id);
            }
            case Value.Leaf leaf -> print.append('v').append(leaf.hashCode());
            case PyTuple tuple -> {
                print.append('t').append(tuple.items().size());
                tuple.items().stream().limit(MOST_VALUES).forEach(pending::add);
            }
            case PyList list -> print.append('l').append(list.items().size());
            case PyDict dict -> print.append('d').append(dict.size());
            case Instance instance -> {
                print.append('i').append(instance.how().name());
                pending.add(instance.callable());
                pending.add(instance.args());
            }
        }
    }
}
