package gitzodb.sync;

import java.io.IOException;

/** What a command will not do because something could be lost or is not as it must be; nothing was changed. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message says what, where and what to do now, in one line. */
    public RefusedException(String message) {
        super(message);
    }
}
