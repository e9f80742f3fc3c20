package gitzodb.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value.BigInt;
import gitzodb.pickle.Value.Binary;
import gitzodb.pickle.Value.Bool;
import gitzodb.pickle.Value.Int;
import gitzodb.pickle.Value.PyFloat;
import gitzodb.pickle.Value.Str;
import gitzodb.pickle.Value.Text;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyDictTest {
    private static final Value VALUE = new Text("value");

    /** A dict with some keys in it already: a search along a list, or an index. */
    private static PyDict dict(int size) {
        PyDict dict = new PyDict();
        for (int i = 0; i < size; i++) {
            dict.put(new Text("key " + i), new Int(i));
        }
        return dict;
    }

    private static boolean areOneKey(Value one, Value other, int others) {
        PyDict dict = dict(others);
        dict.put(one, Value.NONE);
        dict.put(other, VALUE);
        boolean same = dict.size() == others + 1;
        assertThat(dict.size()).isBetween(others + 1, others + 2);
        assertThat(dict.get(other)).isEqualTo(VALUE);
        assertThat(dict.get(one)).isEqualTo(same ? VALUE : Value.NONE);
        assertThat(dict.entries().get(others).key()).isSameAs(one);
        return same;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 7, 8, 9, 40})
    void holdsKeysEqualThatPythonHoldsEqual(int others) {
        BigInteger big = BigInteger.ONE.shiftLeft(70);
        assertThat(areOneKey(new Int(1), PyFloat.of(1), others)).isTrue();
        assertThat(areOneKey(new Bool(true), new Int(1), others)).isTrue();
        assertThat(areOneKey(new Int(5), new BigInt(BigInteger.valueOf(5)), others))
                .isTrue();
        assertThat(areOneKey(new BigInt(big), PyFloat.of(0x1p70), others)).isTrue();
        assertThat(areOneKey(PyFloat.of(0.0), PyFloat.of(-0.0), others)).isTrue();
        assertThat(areOneKey(new Text("a"), new Str(Bytes.utf8("a")), others)).isTrue();
        assertThat(areOneKey(
                        new PyTuple(List.of(new Int(1), new Text("a"))),
                        new PyTuple(List.of(PyFloat.of(1), new Text("a"))),
                        others))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 7, 8, 9, 40})
    void keepsKeysApartThatPythonKeepsApart(int others) {
        assertThat(areOneKey(new Text("a"), new Binary(Bytes.utf8("a")), others))
                .isFalse();
        assertThat(areOneKey(new Text("1"), new Int(1), others)).isFalse();
        assertThat(areOneKey(new Text("\u00e9"), new Str(Bytes.parseHex("e9")), others))
                .isFalse();
        assertThat(areOneKey(new Int(Long.MAX_VALUE), PyFloat.of(0x1p63), others))
                .isFalse();
        assertThat(areOneKey(PyFloat.of(Double.NaN), PyFloat.of(1), others)).isFalse();
        assertThat(areOneKey(new PyList(), new PyList(), others)).isFalse();
        assertThat(areOneKey(new Bool(false), Value.NONE, others)).isFalse();
    }

    @Test
    void keepsTheOrderAfterKeysAreTakenAway() {
        PyDict dict = dict(20);
        assertThat(dict.remove(new Text("key 3"))).isEqualTo(new Int(3));
        assertThat(dict.remove(new Text("key 3"))).isNull();
        dict.put(new Text("key 19"), VALUE);
        dict.put(new Text("key 3"), VALUE);
        assertThat(dict.size()).isEqualTo(20);
        assertThat(dict.get("key 19")).isEqualTo(VALUE);
        assertThat(dict.get("key 4")).isEqualTo(new Int(4));
        assertThat(dict.entries().getLast().key()).isEqualTo(new Text("key 3"));
        assertThat(dict.entries().get(3).key()).isEqualTo(new Text("key 4"));
    }

    @Test
    void saysWhereAPickleEndsBeingOne() {
        String text = Disassembly.of(Bytes.parseHex("8003580300000061c3a9942eff"));
        assertThat(text.lines()).hasSize(5);
        assertThat(text).contains("     0: PROTO 3\n", "'a\\xc3\\xa9'", "STOP", "   ...: ");
    }
}
