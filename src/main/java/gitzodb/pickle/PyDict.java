package gitzodb.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dict in insertion order. A key set twice keeps its first place and its last value, as in Python; keys are one key if
 * Python holds them equal ({@code 1}, {@code 1.0} and {@code True}, in Python 2 {@code 'a'} and {@code u'a'}), nodes
 * other than tuples only if they are the same.
 */
public final class PyDict implements Value.Node {
    /** Up to this many entries a search along the list costs less than an index. */
    private static final int SMALL = 8;

    /** One key with its value. */
    public record Entry(Value key, Value value) {}

    private final List<Entry> entries;
    private @Nullable Map<HashKey, Integer> index;

    private final boolean unordered;

    public PyDict() {
        this(false);
    }

    private PyDict(boolean unordered) {
        entries = new ArrayList<>(4);
        this.unordered = unordered;
    }

    /** Returns an empty dict whose order means nothing: it has the content of any other with the same entries. */
    public static PyDict unordered() {
        return new PyDict(true);
    }

    /** True if the order of the entries means nothing. */
    public boolean isUnordered() {
        return unordered;
    }

    /** Returns the entries in order; not to be changed. */
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    public int size() {
        return entries.size();
    }

    public void put(Value key, Value value) {
        int position;
        if (entries.size() < SMALL) {
            position = position(key);
        } else {
            Map<HashKey, Integer> known = index();
            Integer found = known.putIfAbsent(HashKey.of(key), entries.size());
            position = found == null ? -1 : found;
        }
        if (position < 0) {
            entries.add(new Entry(key, value));
        } else {
            entries.set(position, new Entry(entries.get(position).key(), value));
        }
    }

    public @Nullable Value get(Value key) {
        int position = position(key);
        return position < 0 ? null : entries.get(position).value();
    }

    /** Returns the value of an attribute name, which is {@link Value.Text} or, in Python 2, {@link Value.Str}. */
    public @Nullable Value get(String name) {
        return get(new Value.Text(name));
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    /** Takes a key away; returns its value, null if there was none. Takes time in proportion to the size. */
    public @Nullable Value remove(Value key) {
        int position = position(key);
        if (position < 0) {
            return null;
        }
        index = null;
        return entries.remove(position).value();
    }

    private int position(Value key) {
        if (entries.size() > SMALL) {
            Integer position = index().get(HashKey.of(key));
            return position == null ? -1 : position;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (HashKey.same(entries.get(i).key(), key)) {
                return i;
            }
        }
        return -1;
    }

    private Map<HashKey, Integer> index() {
        Map<HashKey, Integer> known = index;
        if (known == null) {
            known = new HashMap<>(4 * SMALL);
            for (int i = 0; i < entries.size(); i++) {
                known.put(HashKey.of(entries.get(i).key()), i);
            }
            index = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "dict of " + entries.size();
    }
}
