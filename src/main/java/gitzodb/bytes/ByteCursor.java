package gitzodb.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in a run of bytes that moves on with each read. A read beyond the end fails with the exception of the
 * caller's choice and does not move. Not for several threads.
 *
 * @param <X> what a read beyond the end throws
 */
public final class ByteCursor<X extends Exception> {
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final Bytes bytes;
    private final byte[] array;
    private final int start;
    private final Failure<X> failure;
    private int offset;

    public ByteCursor(Bytes bytes, Failure<X> failure) {
        this.bytes = bytes;
        this.array = bytes.array();
        this.start = bytes.start();
        this.failure = failure;
    }

    /** Returns the offset of the next byte, from the start of the bytes. */
    public int offset() {
        return offset;
    }

    public int remaining() {
        return bytes.length() - offset;
    }

    public boolean atEnd() {
        return offset == bytes.length();
    }

    /** Moves to an offset from the start of the bytes. */
    public void seek(int newOffset) throws X {
        if (newOffset < 0 || newOffset > bytes.length()) {
            throw failure.at(offset, "offset " + newOffset + " is outside of the " + bytes.length() + " bytes");
        }
        offset = newOffset;
    }

    public void skip(long count) throws X {
        take(count);
    }

    /** Reads one byte, 0 to 255. */
    public int u8() throws X {
        return array[take(1)] & 0xff;
    }

    public int u16BigEndian() throws X {
        int at = take(2);
        return ((array[at] & 0xff) << 8) | (array[at + 1] & 0xff);
    }

    public int u16LittleEndian() throws X {
        int at = take(2);
        return ((array[at + 1] & 0xff) << 8) | (array[at] & 0xff);
    }

    public int i32BigEndian() throws X {
        return (int) INT_BE.get(array, take(4));
    }

    public int i32LittleEndian() throws X {
        return Integer.reverseBytes(i32BigEndian());
    }

    public long u32BigEndian() throws X {
        return i32BigEndian() & 0xffffffffL;
    }

    public long u32LittleEndian() throws X {
        return i32LittleEndian() & 0xffffffffL;
    }

    public long i64BigEndian() throws X {
        return (long) LONG_BE.get(array, take(8));
    }

    public long i64LittleEndian() throws X {
        return Long.reverseBytes(i64BigEndian());
    }

    /** Reads that many bytes, shared and not copied; a negative count, as an unsigned one too large, is a failure. */
    public Bytes bytes(long count) throws X {
        int from = take(count) - start;
        return bytes.slice(from, offset);
    }

    /** Reads up to the next line feed, which is passed over and not part of the result. */
    public Bytes line() throws X {
        int end = start + bytes.length();
        for (int at = start + offset; at < end; at++) {
            if (array[at] == '\n') {
                Bytes line = bytes.slice(offset, at - start);
                offset = at - start + 1;
                return line;
            }
        }
        throw failure.at(offset, "no end of line");
    }

    /** Moves on and returns the index into the array. */
    private int take(long count) throws X {
        if (count < 0 || count > bytes.length() - offset) {
            throw failure.at(offset, Long.toUnsignedString(count) + " bytes wanted, " + remaining() + " left");
        }
        int at = start + offset;
        offset += (int) count;
        return at;
    }

    /** Makes the exception for a read that cannot be done. */
    @FunctionalInterface
    public interface Failure<X extends Exception> {
        /** Returns the exception; {@code offset} is that of the read, from the start of the bytes. */
        X at(int offset, String message);
    }
}
