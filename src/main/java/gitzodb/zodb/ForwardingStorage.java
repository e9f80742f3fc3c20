package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import java.io.IOException;

/** A storage that passes on to another what it does not do in its own way. */
public interface ForwardingStorage extends Storage {
    /** Returns the other storage. */
    Storage storage();

    @Override
    default Generation generation() {
        return storage().generation();
    }

    @Override
    default String description() {
        return storage().description();
    }

    @Override
    default Snapshot snapshot() throws IOException {
        return storage().snapshot();
    }

    @Override
    default StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException {
        return storage().begin(user, description, extension);
    }

    @Override
    default void close() throws IOException {
        storage().close();
    }
}
