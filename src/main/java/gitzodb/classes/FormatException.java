package gitzodb.classes;

import java.io.IOException;

/** What the tree says of an object cannot be stored. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }
}
