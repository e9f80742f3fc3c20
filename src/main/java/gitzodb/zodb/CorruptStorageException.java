package gitzodb.zodb;

/** Bytes of a storage that break its format; the message names file and position. */
public final class CorruptStorageException extends StorageException {
    private static final long serialVersionUID = 1L;

    public CorruptStorageException(String message) {
        super(message);
    }
}
