package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What makes two values one dict key in Python. All keys are of this one class and ordered, so that a hash table of
 * chosen colliding keys degrades to a tree and not to a list.
 */
@SuppressWarnings("ReferenceEquality") // identity is what a key without content goes by
final class HashKey implements Comparable<HashKey> {
    private static final int LONGEST_TUPLE = 8;

    private enum Kind {
        NONE,
        INTEGER,
        BIG,
        FLOAT,
        TEXT,
        ODD_TEXT,
        STR,
        BINARY,
        GLOBAL,
        EXTENSION,
        TUPLE,
        IDENTITY
    }

    private final Kind kind;
    private final Object content;
    private final int hash;

    private HashKey(Kind kind, Object content) {
        this.kind = kind;
        this.content = content;
        this.hash = hash(kind, content);
    }

    static HashKey of(Value value) {
        return of(value, true);
    }

    /** Returns whether the two are one key; the everyday cases make no garbage. */
    static boolean same(Value one, Value other) {
        if (one == other) {
            return true;
        }
        if (one instanceof Value.Text(String text) && other instanceof Value.Text(String otherText)) {
            return text.equals(otherText);
        }
        if (one instanceof Value.Str(Bytes bytes) && other instanceof Value.Str(Bytes otherBytes)) {
            return bytes.equals(otherBytes);
        }
        return of(one).equals(of(other));
    }

    /** Tuples count by content on one level: a deeper key is one by identity, which costs a duplicate at worst. */
    private static HashKey of(Value value, boolean outermost) {
        return switch (value) {
            case Value.None none -> new HashKey(Kind.NONE, none);
            case Value.Bool(boolean flag) -> new HashKey(Kind.INTEGER, flag ? 1L : 0L);
            case Value.Int(long number) -> new HashKey(Kind.INTEGER, number);
            case Value.BigInt(BigInteger number) -> ofInteger(number);
            case Value.PyFloat number -> ofFloat(number);
            case Value.Text(String text) -> new HashKey(Kind.TEXT, text);
            case Value.OddText(Bytes utf8) -> new HashKey(Kind.ODD_TEXT, utf8);
            case Value.Str(Bytes bytes) ->
                bytes.isAscii() ? new HashKey(Kind.TEXT, bytes.latin1()) : new HashKey(Kind.STR, bytes);
            case Value.Binary(Bytes bytes) -> new HashKey(Kind.BINARY, bytes);
            case Value.Global(String module, String name) -> new HashKey(Kind.GLOBAL, module + "\n" + name);
            case Value.Extension(int code) -> new HashKey(Kind.EXTENSION, (long) code);
            case PyTuple tuple ->
                outermost && tuple.items().size() <= LONGEST_TUPLE
                        ? new HashKey(
                                Kind.TUPLE,
                                tuple.items().stream()
                                        .map(item -> of(item, false))
                                        .toArray(HashKey[]::new))
                        : new HashKey(Kind.IDENTITY, value);
            case Value.PersistentId id -> new HashKey(Kind.IDENTITY, id);
            case Value.Withheld withheld -> new HashKey(Kind.IDENTITY, withheld);
            case Value.LeftOut content -> new HashKey(Kind.IDENTITY, content);
            case Value.Absent absent -> new HashKey(Kind.IDENTITY, absent);
            case PyList list -> new HashKey(Kind.IDENTITY, list);
            case PyDict dict -> new HashKey(Kind.IDENTITY, dict);
            case Instance instance -> new HashKey(Kind.IDENTITY, instance);
        };
    }

    private static HashKey ofInteger(BigInteger number) {
        return number.bitLength() < Long.SIZE
                ? new HashKey(Kind.INTEGER, number.longValue())
                : new HashKey(Kind.BIG, number);
    }

    /** A float equals the int of the same value; one that is no number equals nothing but itself. */
    private static HashKey ofFloat(Value.PyFloat number) {
        double value = number.value();
        if (Double.isNaN(value)) {
            return new HashKey(Kind.IDENTITY, number);
        }
        if (value != Math.rint(value) || Double.isInfinite(value)) {
            return new HashKey(Kind.FLOAT, number.bits());
        }
        return Math.abs(value) < 0x1p63
                ? new HashKey(Kind.INTEGER, (long) value)
                : ofInteger(new BigDecimal(value).toBigIntegerExact());
    }

    private static int hash(Kind kind, Object content) {
        return switch (kind) {
            case TUPLE -> Arrays.hashCode((HashKey[]) content);
            case IDENTITY -> System.identityHashCode(content);
            case NONE, INTEGER, BIG, FLOAT, TEXT, ODD_TEXT, STR, BINARY, GLOBAL, EXTENSION -> content.hashCode();
        };
    }

    @Override
    public int compareTo(HashKey other) {
        if (kind != other.kind) {
            return kind.compareTo(other.kind);
        }
        return switch (kind) {
            case NONE -> 0;
            case INTEGER, FLOAT, EXTENSION -> Long.compare((Long) content, (Long) other.content);
            case BIG -> ((BigInteger) content).compareTo((BigInteger) other.content);
            case TEXT, GLOBAL -> ((String) content).compareTo((String) other.content);
            case ODD_TEXT, STR, BINARY -> ((Bytes) content).compareTo((Bytes) other.content);
            case TUPLE -> Arrays.compare((HashKey[]) content, (HashKey[]) other.content);
            case IDENTITY -> Integer.compare(hash, other.hash);
        };
    }

    @Override
    public boolean equals(Object object) {
        if (!(object instanceof HashKey other) || hash != other.hash || kind != other.kind) {
            return false;
        }
        return switch (kind) {
            case TUPLE -> Arrays.equals((HashKey[]) content, (HashKey[]) other.content);
            case IDENTITY -> content == other.content;
            case NONE, INTEGER, BIG, FLOAT, TEXT, ODD_TEXT, STR, BINARY, GLOBAL, EXTENSION ->
                content.equals(other.content);
        };
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
