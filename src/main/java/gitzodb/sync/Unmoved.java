package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ForwardingStorage;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;

/**
 * A storage that is written only while it is as it was fetched. That each object is checked by itself is not enough:
 * Zope may have deleted the folder of an object that is about to be changed.
 */
record Unmoved(Storage storage, Binding fetched) implements ForwardingStorage {
    private static final int ATTEMPTS = 4;

    /** Something that starts with a fetch. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /**
     * Runs it again if the database moved between fetch and write.
     *
     * @throws BindingBusyException if it moves all the time
     */
    static <T> T retry(Attempt<T> attempt) throws IOException {
        for (int left = ATTEMPTS; ; left--) {
            try {
                return attempt.run();
            } catch (MovedException moved) {
                if (left == 1) {
                    throw new BindingBusyException(String.valueOf(moved.getMessage()));
                }
            }
        }
    }

    @Override
    public StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException {
        StorageTransaction transaction = storage.begin(user, description, extension);
        try {
            requireUnmoved(transaction);
            return transaction;
        } catch (IOException | RuntimeException e) {
            transaction.close();
            throw e;
        }
    }

    private void requireUnmoved(StorageTransaction transaction) throws IOException {
        try (Snapshot now = transaction.current()) {
            if (!now.tid().equals(fetched.tid()) || !holds(now, fetched)) {
                throw new MovedException(
                        storage.description() + " is written to all the time; try again when it is quieter");
            }
        }
    }

    /** Returns whether a database holds the transaction that was fetched last, or none if none was. */
    static boolean holds(Snapshot now, Binding fetched) throws IOException {
        return fetched.tid().equals(Tid.NONE) || Fetch.isKnown(now, fetched);
    }

    /** The storage is the caller's. */
    @Override
    public void close() {}
}
