package gitzodb.pickle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dict in insertion order. A key set twice keeps its first place and its last value, as in Python; keys are one key if
 * Python holds them equal ({@code 1}, {@code 1.0} and {@code True}), nodes other than tuples only if they are the same.
 */
public final class PyDict implements Value.Node {
    /** One key with its value. */
    public record Entry(Value key, Value value) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Object, Integer> positions = new HashMap<>();

    /** Returns the entries in order; not to be changed. */
    public List<Entry> entries() {
        return java.util.Collections.unmodifiableList(entries);
    }

    public int size() {
        return entries.size();
    }

    public void put(Value key, Value value) {
        Object hashKey = HashKey.of(key);
        Integer position = positions.get(hashKey);
        if (position != null) {
            entries.set(position, new Entry(entries.get(position).key(), value));
        } else {
            positions.put(hashKey, entries.size());
            entries.add(new Entry(key, value));
        }
    }

    public @Nullable Value get(Value key) {
        Integer position = positions.get(HashKey.of(key));
        return position == null ? null : entries.get(position).value();
    }

    /** Returns the value of an attribute name, which is {@link Value.Text} or, in Python 2, {@link Value.Str}. */
    public @Nullable Value get(String name) {
        Value value = get(new Value.Text(name));
        return value != null
                ? value
                : get(new Value.Str(gitzodb.bytes.Bytes.wrap(name.getBytes(StandardCharsets.UTF_8))));
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    @Override
    public String toString() {
        return "dict of " + entries.size();
    }
}
