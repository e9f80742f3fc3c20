package gitzodb.graph;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** One sorted map in a {@link MapStore}. Not thread-safe. */
public interface StoreMap<K, V> {
    @Nullable
    V get(K key);

    void put(K key, V value);

    void remove(K key);

    boolean has(K key);

    long size();

    void clear();

    /** Returns the greatest key; null if the map is empty. */
    @Nullable
    K lastKey();

    /** Visits the entries in ascending order from {@code from} (null: from the first) until the visitor returns false. */
    void scan(@Nullable K from, BiPredicate<K, V> visitor);
}
