package gitzodb.pickle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The memo of a reader: numbers 0 to 2^32-1, dense nearly always, so that a far number must not cost memory. */
final class ReadMemo {
    private @Nullable Value[] dense = new Value[16];
    private final Map<Long, Value> sparse = new HashMap<>(0);
    private int count;

    @Nullable
    Value get(long number) {
        if (number < 0) {
            return null;
        }
        Value value = number < dense.length ? dense[(int) number] : null;
        return value != null || sparse.isEmpty() ? value : sparse.get(number);
    }

    void put(long number, Value value) {
        boolean isNew;
        if (number <= 2L * count + 16) {
            int position = (int) number;
            if (position >= dense.length) {
                dense = Arrays.copyOf(dense, 2 * position + 2);
            }
            isNew = dense[position] == null && (sparse.isEmpty() || sparse.remove(number) == null);
            dense[position] = value;
        } else if (number < dense.length && dense[(int) number] != null) {
            isNew = false;
            dense[(int) number] = value;
        } else {
            isNew = sparse.put(number, value) == null;
        }
        count += isNew ? 1 : 0;
    }

    /** Returns how many numbers are in use: the number that MEMOIZE takes. */
    int count() {
        return count;
    }
}
