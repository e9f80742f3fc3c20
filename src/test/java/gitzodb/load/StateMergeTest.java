package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMergeTest {
    private static final ClassMeta META = ClassMeta.of(new ClassName("m", "C"));

    private final StateMerge merge = new StateMerge((a, b) -> a.equals(b)
            || (a instanceof PyList x && b instanceof PyList y && x.items().equals(y.items())));

    private static PyDict dict(Object... keysAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dict.put(new Value.Text((String) keysAndValues[i]), (Value) keysAndValues[i + 1]);
        }
        return dict;
    }

    private static PyList list(long... items) {
        return new PyList(
                java.util.Arrays.stream(items).mapToObj(Value.Int::new).toList());
    }

    private PyDict merged(PyDict stored, PyDict wanted) {
        return (PyDict) merge.merge(new ObjectState(META, stored), new ObjectState(META, wanted))
                .state();
    }

    @Test
    void keepsTheStoredOrderAndAddsBehind() {
        PyDict result = merged(
                dict("b", new Value.Int(1), "gone", Value.NONE, "a", new Value.Int(2)),
                dict("a", new Value.Int(3), "b", new Value.Int(1), "c", Value.TRUE));
        assertThat(result.entries())
                .extracting(PyDict.Entry::key)
                .isEqualTo(List.of(new Value.Text("b"), new Value.Text("a"), new Value.Text("c")));
        assertThat(result.get("a")).isEqualTo(new Value.Int(3));
    }

    @Test
    void keepsEqualValuesAsTheyAre() {
        PyList stored = list(1, 2);
        assertThat(merged(dict("a", stored, "b", Value.NONE), dict("a", list(1, 2), "b", Value.TRUE))
                        .get("a"))
                .isSameAs(stored);
    }

    @Test
    void doesNotPartWhatTwoAttributesShare() {
        PyList shared = list(1);
        PyList both = list(1);
        PyDict result =
                merged(dict("a", shared, "b", shared, "c", Value.NONE), dict("a", both, "b", both, "c", Value.TRUE));
        assertThat(result.get("a")).isSameAs(result.get("b"));
    }
}
