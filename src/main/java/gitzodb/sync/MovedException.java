package gitzodb.sync;

import java.io.IOException;

/** The database is not as it was fetched any more. */
final class MovedException extends IOException {
    private static final long serialVersionUID = 1L;

    MovedException(String message) {
        super(message);
    }
}
