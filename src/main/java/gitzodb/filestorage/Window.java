package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a file before a given end through a buffer that follows what is asked for. Not thread-safe. */
final class Window {
    /** For records here and there. */
    static final int SMALL = 4 * 1024;
    /** For one record after the other. */
    static final int LARGE = 256 * 1024;

    private final DataFile file;
    private final long end;
    private final int size;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long start;

    Window(DataFile file, long end, int size) {
        this.file = file;
        this.end = end;
        this.size = size;
    }

    DataFile file() {
        return file;
    }

    long end() {
        return end;
    }

    /** Returns {@code length} bytes as a buffer that holds until the next call. */
    ByteBuffer at(long position, int length) throws IOException {
        if (position < 0 || length > end - position) {
            throw file.corrupt(position, length + " bytes are needed here, but the data ends at " + end);
        }
        if (position < start || position + length > start + buffer.limit()) {
            fill(position, length);
        }
        int from = (int) (position - start);
        return buffer.slice(from, length);
    }

    long number(long position) throws IOException {
        return at(position, Long.BYTES).getLong();
    }

    /** Returns a copy of {@code length} bytes, of which the caller knows that they are before the end. */
    Bytes bytes(long position, int length) throws IOException {
        byte[] copy = new byte[length];
        if (length > size) {
            file.read(position, ByteBuffer.wrap(copy));
        } else {
            at(position, length).get(copy);
        }
        return Bytes.wrap(copy);
    }

    private void fill(long position, int length) throws IOException {
        int wanted = (int) Math.min(Math.max(size, length), end - position);
        ByteBuffer fresh = buffer.capacity() >= wanted ? buffer.clear() : ByteBuffer.allocate(Math.max(size, length));
        start = position;
        buffer = ByteBuffer.allocate(0);
        buffer = file.read(position, fresh.limit(wanted));
    }
}
