package gitzodb.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValueGraphTest {
    private static final Value A = new Value.Text("a");
    private static final Value B = new Value.Text("b");

    @Test
    void equalsItselfMadeTwice() {
        for (long seed = 0; seed < 300; seed++) {
            Value one = new RandomValues(seed, Generation.PYTHON3).next();
            Value other = new RandomValues(seed, Generation.PYTHON3).next();
            assertThat(ValueGraph.same(one, other)).as("seed %d", seed).isTrue();
            assertThat(ValueGraph.sameContent(one, other, Generation.PYTHON2))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    void tellsSharedFromEqual() {
        PyList shared = new PyList();
        Value twice = PyTuple.of(shared, shared);
        Value equal = PyTuple.of(new PyList(), new PyList());
        assertThat(ValueGraph.same(twice, equal)).isFalse();
        assertThat(ValueGraph.same(equal, twice)).isFalse();
    }

    @Test
    void tellsKindsApart() {
        assertThat(ValueGraph.same(new Value.Int(1), Value.TRUE)).isFalse();
        assertThat(ValueGraph.same(new PyList(), PyTuple.EMPTY)).isFalse();
        assertThat(ValueGraph.same(Value.PyFloat.of(0.0), Value.PyFloat.of(-0.0)))
                .isFalse();
    }

    @Test
    void ignoresOrderOnlyWhereItMeansNothing() {
        PyDict ab = dict(A, B);
        PyDict ba = dict(B, A);
        assertThat(ValueGraph.same(ab, ba)).isFalse();
        assertThat(ValueGraph.sameContent(ab, ba, Generation.PYTHON3)).isTrue();
        assertThat(ValueGraph.sameContent(PyTuple.of(ab), PyTuple.of(ba), Generation.PYTHON3))
                .isFalse();
        assertThat(ValueGraph.sameContent(PyTuple.of(ab), PyTuple.of(ba), Generation.PYTHON2))
                .isTrue();
        Value set = Instance.reduce(new Value.Global("builtins", "set"), new PyList(List.of(A, B)));
        Value sameSet = Instance.reduce(new Value.Global("builtins", "set"), new PyList(List.of(B, A)));
        assertThat(ValueGraph.sameContent(set, sameSet, Generation.PYTHON3)).isTrue();
        assertThat(ValueGraph.sameContent(dict(A, A), dict(A, B), Generation.PYTHON2))
                .isFalse();
    }

    private static PyDict dict(Value first, Value second) {
        PyDict dict = new PyDict();
        dict.put(first, new Value.Int(first.equals(A) ? 1 : 2));
        dict.put(second, new Value.Int(second.equals(A) ? 1 : 2));
        return dict;
    }
}
