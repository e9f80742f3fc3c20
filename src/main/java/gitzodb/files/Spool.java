package gitzodb.files;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way, of unknown length: in memory while it is short, else in a temporary file. For one thread. The file
 * is gone when the spool is closed, unless somebody took it; at the end of the process it is gone in any case.
 */
public final class Spool extends OutputStream {
    /** The most bytes kept in memory. */
    public static final int SHORT = 1 << 22;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream(0);
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private long length;

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        length += count;
        if (out == null && length > SHORT) {
            Path made = Files.createTempFile("git-zodb", ".part");
            made.toFile().deleteOnExit();
            file = made;
            out = Files.newOutputStream(made);
            memory.writeTo(out);
            memory = new ByteArrayOutputStream(0);
        }
        if (out != null) {
            out.write(bytes, from, count);
        } else {
            memory.write(bytes, from, count);
        }
    }

    /** Returns how many bytes were written. */
    public long length() {
        return length;
    }

    /** Returns the content, if it is short. */
    public Optional<Bytes> bytes() {
        return file == null ? Optional.of(Bytes.wrap(memory.toByteArray())) : Optional.empty();
    }

    /** Returns the file of content that is not short; it is the caller's to delete from now on. */
    public Path takeFile() throws IOException {
        Path taken = file;
        if (taken == null) {
            throw new IllegalStateException("short content has no file");
        }
        closeFile();
        file = null;
        return taken;
    }

    private void closeFile() throws IOException {
        if (out != null) {
            out.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
        if (file != null) {
            Files.deleteIfExists(file);
            file = null;
        }
    }
}
