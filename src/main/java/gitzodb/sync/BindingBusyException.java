package gitzodb.sync;

import java.io.IOException;

/** Another command works on the same binding. */
public final class BindingBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    public BindingBusyException(String message) {
        super(message);
    }
}
