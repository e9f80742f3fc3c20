package gitzodb.btree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
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

class KeyOrderTest {
    /** Fails unless each value is less than all that follow, in both directions. */
    private static void ascends(KeyOrder order, Value... values) {
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                assertThat(order.compare(values[i], values[j]))
                        .as("%s and %s", values[i], values[j])
                        .isPresent();
                assertThat(Integer.signum(order.compare(values[i], values[j]).getAsInt()))
                        .as("%s and %s", values[i], values[j])
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void python2SortsNumbersThenOtherTypesByTheirNames() {
        ascends(
                KeyOrder.PYTHON2,
                Value.NONE,
                new Int(-1),
                new Bool(true),
                PyFloat.of(1.5),
                new BigInt(BigInteger.ONE.shiftLeft(80)),
                PyFloat.of(Double.POSITIVE_INFINITY),
                new Str(Bytes.utf8("zope")),
                new PyTuple(List.of(new Int(1))),
                new PyTuple(List.of(new Int(1), Value.NONE)),
                new PyTuple(List.of(new Int(2))));
    }

    @Test
    void python2MixesTextAndAsciiStrings() {
        ascends(
                KeyOrder.PYTHON2,
                new Str(Bytes.utf8("a")),
                new Text("b"),
                new Str(Bytes.utf8("c")),
                new Text("d\u00e9"),
                new Str(Bytes.utf8("e")));
        assertThat(KeyOrder.PYTHON2.compare(new Text("a"), new Str(Bytes.utf8("a"))))
                .hasValue(0);
        assertThat(KeyOrder.PYTHON2.compare(new Text("\u00e9"), new Str(Bytes.parseHex("e9"))))
                .isEmpty();
    }

    @Test
    void python3ComparesNoTwoTypes() {
        assertThat(KeyOrder.PYTHON3.compare(new Text("a"), new Binary(Bytes.utf8("a"))))
                .isEmpty();
        assertThat(KeyOrder.PYTHON3.compare(new Int(1), new Text("a"))).isEmpty();
        assertThat(KeyOrder.PYTHON3.compare(
                        new PyTuple(List.of(new Int(1), new Text("a"))), new PyTuple(List.of(new Int(1), new Int(2)))))
                .isEmpty();
        assertThat(KeyOrder.PYTHON3.compare(new Int(1), PyFloat.of(Double.NaN))).isEmpty();
        ascends(KeyOrder.PYTHON3, Value.NONE, new Int(0), new Bool(true), PyFloat.of(1.25), new Int(2));
    }

    @Test
    void textIsSortedByCodePointAndBytesWithoutSign() {
        ascends(KeyOrder.PYTHON3, new Text("Z"), new Text("a"), new Text("\uffee"), new Text("\ud83d\ude00"));
        ascends(
                KeyOrder.PYTHON3,
                new Binary(Bytes.EMPTY),
                new Binary(Bytes.parseHex("7f")),
                new Binary(Bytes.parseHex("7f00")),
                new Binary(Bytes.parseHex("80")));
    }

    @Test
    void wholeNumbersAreComparedExactly() {
        ascends(
                KeyOrder.PYTHON3,
                new Int((1L << 53)),
                new Int((1L << 53) + 1),
                PyFloat.of(0x1p53 + 2),
                new Int(Long.MAX_VALUE),
                PyFloat.of(0x1p63));
    }
}
