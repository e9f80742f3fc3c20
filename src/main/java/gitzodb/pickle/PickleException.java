package gitzodb.pickle;

import java.io.IOException;

/** A pickle that cannot be read; says the offset in bytes from the start of the data and, where known, the opcode. */
public final class PickleException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    public PickleException(int offset, String message) {
        super(message + " at offset " + offset);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
