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
    private SameValue() {}

    static boolean test(@Nullable Value made, @Nullable Value original) {
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
            case PyDict dict -> original instanceof PyDict other && entries(dict.entries(), other.entries());
            case Instance instance ->
                original instanceof Instance other
                        && instance.how() == other.how()
                        && test(instance.callable(), other.callable())
                        && test(instance.args(), other.args())
                        && test(instance.kwargs(), other.kwargs())
                        && all(instance.items(), other.items())
                        && entries(instance.entries(), other.entries())
                        && test(instance.state(), other.state());
        };
    }

    private static boolean all(List<Value> made, List<Value> original) {
        if (made.size() != original.size()) {
            return false;
        }
        for (int i = 0; i < made.size(); i++) {
            if (!test(made.get(i), original.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean entries(List<PyDict.Entry> made, List<PyDict.Entry> original) {
        if (made.size() != original.size()) {
            return false;
        }
        for (int i = 0; i < made.size(); i++) {
            if (!test(made.get(i).key(), original.get(i).key())
                    || !test(made.get(i).value(), original.get(i).value())) {
                return false;
            }
        }
        return true;
    }
}
