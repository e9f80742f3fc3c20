package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ForwardingStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Path;

/** A storage whose transactions take no lock and write nothing, to see what a load would do. */
record Rehearsal(Storage storage) implements ForwardingStorage {
    @Override
    public StorageTransaction begin(Bytes user, Bytes description, Bytes extension) {
        return new Forgotten(storage);
    }

    /** The storage is the caller's. */
    @Override
    public void close() {}

    private record Forgotten(Storage storage) implements StorageTransaction {
        @Override
        public Snapshot current() throws IOException {
            return storage.snapshot();
        }

        @Override
        public void store(Oid oid, Tid baseTid, Bytes data) {}

        @Override
        public void storeBlob(Oid oid, Tid baseTid, Bytes data, Path file) {}

        @Override
        public void vote() {}

        @Override
        public Tid finish() {
            return Tid.NONE;
        }

        @Override
        public void close() {}
    }
}
