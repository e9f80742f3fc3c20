package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The records of a transaction until the vote: in memory, and from some size on in {@code Data.fs.tmp}. */
final class RecordSpool implements Closeable {
    private static final int IN_MEMORY = 4 << 20;

    private final Path path;
    private ByteBuffer memory = ByteBuffer.allocate(16 << 10);
    private @Nullable FileChannel channel;
    private long spooled;

    RecordSpool(Path path) {
        this.path = path;
    }

    /** Returns the number of bytes added. */
    long size() {
        return spooled + memory.position();
    }

    void add(RecordHeader header, Bytes data) throws IOException {
        reserve(RecordHeader.SIZE);
        header.write(memory);
        if (data.length() > IN_MEMORY) {
            spill();
            write(data.buffer());
        } else {
            reserve(data.length());
            memory.put(data.buffer());
        }
    }

    /** Writes everything to a position of another file and returns the position after it. */
    long copyTo(FileChannel target, long position) throws IOException {
        long at = position;
        FileChannel source = channel;
        for (long from = 0; source != null && from < spooled; ) {
            target.position(at);
            long count = source.transferTo(from, spooled - from, target);
            if (count <= 0) {
                throw new IOException(path + " became shorter while it was copied");
            }
            from += count;
            at += count;
        }
        ByteBuffer rest = memory.duplicate().flip();
        while (rest.hasRemaining()) {
            at += target.write(rest, at);
        }
        return at;
    }

    private void reserve(int length) throws IOException {
        if (memory.remaining() >= length) {
            return;
        }
        int needed = memory.position() + length;
        if (needed > IN_MEMORY) {
            spill();
            needed = length;
        }
        if (memory.capacity() < needed) {
            memory = ByteBuffer.allocate(Math.max(needed, Math.min(IN_MEMORY, memory.capacity() * 4)))
                    .put(memory.flip());
        }
    }

    private void spill() throws IOException {
        ByteBuffer full = memory.flip();
        write(full);
        memory.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            channel = open;
        }
        while (bytes.hasRemaining()) {
            spooled += open.write(bytes, spooled);
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            open.close();
            Files.deleteIfExists(path);
        }
    }
}
