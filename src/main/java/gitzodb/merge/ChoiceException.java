package gitzodb.merge;

import java.io.IOException;

/** A conflict that cannot be settled so. */
public final class ChoiceException extends IOException {
    private static final long serialVersionUID = 1L;

    ChoiceException(String message) {
        super(message);
    }
}
