package gitzodb.cli;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.sync.Progress;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.ForwardingStorage;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Databases that say how many objects were read and written so far: whatever takes long does one or the other. */
record WatchedStorages(StorageOpener storages, Progress progress) implements StorageOpener {
    @Override
    public Storage open(String url, Optional<Path> index) throws IOException {
        return new Watched(storages.open(url, index), new Counts(progress));
    }

    @Override
    public Storage create(String url, Generation generation) throws IOException {
        return new Watched(storages.create(url, generation), new Counts(progress));
    }

    @Override
    public String absolute(String url) throws IOException {
        return storages.absolute(url);
    }

    private record Counts(Progress progress, AtomicLong reads, AtomicLong writes) {
        Counts(Progress progress) {
            this(progress, new AtomicLong(), new AtomicLong());
        }

        void read() {
            progress.advanced("reading objects", reads.incrementAndGet(), 0);
        }

        void wrote() {
            progress.advanced("writing objects", writes.incrementAndGet(), 0);
        }
    }

    private record Watched(Storage storage, Counts counts) implements ForwardingStorage {
        @Override
        public Snapshot snapshot() throws IOException {
            return new WatchedSnapshot(storage.snapshot(), counts);
        }

        @Override
        public StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException {
            return new WatchedTransaction(storage.begin(user, description, extension), counts);
        }
    }

    private record WatchedSnapshot(Snapshot snapshot, Counts counts) implements Snapshot {
        @Override
        public Tid tid() {
            return snapshot.tid();
        }

        @Override
        public Optional<LoadedRecord> load(Oid oid) throws IOException {
            counts.read();
            return snapshot.load(oid);
        }

        @Override
        public Snapshot at(Tid tid) throws IOException {
            return new WatchedSnapshot(snapshot.at(tid), counts);
        }

        @Override
        public Oid highestOid() throws IOException {
            return snapshot.highestOid();
        }

        @Override
        public void forEach(RecordVisitor visitor) throws IOException {
            snapshot.forEach(loaded -> {
                counts.read();
                visitor.visit(loaded);
            });
        }

        @Override
        public List<StoredTransaction> transactionsSince(Tid since) throws IOException {
            return snapshot.transactionsSince(since);
        }

        @Override
        public Optional<StoredTransaction> transaction(Tid tid) throws IOException {
            return snapshot.transaction(tid);
        }

        @Override
        public Optional<Path> blob(Oid oid, Tid tid) throws IOException {
            return snapshot.blob(oid, tid);
        }

        @Override
        public void close() throws IOException {
            snapshot.close();
        }
    }

    private record WatchedTransaction(StorageTransaction transaction, Counts counts) implements StorageTransaction {
        @Override
        public Snapshot current() throws IOException {
            return transaction.current();
        }

        @Override
        public void store(Oid oid, Tid baseTid, Bytes data) throws IOException {
            counts.wrote();
            transaction.store(oid, baseTid, data);
        }

        @Override
        public void storeBlob(Oid oid, Tid baseTid, Bytes data, Path file) throws IOException {
            counts.wrote();
            transaction.storeBlob(oid, baseTid, data, file);
        }

        @Override
        public void vote() throws IOException {
            transaction.vote();
        }

        @Override
        public Tid finish() throws IOException {
            return transaction.finish();
        }

        @Override
        public void close() throws IOException {
            transaction.close();
        }
    }
}
