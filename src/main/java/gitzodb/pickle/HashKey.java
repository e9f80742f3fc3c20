package gitzodb.pickle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** What makes two values one dict key in Python. */
final class HashKey {
    private record Fraction(BigDecimal value) {}

    private record Items(List<Object> items) {}

    private HashKey() {}

    static Object of(Value value) {
        return switch (value) {
            case Value.Int(long number) -> number;
            case Value.Bool(boolean flag) -> flag ? 1L : 0L;
            case Value.BigInt(BigInteger number) -> number.bitLength() < 64 ? (Object) number.longValue() : number;
            case Value.PyFloat number -> ofFloat(number);
            case PyTuple tuple ->
                tuple.items().size() > 8
                        ? tuple
                        : new Items(tuple.items().stream().map(HashKey::ofItem).toList());
            default -> value;
        };
    }

    /** One level only: a deep key is compared by identity, which costs a duplicate at worst, never an entry. */
    private static Object ofItem(Value value) {
        return value instanceof Value.Leaf ? of(value) : value;
    }

    private static Object ofFloat(Value.PyFloat number) {
        double value = number.value();
        if (value == Math.rint(value) && Math.abs(value) < 0x1p63) {
            return (long) value;
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return number;
        }
        BigDecimal exact = new BigDecimal(value);
        return value == Math.rint(value) ? exact.toBigInteger() : new Fraction(exact);
    }
}
