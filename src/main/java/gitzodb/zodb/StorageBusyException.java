package gitzodb.zodb;

/** Another process holds the storage; trying again later may help. */
public final class StorageBusyException extends StorageException {
    private static final long serialVersionUID = 1L;

    public StorageBusyException(String message) {
        super(message);
    }
}
