package gitzodb.zodb;

import java.io.IOException;

/** What a storage refuses or cannot do. */
public class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }
}
