package gitzodb.graph;

import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A {@link StoreMap} on an MVStore map. */
final class MvStoreMap<K, V> implements StoreMap<K, V> {
    private final MapStore store;
    private final MVMap<byte[], byte[]> map;
    private final MapCodec<K> keys;
    private final MapCodec<V> values;

    MvStoreMap(MapStore store, MVMap<byte[], byte[]> map, MapCodec<K> keys, MapCodec<V> values) {
        this.store = store;
        this.map = map;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public @Nullable V get(K key) {
        byte[] value = guarded(() -> map.get(keys.encode(key)));
        return value == null ? null : guarded(() -> values.decode(value));
    }

    @Override
    public void put(K key, V value) {
        guarded(() -> map.put(keys.encode(key), values.encode(value)));
    }

    @Override
    public void remove(K key) {
        guarded(() -> map.remove(keys.encode(key)));
    }

    @Override
    public boolean has(K key) {
        return guarded(() -> map.containsKey(keys.encode(key)));
    }

    @Override
    public long size() {
        return guarded(map::sizeAsLong);
    }

    @Override
    public void clear() {
        guarded(() -> {
            map.clear();
            return true;
        });
    }

    @Override
    public @Nullable K lastKey() {
        byte[] key = guarded(map::lastKey);
        return key == null ? null : guarded(() -> keys.decode(key));
    }

    @Override
    public void scan(@Nullable K from, BiPredicate<K, V> visitor) {
        Cursor<byte[], byte[]> cursor = guarded(() -> map.cursor(from == null ? null : keys.encode(from)));
        while (guarded(cursor::hasNext)) {
            K key = guarded(() -> keys.decode(cursor.next()));
            V value = guarded(() -> values.decode(cursor.getValue()));
            if (!visitor.test(key, value)) {
                return;
            }
        }
    }

    /** MVStore reads pages when they are needed and reports damage as one of several unchecked exceptions. */
    private <T extends @Nullable Object> T guarded(Supplier<T> access) {
        try {
            return access.get();
        } catch (RuntimeException e) {
            throw store.damaged(e);
        }
    }
}
