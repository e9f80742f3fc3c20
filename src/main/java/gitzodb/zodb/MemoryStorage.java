package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database in memory, for tests and demonstrations; its blobs are in a folder that it makes and deletes. */
public final class MemoryStorage implements Storage {
    private static final int MAX_TEXT = 0xffff;

    private final Generation generation;
    private final TidClock clock;
    private final NavigableMap<Tid, StoredTransaction> transactions = new TreeMap<>();
    private final NavigableMap<Oid, NavigableMap<Tid, Bytes>> objects = new TreeMap<>();
    private final Map<String, Path> blobs = new HashMap<>();
    private @Nullable Path blobFolder;
    private @Nullable MemoryTransaction writer;

    public MemoryStorage(Generation generation, InstantSource clock) {
        this.generation = generation;
        this.clock = new TidClock(clock);
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @Override
    public String description() {
        return "memory://";
    }

    @Override
    public Snapshot snapshot() {
        return new MemorySnapshot(this, lastTid());
    }

    @Override
    public StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException {
        for (Bytes text : List.of(user, description, extension)) {
            if (text.length() > MAX_TEXT) {
                throw new IllegalArgumentException("longer than 65,535 bytes: " + text);
            }
        }
        if (writer != null) {
            throw new StorageBusyException(description() + " has a transaction open; finish or close it");
        }
        TransactionInfo info = new TransactionInfo(clock.next(lastTid()), user, description, extension);
        writer = new MemoryTransaction(this, info);
        return writer;
    }

    @Override
    public void close() throws IOException {
        Path folder = blobFolder;
        if (folder == null) {
            return;
        }
        blobFolder = null;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    Tid lastTid() {
        return transactions.isEmpty() ? Tid.NONE : transactions.lastKey();
    }

    /** Returns the revisions of an object, oldest first. */
    NavigableMap<Tid, Bytes> revisions(Oid oid) {
        return objects.getOrDefault(oid, new TreeMap<>());
    }

    NavigableMap<Oid, NavigableMap<Tid, Bytes>> objects() {
        return objects;
    }

    NavigableMap<Tid, StoredTransaction> transactions() {
        return transactions;
    }

    Optional<Path> blob(Oid oid, Tid tid) {
        return Optional.ofNullable(blobs.get(blobName(oid, tid)));
    }

    void addBlob(Oid oid, Tid tid, Path content) throws IOException {
        Path folder = blobFolder;
        if (folder == null) {
            folder = Files.createTempDirectory("memory-blobs");
            blobFolder = folder;
        }
        Path file = folder.resolve(blobName(oid, tid));
        Files.copy(content, file);
        blobs.put(blobName(oid, tid), file);
    }

    void removeBlob(Oid oid, Tid tid) throws IOException {
        Path file = blobs.remove(blobName(oid, tid));
        if (file != null) {
            Files.delete(file);
        }
    }

    void add(StoredTransaction transaction, Map<Oid, Bytes> records) {
        transactions.put(transaction.tid(), transaction);
        records.forEach((oid, data) ->
                objects.computeIfAbsent(oid, unused -> new TreeMap<>()).put(transaction.tid(), data));
    }

    void release() {
        writer = null;
    }

    private static String blobName(Oid oid, Tid tid) {
        return oid + "-" + tid;
    }
}
