package gitzodb.zodb;

/** The storage cannot be written. */
public final class ReadOnlyStorageException extends StorageException {
    private static final long serialVersionUID = 1L;

    public ReadOnlyStorageException(String message) {
        super(message);
    }
}
