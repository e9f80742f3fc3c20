package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A transaction being written to a {@link MemoryStorage}. */
final class MemoryTransaction implements StorageTransaction {
    private enum Stage {
        OPEN,
        VOTED,
        FINISHED,
        CLOSED
    }

    private final MemoryStorage storage;
    private final TransactionInfo info;
    private final Map<Oid, Bytes> records = new LinkedHashMap<>();
    private final List<Oid> blobs = new ArrayList<>();
    private Stage stage = Stage.OPEN;

    MemoryTransaction(MemoryStorage storage, TransactionInfo info) {
        this.storage = storage;
        this.info = info;
    }

    @Override
    public Snapshot current() {
        return storage.snapshot();
    }

    @Override
    public void store(Oid oid, Tid baseTid, Bytes data) throws ConflictException {
        require(Stage.OPEN);
        Tid current = storage.revisions(oid).isEmpty()
                ? Tid.NONE
                : storage.revisions(oid).lastKey();
        if (!current.equals(baseTid)) {
            throw new ConflictException(oid, baseTid, current);
        }
        if (records.putIfAbsent(oid, data) != null) {
            throw new IllegalArgumentException(oid + " is stored twice in one transaction");
        }
    }

    @Override
    public void storeBlob(Oid oid, Tid baseTid, Bytes data, Path file) throws IOException {
        store(oid, baseTid, data);
        storage.addBlob(oid, info.tid(), file);
        blobs.add(oid);
    }

    @Override
    public void vote() {
        require(Stage.OPEN);
        stage = Stage.VOTED;
    }

    @Override
    public Tid finish() {
        require(Stage.VOTED);
        TransactionHash hash = new TransactionHash(info);
        records.forEach(hash::record);
        List<Oid> oids = List.copyOf(new TreeSet<>(records.keySet()));
        storage.add(new StoredTransaction(info, oids, hash.finish()), records);
        stage = Stage.FINISHED;
        storage.release();
        return info.tid();
    }

    @Override
    public void close() throws IOException {
        Stage last = stage;
        stage = Stage.CLOSED;
        if (last == Stage.OPEN || last == Stage.VOTED) {
            storage.release();
            for (Oid oid : blobs) {
                storage.removeBlob(oid, info.tid());
            }
        }
    }

    private void require(Stage expected) {
        if (stage != expected) {
            throw new IllegalStateException("the transaction is " + stage + ", not " + expected);
        }
    }
}
