package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.util.Arrays;

/** Bytes being written; numbers little-endian but where said otherwise. */
final class PickleOutput {
    private byte[] array = new byte[512];
    private int length;

    Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(array, length));
    }

    void opcode(Opcode opcode) {
        u8(opcode.code());
    }

    /** Writes the low 8 bits. */
    void u8(int value) {
        room(1);
        array[length++] = (byte) value;
    }

    void u16(int value) {
        u8(value);
        u8(value >> 8);
    }

    void i32(int value) {
        u16(value);
        u16(value >> 16);
    }

    void i64(long value) {
        i32((int) value);
        i32((int) (value >> 32));
    }

    void i64BigEndian(long value) {
        i64(Long.reverseBytes(value));
    }

    void bytes(Bytes bytes) {
        room(bytes.length());
        bytes.copyTo(array, length);
        length += bytes.length();
    }

    /** Writes a count of 32 bits and the bytes. */
    void counted32(Bytes bytes) {
        i32(bytes.length());
        bytes(bytes);
    }

    private void room(int count) {
        int needed = Math.addExact(length, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * array.length, needed)));
        }
    }
}
