package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** A {@code Data.fs} open for reading; closed when the last of those who hold it has let go. */
final class DataFile implements Closeable {
    static final int MAGIC_SIZE = 4;

    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 10;

    private final Path path;
    private final FileChannel channel;
    private final String identity;
    private final Generation generation;
    private int holders = 1;

    private DataFile(Path path, FileChannel channel, String identity) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
        this.generation = readMagic();
    }

    /** Opens the file, also in the moment when a pack puts a new one in its place. */
    static DataFile open(Path path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return openOnce(path);
            } catch (NoSuchFileException e) {
                boolean packing = Files.exists(FileNames.packed(path));
                if (!packing || attempt == ATTEMPTS) {
                    throw missing(path, packing);
                }
                pause(path);
            }
        }
    }

    private static DataFile openOnce(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new StorageException(path + " is not a file; name a Data.fs or the folder of a site");
        }
        for (int attempt = 1; ; attempt++) {
            String before = identity(path);
            FileChannel channel = FileChannel.open(path);
            try {
                if (before.equals(identity(path))) {
                    return new DataFile(path, channel, before);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
            if (attempt == ATTEMPTS) {
                throw new StorageException(path + " is replaced again and again; try again later");
            }
        }
    }

    /** Returns what tells the file of this name from another one of the same name: device and inode. */
    static String identity(Path path) throws IOException {
        return Objects.toString(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    private Generation readMagic() throws IOException {
        if (channel.size() == 0) {
            return Generation.PYTHON3;
        }
        if (channel.size() < MAGIC_SIZE) {
            throw corrupt(0, "no FileStorage: fewer than 4 bytes");
        }
        Bytes magic = Bytes.wrap(read(0, ByteBuffer.allocate(MAGIC_SIZE)).array());
        return FileNames.generation(magic)
                .orElseThrow(() -> corrupt(0, "no FileStorage: it starts with " + magic.hex() + ", not FS21 or FS30"));
    }

    Path path() {
        return path;
    }

    String identity() {
        return identity;
    }

    Generation generation() {
        return generation;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Fills the buffer from a position on and returns it, flipped. */
    ByteBuffer read(long position, ByteBuffer target) throws IOException {
        long from = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, from);
            if (count < 0) {
                throw corrupt(from, "the file ends here, but " + target.remaining() + " more bytes were there before");
            }
            from += count;
        }
        return target.flip();
    }

    CorruptStorageException corrupt(long position, String what) {
        return new CorruptStorageException(path + ", byte " + position + ": " + what);
    }

    DataFile hold() {
        holders++;
        return this;
    }

    @Override
    public void close() throws IOException {
        holders--;
        if (holders == 0) {
            channel.close();
        }
    }

    private static StorageException missing(Path path, boolean packing) {
        return new StorageException(
                packing
                        ? path + " is missing and " + FileNames.packed(path)
                                + " is there: a pack was interrupted; rename the one to the other"
                        : path + " does not exist");
    }

    private static void pause(Path path) throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for " + path);
        }
    }
}
