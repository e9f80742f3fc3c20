package gitzodb.formats;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares small values by content: bindings, parsed arguments. Whatever is deep counts as different. */
final class SameValue {
    private static final int MAX_DEPTH = 8;

    private SameValue() {}

    static boolean test(@Nullable Value left, @Nullable Value right) {
        return test(left, right, 0);
    }

    private static boolean test(@Nullable Value left, @Nullable Value right, int depth) {
        if (Objects.equals(left, right)) {
            return true;
        }
        if (left == null || right == null || depth == MAX_DEPTH) {
            return false;
        }
        return switch (left) {
            case PyList a -> right instanceof PyList b && testAll(a.items(), b.items(), depth);
            case PyTuple a -> right instanceof PyTuple b && testAll(a.items(), b.items(), depth);
            case PyDict a -> right instanceof PyDict b && testDicts(a, b, depth);
            case Instance a -> right instanceof Instance b && testInstances(a, b, depth);
            case Value.Leaf leaf -> false;
        };
    }

    private static boolean testAll(List<Value> left, List<Value> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!test(left.get(i), right.get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean testDicts(PyDict left, PyDict right, int depth) {
        return left.size() == right.size()
                && left.entries().stream().allMatch(entry -> test(entry.value(), right.get(entry.key()), depth + 1));
    }

    private static boolean testInstances(Instance left, Instance right, int depth) {
        return left.how() == right.how()
                && left.items().isEmpty()
                && right.items().isEmpty()
                && left.entries().isEmpty()
                && right.entries().isEmpty()
                && test(left.callable(), right.callable(), depth + 1)
                && test(left.args(), right.args(), depth + 1)
                && test(left.kwargs(), right.kwargs(), depth + 1)
                && test(left.state(), right.state(), depth + 1);
    }
}
