package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link MemoryStorage} at one transaction. */
record MemorySnapshot(MemoryStorage storage, Tid tid) implements Snapshot {
    @Override
    public Optional<LoadedRecord> load(Oid oid) {
        Map.Entry<Tid, Bytes> revision = storage.revisions(oid).floorEntry(tid);
        return revision == null
                ? Optional.empty()
                : Optional.of(new LoadedRecord(oid, revision.getKey(), revision.getValue()));
    }

    @Override
    public Snapshot at(Tid earlier) {
        Tid held = storage.transactions().floorKey(earlier.compareTo(tid) < 0 ? earlier : tid);
        return new MemorySnapshot(storage, held == null ? Tid.NONE : held);
    }

    @Override
    public Oid highestOid() {
        return storage.objects().descendingMap().entrySet().stream()
                .filter(object -> object.getValue().floorKey(tid) != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Oid.ROOT);
    }

    @Override
    public void forEach(RecordVisitor visitor) throws IOException {
        for (Oid oid : List.copyOf(storage.objects().keySet())) {
            Optional<LoadedRecord> loaded = load(oid);
            if (loaded.isPresent()) {
                visitor.visit(loaded.get());
            }
        }
    }

    @Override
    public List<StoredTransaction> transactionsSince(Tid since) {
        return since.compareTo(tid) >= 0
                ? List.of()
                : List.copyOf(
                        storage.transactions().subMap(since, false, tid, true).values());
    }

    @Override
    public Optional<StoredTransaction> transaction(Tid wanted) {
        return wanted.compareTo(tid) > 0
                ? Optional.empty()
                : Optional.ofNullable(storage.transactions().get(wanted));
    }

    @Override
    public Optional<Path> blob(Oid oid, Tid revision) {
        return storage.blob(oid, revision);
    }

    @Override
    public void close() {}
}
