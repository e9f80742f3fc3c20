package gitzodb.files;

import gitzodb.bytes.Bytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes files that are there whole or not at all, whatever happens meanwhile: a new file in the same folder, synced,
 * renamed over the old one, and the folder synced. A symbolic link is replaced, not followed.
 */
public final class AtomicFile {
    private static final int BUFFER = 64 * 1024;

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream target) throws IOException;
    }

    public static void write(Path file, Bytes content) throws IOException {
        write(file, content::writeTo);
    }

    /** Writes a file of any size. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = folder(file);
        Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
        try {
            fill(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        syncFolder(folder);
    }

    /** Writes the file unless it has this content already; returns whether it wrote. */
    public static boolean writeIfChanged(Path file, Bytes content) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.length()
                && Arrays.equals(Files.readAllBytes(file), content.toArray())) {
            return false;
        }
        write(file, content);
        return true;
    }

    /** Makes what was created, renamed or deleted in a folder durable. Windows has no such call and needs none. */
    public static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }

    private static void fill(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        return folder;
    }
}
