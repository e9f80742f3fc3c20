package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Puts the blob files of a transaction into place, durably, and takes them back (zodb-formats §2.3). */
final class BlobWriter {
    private final BlobFolder folder;
    private final List<Path> placed = new ArrayList<>();

    BlobWriter(BlobFolder folder) {
        this.folder = folder;
    }

    /** Copies a file into place; the copy can be read by those who can read the folder, and written by nobody. */
    void place(Oid oid, Tid tid, Path content) throws IOException {
        Path target = folder.path(oid, tid);
        Path parent = parent(target);
        Path waiting = folder.root().resolve("tmp");
        create(folder.root());
        mark();
        create(waiting);
        folder.find(oid, tid);
        create(parent);
        Path copy = Files.createTempFile(waiting, "BUC", ".tmp");
        try {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            takeReadBits(parent, copy);
            placed.add(target);
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(copy);
        }
        AtomicFile.syncFolder(parent);
    }

    void takeBack() throws IOException {
        for (Path path : placed) {
            Files.deleteIfExists(path);
        }
    }

    private void mark() throws IOException {
        Path marker = folder.root().resolve(BlobFolder.MARKER);
        if (!Files.exists(marker)) {
            AtomicFile.write(marker, Bytes.utf8(folder.layout().marker()));
        }
    }

    /** Creates a folder and those above it, each durable. */
    private static void create(Path wanted) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = wanted.toAbsolutePath(); !Files.isDirectory(at); at = parent(at)) {
            missing.push(at);
        }
        for (Path path : missing) {
            Files.createDirectory(path);
            AtomicFile.syncFolder(parent(path));
        }
    }

    private static void takeReadBits(Path parent, Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> bits = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
        bits.retainAll(Files.getPosixFilePermissions(parent));
        Files.setPosixFilePermissions(file, bits);
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no folder holds " + path);
        }
        return parent;
    }
}
