package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import java.io.Closeable;
import java.io.IOException;

/** A database. Not thread-safe; any number of processes may have it open. */
public interface Storage extends Closeable {
    Generation generation();

    /** Returns what to call this storage in a message: its path or URL, without credentials. */
    String description();

    /** Returns the database as it is now; it does not change while others write, pack or replace it. */
    Snapshot snapshot() throws IOException;

    /**
     * Takes the right to write, if nobody has it.
     *
     * @param user at most 65,535 bytes, as description and extension
     * @throws StorageBusyException if another process writes or holds the storage
     * @throws ReadOnlyStorageException if this storage cannot be written
     */
    StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException;

    @Override
    void close() throws IOException;
}
