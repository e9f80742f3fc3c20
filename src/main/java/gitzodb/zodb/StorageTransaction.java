package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A transaction being written. Close without {@link #finish} takes everything back. */
public interface StorageTransaction extends Closeable {
    /** Returns the database as it is under the lock that this transaction holds. */
    Snapshot current() throws IOException;

    /**
     * Stores a new revision.
     *
     * @param baseTid the revision the change was made from; {@link Tid#NONE} for a new object
     * @throws ConflictException if the object is at another revision now
     */
    void store(Oid oid, Tid baseTid, Bytes data) throws IOException;

    /** Stores a new revision of a blob with the content of {@code file}, which is copied. */
    void storeBlob(Oid oid, Tid baseTid, Bytes data, Path file) throws IOException;

    /** Writes everything durably but invisibly; after this only {@link #finish} or close may follow. */
    void vote() throws IOException;

    /** Makes the transaction visible and durable, and returns its tid. */
    Tid finish() throws IOException;

    @Override
    void close() throws IOException;
}
