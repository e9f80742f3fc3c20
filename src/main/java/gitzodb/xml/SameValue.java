package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a small value that was just made with the one it stands for; parts that are the same node are not entered. */
@SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
final class SameValue {
    private final boolean unordered;

    private SameValue(boolean unordered) {
        this.unordered = unordered;
    }

    /** @param unordered true if the order of dicts does not count */
    static boolean test(Value made, Value original, boolean unordered) {
        return new SameValue(unordered).same(made, original);
    }

    private boolean same(@Nullable Value made, @Nullable Value original) {
        if (made == original) {
            return true;
        }
        if (made == null || original == null) {
            return false;
        }
        return switch (made) {
            case Value.Leaf leaf -> leaf.equals(original);
            case PyList list -> original instanceof PyList other && all(list.items(), other.items());
            case PyTuple tuple -> original instanceof PyTuple other && all(tuple.items(), other.items());
            case PyDict dict -> original instanceof PyDict other && dicts(dict, other);
            case Instance instance ->
                original instanceof Instance other
                        && instance.how() == other.how()
                        && same(instance.callable(), other.callable())
                        && same(instance.args(), other.args())
                        && same(instance.kwargs(), other.kwargs())
                        && all(instance.items(), other.items())
                        && entries(instance.entries(), other.entries())
                        && same(instance.state(), other.state());
        };
    }

    private boolean all(List<Value> made, List<Value> original) {
        if (made.size() != original.size()) {
            return false;
        }
        for (int i = 0; i < made.size(); i++) {
            if (!same(made.get(i), original.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean dicts(PyDict made, PyDict original) {
        return unordered
                ? made.size() == original.size()
                        && made.entries().stream().allMatch(entry -> same(entry.value(), original.get(entry.key())))
                : entries(made.entries(), original.entries());
    }

    private boolean entries(List<PyDict.Entry> made, List<PyDict.Entry> original) {
        if (made.size() != original.size()) {
            return false;
        }
        for (int i = 0; i < made.size(); i++) {
            if (!same(made.get(i).key(), original.get(i).key())
                    || !same(made.get(i).value(), original.get(i).value())) {
                return false;
            }
        }
        return true;
    }
}
