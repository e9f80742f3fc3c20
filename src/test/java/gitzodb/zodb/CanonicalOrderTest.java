package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CanonicalOrderTest {
    @Test
    void writesEachKindOfKeyDifferently() throws StateException {
        List<Value> keys = List.of(
                Value.NONE,
                Value.TRUE,
                new Value.Int(1),
                new Value.BigInt(BigInteger.ONE),
                Value.PyFloat.of(1),
                Value.PyFloat.of(-0.0),
                Value.PyFloat.of(Double.NaN),
                new Value.PyFloat(0x7ff8000000000001L),
                new Value.Text("none"),
                new Value.Text("a\"b\n"),
                new Value.Str(Bytes.utf8("é")),
                new Value.Binary(Bytes.parseHex("e9")),
                new Value.Global("m", "A.B"),
                new Value.Extension(7),
                PyTuple.of(new Value.Text("a"), new Value.Int(2)),
                new Value.Text("\ud800"),
                Instance.reduce(
                        new Value.Global("builtins", "frozenset"),
                        new PyList(List.of(new Value.Int(2), new Value.Int(1)))));
        assertThat(keys.stream().map(CanonicalOrderTest::form))
                .containsExactly(
                        "none",
                        "true",
                        "1",
                        "1L",
                        "1.0",
                        "-0.0",
                        "nan",
                        "nan:7ff8000000000001",
                        "\"none\"",
                        "\"a\\\"b\\n\"",
                        "s\"é\"",
                        "b\"\\xe9\"",
                        "global:m:A.B",
                        "extension:7",
                        "(\"a\",2)",
                        "\"\\ud800\"",
                        "frozenset(1,2)");
    }

    @Test
    void ordersByCodePointsBeyondTheBasicPlane() {
        assertThat(Stream.of("\uffff", "\ud83d\ude00", "a", "ab", "\ud83d").sorted(CanonicalOrder.CODE_POINTS))
                .containsExactly("a", "ab", "\ud83d", "\uffff", "\ud83d\ude00");
    }

    @Test
    void refusesAKeyThatHoldsItself() {
        PyList cycle = new PyList();
        cycle.items().add(cycle);
        assertThatThrownBy(() -> CanonicalOrder.keyForm(cycle)).isInstanceOf(StateException.class);
    }

    @Test
    void refusesABombOfTuples() {
        Value bomb = new Value.Int(1);
        for (int i = 0; i < 60; i++) {
            bomb = PyTuple.of(bomb, bomb);
        }
        Value key = bomb;
        assertThatThrownBy(() -> CanonicalOrder.keyForm(key)).isInstanceOf(StateException.class);
    }

    private static String form(Value value) {
        try {
            return CanonicalOrder.keyForm(value);
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ordersMembersThatAreSetsInsideSetsSoon() {
        Value bomb = set(new Value.Int(1));
        for (int i = 0; i < 60; i++) {
            bomb = set(bomb, PyTuple.of(bomb), PyTuple.of(bomb, bomb));
        }
        PyList cycle = new PyList();
        cycle.items().add(PyTuple.of(set(PyTuple.of(cycle), new Value.Int(1)), bomb));
        cycle.items().add(new Value.Int(1));
        Instance set = Instance.reduce(new Value.Global("builtins", "set"), cycle);
        assertThat(CanonicalOrder.members(set).orElseThrow().getFirst()).isEqualTo(new Value.Int(1));
    }

    private static Instance set(Value... members) {
        return Instance.reduce(new Value.Global("builtins", "set"), new PyList(List.of(members)));
    }
}
