package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.nio.ByteBuffer;

/** An object id: 8 bytes, big-endian, compared as unsigned. */
public record Oid(long value) implements Comparable<Oid> {
    public static final Oid ROOT = new Oid(0);

    /** Reads exactly 8 bytes. */
    public static Oid read(Bytes bytes) {
        return new Oid(bytes.buffer().getLong());
    }

    public Bytes bytes() {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    public Oid next() {
        return new Oid(value + 1);
    }

    @Override
    public int compareTo(Oid other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** Returns {@code 0x} and 16 hexadecimal digits. */
    @Override
    public String toString() {
        return "0x" + java.util.HexFormat.of().toHexDigits(value);
    }
}
