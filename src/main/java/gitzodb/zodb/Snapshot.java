package gitzodb.zodb;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A database at one transaction. */
public interface Snapshot extends Closeable {
    /** Returns the last transaction, {@link Tid#NONE} if there is none. */
    Tid tid();

    /** Returns the current revision of an object; empty if it does not exist or was un-created. */
    Optional<LoadedRecord> load(Oid oid) throws IOException;

    /**
     * Returns the same database at an earlier transaction, or at this one; shares the resources of this snapshot, but may
     * be read by another thread at the same time.
     */
    Snapshot at(Tid tid) throws IOException;

    /** Returns the highest oid in use, {@link Oid#ROOT} if there is none. */
    Oid highestOid() throws IOException;

    /** Calls the visitor for every object that exists, in an order of the storage's choice. */
    void forEach(RecordVisitor visitor) throws IOException;

    /** Returns the transactions after {@code since} up to this snapshot, oldest first. */
    List<StoredTransaction> transactionsSince(Tid since) throws IOException;

    /** Returns one transaction, empty if the storage does not hold it (packed away, replaced, never there). */
    Optional<StoredTransaction> transaction(Tid tid) throws IOException;

    /** Returns the file of a blob; empty if it is missing. The file is not to be changed. */
    Optional<Path> blob(Oid oid, Tid tid) throws IOException;

    @Override
    void close() throws IOException;

    /** Takes one record after the other. */
    @FunctionalInterface
    interface RecordVisitor {
        void visit(LoadedRecord loaded) throws IOException;
    }
}
