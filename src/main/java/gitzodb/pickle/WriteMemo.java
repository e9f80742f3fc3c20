package gitzodb.pickle;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** The memo of a writer: by identity as in Python, where a class or function is one object wherever it is named. */
final class WriteMemo {
    static final int UNKNOWN = -1;

    private final IdentityHashMap<Value, Integer> numbers = new IdentityHashMap<>();
    private final Map<Value.Global, Integer> globals = new HashMap<>();
    private final int first;

    /** Returns an empty memo whose numbers begin with {@code first}. */
    WriteMemo(int first) {
        this.first = first;
    }

    int number(Value value) {
        Integer number = value instanceof Value.Global ? globals.get(value) : numbers.get(value);
        return number == null ? UNKNOWN : number;
    }

    int put(Value value) {
        int number = first + numbers.size() + globals.size();
        if (value instanceof Value.Global global) {
            globals.put(global, number);
        } else {
            numbers.put(value, number);
        }
        return number;
    }
}
