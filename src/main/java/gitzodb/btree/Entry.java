package gitzodb.btree;

import gitzodb.pickle.Value;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A key of a BTree with its value.
 *
 * @param value null in a set
 */
public record Entry(Value key, @Nullable Value value) {
    public static Entry of(Value key, Value value) {
        return new Entry(key, value);
    }

    public static Entry key(Value key) {
        return new Entry(key, null);
    }

    boolean sameValue(Entry other, BiPredicate<Value, Value> same) {
        if (value == null || other.value == null) {
            return value == null && other.value == null;
        }
        return same.test(value, other.value);
    }
}
