package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.math.BigInteger;

/**
 * What a pickle says, as data: nothing is looked up, made or called.
 *
 * <p>A {@link Leaf} is a record and equal by content. A {@link Node} is equal to itself only, so that sharing and cycles
 * inside a pickle are kept; {@link ValueGraph#same} compares two graphs. Switch over both without {@code default}.
 */
public sealed interface Value {

    /** A value without parts that could be shared or changed. */
    sealed interface Leaf extends Value {}

    /** A value with an identity of its own. */
    sealed interface Node extends Value permits PyList, PyTuple, PyDict, Instance {}

    record None() implements Leaf {}

    record Bool(boolean value) implements Leaf {}

    /**
     * An int. In Python 2 its plain {@code int}; in Python 3 every int that fits 64 bits, whatever opcode wrote it.
     */
    record Int(long value) implements Leaf {}

    /** In Python 2 a {@code long} of any size; in Python 3 only an int that does not fit 64 bits. */
    record BigInt(BigInteger value) implements Leaf {}

    /** A float, equal by its bits: {@code -0.0} and {@code 0.0} differ, and so do two kinds of NaN. */
    record PyFloat(long bits) implements Leaf {
        public static PyFloat of(double value) {
            return new PyFloat(Double.doubleToRawLongBits(value));
        }

        public double value() {
            return Double.longBitsToDouble(bits);
        }
    }

    /** Unicode text: {@code str} of Python 3, {@code unicode} of Python 2. Lone surrogates are legal. */
    record Text(String value) implements Leaf {}

    /**
     * Unicode text that a Java string would change: a surrogate pair spelled as two code points. The bytes are UTF-8
     * with surrogates passed through.
     */
    record OddText(Bytes utf8) implements Leaf {}

    /** The native 8-bit {@code str} of Python 2, of unknown encoding. */
    record Str(Bytes value) implements Leaf {}

    /** {@code bytes} of Python 3, {@code zodbpickle.binary} of Python 2. */
    record Binary(Bytes value) implements Leaf {}

    /** A class or function by name; never resolved. */
    record Global(String module, String name) implements Leaf {}

    /** An entry of the {@code copyreg} extension registry; {@code code} is 1 to 2^31-1. */
    record Extension(int code) implements Leaf {}

    /** A persistent id: what stands in a record for another object. Made of leaves, tuples and lists. */
    record PersistentId(Value id) implements Leaf {}

    /** Stands for a value that is kept back. No pickle holds it: it is read from none and cannot be written to one. */
    record Withheld() implements Leaf {}

    /** Stands for a reference to a BTree, set or counter of this class whose content is left out; in no pickle either. */
    record LeftOut(Global cls) implements Leaf {}

    /** Stands for an attribute that is not there, where it would be expected; in no pickle either. */
    record Absent() implements Leaf {}

    None NONE = new None();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);
    Withheld WITHHELD = new Withheld();
    Absent ABSENT = new Absent();
}
