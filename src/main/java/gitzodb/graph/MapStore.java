package gitzodb.graph;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The object map's sorted maps, in one file or in memory. What was put since the last {@link #commit} is lost at the end
 * of the process and by {@link #rollback}. Not thread-safe; one process at a time.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class MapStore implements Closeable {
    private MapStore() {}

    /**
     * Opens the store in {@code file}. If there is none, if it cannot be read, or if {@code fits} does not accept its
     * stamp, the store is empty and has no stamp: the map has to be built anew.
     *
     * @throws IOException if the file cannot be written, or another process has it open
     */
    public static MapStore open(Path file, Predicate<Stamp> fits) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Returns an empty store that is gone with the process. */
    public static MapStore inMemory() {
        throw new UnsupportedOperationException();
    }

    /** Returns what the maps were made from; empty if they are to be filled anew. */
    public Optional<Stamp> stamp() {
        throw new UnsupportedOperationException();
    }

    /** Returns the map of that name, made if it is not there; always with the same codecs. */
    public <K, V> StoreMap<K, V> map(String name, MapCodec<K> keys, MapCodec<V> values) {
        throw new UnsupportedOperationException();
    }

    /** Makes everything put so far durable together with the stamp, or nothing of it. */
    public void commit(Stamp stamp) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Goes back to the last commit. */
    public void rollback() {
        throw new UnsupportedOperationException();
    }

    /** Empties all maps and drops the stamp. */
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
