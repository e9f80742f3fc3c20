package gitzodb.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing buffer. Numbers are unsigned, seven bits a byte, the lowest first, the high bit set on all but the last byte;
 * byte strings have their length before them.
 */
final class CodecBuffer {
    private byte[] bytes = new byte[128];
    private int length;

    void put(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void putNumber(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put(((int) rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    void putLong(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, value);
        length += Long.BYTES;
    }

    void putBytes(byte[] value) {
        putNumber(value.length);
        putRaw(value);
    }

    void putRaw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    static byte[] bytes(ByteBuffer in) {
        byte[] value = new byte[(int) number(in)];
        in.get(value);
        return value;
    }

    static void skip(ByteBuffer in) {
        int count = (int) number(in);
        in.position(in.position() + count);
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
