package gitzodb.graph;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Tid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The object map's sorted maps, in one file or in memory. What was put since the last {@link #commit} is lost at the end
 * of the process and by {@link #rollback}. One thread changes them, and others may read meanwhile
 * but for {@link #spill}, {@link #commit} and {@link #rollback}; one process at a time.
 *
 * <p>The file is a cache: no sync is forced, a kill of the process leaves the last commit, and a file that a power cut
 * damaged is discarded.
 */
public final class MapStore implements Closeable {
    /** To be raised with every change of what any map holds. */
    private static final int FORMAT = 3;

    private static final String STAMP_MAP = "stamp";
    private static final String MAP_PREFIX = "map.";
    private static final byte[] STAMP_KEY = {};
    private static final int CACHE_MIB = 48;
    /** An eighth of the heap: what is written is read again, and what is put in no order is written many times. */
    private static final int SPILL_MEMORY = Math.clamp(Runtime.getRuntime().maxMemory() >> 3, 32 << 20, 256 << 20);

    private static final int COMPACT_BELOW_PERCENT = 40;
    private static final int COMPACT_BYTES = 1 << 20;

    private final @Nullable Path file;
    private final boolean temporary;
    private final MVStore store;
    private final MVMap<byte[], byte[]> stamps;
    private @Nullable Stamp stamp;

    private MapStore(@Nullable Path file, boolean temporary, MVStore store) {
        this.file = file;
        this.temporary = temporary;
        this.store = store;
        store.setVersionsToKeep(0);
        store.setRetentionTime(0);
        stamps = openMap(STAMP_MAP);
        stamp = readStamp();
    }

    /**
     * Opens the store in {@code file}. If there is none, if it cannot be read, or if {@code fits} does not accept its
     * stamp, the store is empty and has no stamp: the map has to be built anew.
     *
     * @throws IOException if the file cannot be written, or another process has it open
     */
    public static MapStore open(Path file, Predicate<Stamp> fits) throws IOException {
        try {
            MapStore existing = openFile(file, false);
            if (existing.stamp().filter(fits).isPresent()) {
                return existing;
            }
            existing.store.closeImmediately();
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException("object map " + file + " is in use by another process; try again later", e);
            }
        } catch (RuntimeException e) {
            // Any other unchecked exception comes from bytes that are no map: the answer is the same.
        }
        discard(file);
        try {
            return openFile(file, false);
        } catch (RuntimeException e) {
            throw new IOException("object map " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Returns an empty store that is gone with the process. */
    public static MapStore inMemory() {
        return new MapStore(
                null, false, new MVStore.Builder().autoCommitDisabled().open());
    }

    /** Returns an empty store of any size, in memory while it is small; its file is gone after {@link #close}. */
    public static MapStore temporary() throws IOException {
        Path file = Files.createTempFile("git-zodb", ".map");
        try {
            return openFile(file, true);
        } catch (RuntimeException e) {
            throw new IOException("object map " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Deletes the file of a store that nobody has open; it may be absent. */
    public static void discard(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    private static MapStore openFile(Path file, boolean temporary) {
        MVStore.Builder builder = new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MIB);
        MVStore store = builder.open();
        try {
            return new MapStore(file, temporary, store);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** Returns what the maps were made from; empty if they are to be filled anew. */
    public Optional<Stamp> stamp() {
        return Optional.ofNullable(stamp);
    }

    /** Returns the map of that name, made if it is not there; always with the same codecs. */
    public <K, V> StoreMap<K, V> map(String name, MapCodec<K> keys, MapCodec<V> values) {
        try {
            return new MvStoreMap<>(this, openMap(MAP_PREFIX + name), keys, values);
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    /** Makes everything put so far durable together with the stamp, or nothing of it. */
    public void commit(Stamp newStamp) throws IOException {
        write(() -> {
            stamps.put(STAMP_KEY, encode(newStamp));
            store.commit();
        });
        stamp = newStamp;
    }

    /**
     * Frees memory while the maps are being built: once enough is unsaved, writes it to the file, without a stamp, so
     * that it counts for nothing until {@link #commit}. A rollback does not undo it.
     */
    public void spill() throws IOException {
        if (isSpillDue()) {
            write(() -> {
                stamps.remove(STAMP_KEY);
                store.commit();
                // What is put in no order is written again and again; the file is not to grow by all of it.
                store.compact(COMPACT_BELOW_PERCENT, SPILL_MEMORY);
            });
            stamp = null;
        }
    }

    /** Returns whether {@link #spill} would write: no other thread may read the maps then, since it moves what is in them. */
    public boolean isSpillDue() {
        return file != null && store.getUnsavedMemory() > SPILL_MEMORY;
    }

    /** Goes back to the last commit. */
    public void rollback() {
        try {
            store.rollback();
            stamp = readStamp();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    /** Empties all maps and drops the stamp. */
    public void clear() {
        try {
            for (String name : store.getMapNames()) {
                openMap(name).clear();
            }
        } catch (RuntimeException e) {
            throw damaged(e);
        }
        stamp = null;
    }

    @Override
    public void close() throws IOException {
        if (store.isClosed()) {
            return;
        }
        if (temporary && file != null) {
            store.closeImmediately();
            discard(file);
            return;
        }
        try {
            store.rollback();
            if (file != null && store.getFillRate() < COMPACT_BELOW_PERCENT) {
                store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
            }
            store.close(0);
        } catch (RuntimeException e) {
            store.closeImmediately();
        }
    }

    DamagedMapException damaged(RuntimeException cause) {
        return cause instanceof DamagedMapException known ? known : new DamagedMapException(file, cause);
    }

    private MVMap<byte[], byte[]> openMap(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>().keyType(BytesType.TYPE).valueType(BytesType.TYPE));
    }

    private void write(Runnable action) throws IOException {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw new IOException("object map " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private @Nullable Stamp readStamp() {
        byte[] bytes = stamps.get(STAMP_KEY);
        return bytes == null ? null : decode(bytes);
    }

    /** Format, tid, and the two hashes, each after its length in one byte. */
    private static byte[] encode(Stamp stamp) {
        int hash = stamp.transactionHash().length();
        int settings = stamp.settingsHash().length();
        ByteBuffer out = ByteBuffer.allocate(2 + Long.BYTES + 1 + hash + settings);
        out.put((byte) FORMAT).putLong(stamp.tid().value());
        out.put((byte) hash).put(stamp.transactionHash().toArray());
        out.put((byte) settings).put(stamp.settingsHash().toArray());
        return out.array();
    }

    /** Returns null for the stamp of another format. */
    private static @Nullable Stamp decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != FORMAT) {
            return null;
        }
        Tid tid = new Tid(in.getLong());
        return new Stamp(tid, hash(in), hash(in));
    }

    private static Bytes hash(ByteBuffer in) {
        byte[] hash = new byte[in.get()];
        in.get(hash);
        return Bytes.wrap(hash);
    }
}
