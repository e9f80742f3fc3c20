package gitzodb.btree;

import gitzodb.bytes.Bytes;
import gitzodb.bytes.Wtf8;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.KeyReferences;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Python's order of BTree keys (zodb-formats §4.4): None first; numbers by value, whatever their kinds; text by code
 * point; bytes unsigned; tuples item by item; key references by oid. What Python cannot compare, or compares by calling code, has no order here.
 */
public enum KeyOrder {
    /** The order of Python 2: numbers before other types, these by type name; text and 8-bit ASCII strings mix. */
    PYTHON2(true),
    /** The order of Python 3: values of two types cannot be compared. */
    PYTHON3(false);

    private static final int MAX_DEPTH = 32;

    private final boolean mixes;

    KeyOrder(boolean mixes) {
        this.mixes = mixes;
    }

    public static KeyOrder of(Generation generation) {
        return switch (generation) {
            case PYTHON2 -> PYTHON2;
            case PYTHON3 -> PYTHON3;
        };
    }

    /** Returns a negative number, 0 or a positive one; empty if the keys cannot be compared. */
    public OptionalInt compare(Value left, Value right) {
        if (left instanceof Value.None || right instanceof Value.None) {
            return OptionalInt.of(Boolean.compare(!(left instanceof Value.None), !(right instanceof Value.None)));
        }
        return compareItem(left, right, 0);
    }

    private OptionalInt compareItem(Value left, Value right, int depth) {
        if (left instanceof Value.None && right instanceof Value.None) {
            return OptionalInt.of(0);
        }
        if (isNumber(left) && isNumber(right)) {
            return compareNumbers(left, right);
        }
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return OptionalInt.of(Wtf8.compare(a, b));
        }
        Bytes leftText = wtf8(left);
        Bytes rightText = wtf8(right);
        if (leftText != null && rightText != null) {
            return OptionalInt.of(leftText.compareTo(rightText));
        }
        Bytes leftBytes = bytes(left);
        Bytes rightBytes = bytes(right);
        if (leftBytes != null && rightBytes != null && (mixes || left.getClass() == right.getClass())) {
            return OptionalInt.of(leftBytes.compareTo(rightBytes));
        }
        if (left instanceof Instance && right instanceof Instance) {
            return KeyReferences.compare(left, right);
        }
        if (left instanceof PyTuple leftTuple && right instanceof PyTuple rightTuple) {
            return depth == MAX_DEPTH
                    ? OptionalInt.empty()
                    : compareTuples(leftTuple.items(), rightTuple.items(), depth + 1);
        }
        return mixes ? compareTypes(left, right) : OptionalInt.empty();
    }

    private OptionalInt compareTuples(List<Value> left, List<Value> right, int depth) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            OptionalInt order = compareItem(left.get(i), right.get(i), depth);
            if (order.isEmpty() || order.getAsInt() != 0) {
                return order;
            }
        }
        return OptionalInt.of(Integer.compare(left.size(), right.size()));
    }

    /** Python 2 promotes an 8-bit string to text if it is ASCII; else it cannot compare the two. */
    private static OptionalInt compareTypes(Value left, Value right) {
        Bytes leftText = textOrString(left);
        Bytes rightText = textOrString(right);
        if (leftText != null && rightText != null) {
            boolean ascii = isAscii(wtf8(left) == null ? leftText : rightText);
            return ascii ? OptionalInt.of(leftText.compareTo(rightText)) : OptionalInt.empty();
        }
        String leftType = typeName(left);
        String rightType = typeName(right);
        return leftType == null || rightType == null
                ? OptionalInt.empty()
                : OptionalInt.of(leftType.compareTo(rightType));
    }

    private static @Nullable Bytes textOrString(Value value) {
        Bytes text = wtf8(value);
        return text != null ? text : bytes(value);
    }

    private static @Nullable String typeName(Value value) {
        return switch (value) {
            case Value.None none -> " ";
            case Value.Int number -> "";
            case Value.BigInt number -> "";
            case Value.Bool flag -> "";
            case Value.PyFloat number -> "";
            case Value.Str text -> "str";
            case Value.Binary bytes -> "binary";
            case Value.Text text -> "unicode";
            case Value.OddText text -> "unicode";
            case PyTuple tuple -> "tuple";
            default -> null;
        };
    }

    private static boolean isAscii(Bytes bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.at(i) < 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Bytes bytes(Value value) {
        return switch (value) {
            case Value.Binary(Bytes content) -> content;
            case Value.Str(Bytes content) -> content;
            default -> null;
        };
    }

    /** The order of UTF-8 bytes is that of code points; a Java string sorts by UTF-16 units, which is another one. */
    private static @Nullable Bytes wtf8(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Bytes.wrap(Wtf8.encode(text));
            case Value.OddText(Bytes utf8) -> utf8;
            default -> null;
        };
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.Int
                || value instanceof Value.Bool
                || value instanceof Value.BigInt
                || value instanceof Value.PyFloat;
    }

    private static OptionalInt compareNumbers(Value left, Value right) {
        if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
            return OptionalInt.of(Long.compare(a, b));
        }
        double leftFloat = left instanceof Value.PyFloat number ? number.value() : 0;
        double rightFloat = right instanceof Value.PyFloat number ? number.value() : 0;
        if (Double.isNaN(leftFloat) || Double.isNaN(rightFloat)) {
            return OptionalInt.empty();
        }
        if (Double.isInfinite(leftFloat) || Double.isInfinite(rightFloat)) {
            double a = Double.isInfinite(leftFloat) ? leftFloat : 0;
            double b = Double.isInfinite(rightFloat) ? rightFloat : 0;
            return OptionalInt.of(Double.compare(a, b));
        }
        return OptionalInt.of(exact(left).compareTo(exact(right)));
    }

    private static BigDecimal exact(Value value) {
        return switch (value) {
            case Value.Int(long number) -> BigDecimal.valueOf(number);
            case Value.Bool(boolean flag) -> flag ? BigDecimal.ONE : BigDecimal.ZERO;
            case Value.BigInt(BigInteger number) -> new BigDecimal(number);
            case Value.PyFloat number -> new BigDecimal(number.value());
            default -> throw new IllegalArgumentException("not a number: " + value);
        };
    }
}
