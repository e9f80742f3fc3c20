package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.nio.ByteBuffer;

/**
 * A transaction id: 8 bytes, big-endian, compared as unsigned, growing from transaction to transaction. The upper half
 * counts minutes in a calendar of months of 31 days since 1900, the lower half is the part of the minute in units of
 * 60/2^32 seconds (zodb-formats §1.4).
 */
public record Tid(long value) implements Comparable<Tid> {
    /** "No revision yet". */
    public static final Tid NONE = new Tid(0);

    /** Reads exactly 8 bytes. */
    public static Tid read(Bytes bytes) {
        return new Tid(bytes.buffer().getLong());
    }

    public Bytes bytes() {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Returns 16 hexadecimal digits, as in the trailer {@code Zodb-Tid}. */
    public String hex() {
        return java.util.HexFormat.of().toHexDigits(value);
    }

    @Override
    public int compareTo(Tid other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
