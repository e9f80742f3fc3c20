package gitzodb.zodb;

import java.io.IOException;

/** A state that is too deep or too large to be walked or shown; the message says which limit and where. */
public final class StateException extends IOException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }
}
