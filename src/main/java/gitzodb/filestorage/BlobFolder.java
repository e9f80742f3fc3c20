package gitzodb.filestorage;

import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StorageException;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A folder of blob files (zodb-formats §2.1). It need not exist; then every blob is missing. */
record BlobFolder(Path root, BlobLayout layout) {
    /** Holds the name of the layout. */
    static final String MARKER = ".layout";

    private static final int LONGEST_NAME = 32;

    /** Opens the folder that was named, else the one that stands where sites have it. */
    static BlobFolder open(Path dataFs, Optional<Path> named) throws IOException {
        Path root = named.orElseGet(() -> usual(dataFs));
        return new BlobFolder(root, layout(root));
    }

    private static Path usual(Path dataFs) {
        Path beside = dataFs.toAbsolutePath().resolveSibling("blobs");
        Path buildout = dataFs.toAbsolutePath().resolveSibling("../blobstorage").normalize();
        return !Files.isDirectory(beside) && Files.isDirectory(buildout) ? buildout : beside;
    }

    private static BlobLayout layout(Path root) throws IOException {
        Path marker = root.resolve(MARKER);
        if (!Files.exists(marker, LinkOption.NOFOLLOW_LINKS)) {
            return isBare(root) ? BlobLayout.BUSHY : BlobLayout.LAWN;
        }
        if (!Files.isRegularFile(marker) || Files.size(marker) > LONGEST_NAME) {
            throw new CorruptStorageException(marker + ": not the name of a blob layout");
        }
        String name =
                gitzodb.bytes.Bytes.wrap(Files.readAllBytes(marker)).latin1().strip();
        return BlobLayout.named(name)
                .orElseThrow(() -> new StorageException(
                        root + ": the blob layout '" + name + "' is not supported; name a bushy or lawn folder"));
    }

    /** True if there is no folder, or nothing in it but names with a dot, as ZODB decides it. */
    private static boolean isBare(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns where the file of a blob is, or would be. */
    Path path(Oid oid, Tid tid) {
        return layout.folder(root, oid).resolve(BlobLayout.hex(tid.value()) + ".blob");
    }

    /**
     * Returns the file of a blob; empty if there is none.
     *
     * @throws CorruptStorageException if a symbolic link, a pipe or anything else stands where a file or folder should
     */
    Optional<Path> find(Oid oid, Tid tid) throws IOException {
        Path path = path(oid, tid);
        Path at = root;
        for (Path segment : root.relativize(path)) {
            at = at.resolve(segment);
            BasicFileAttributes found;
            try {
                found = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            boolean expected = at.equals(path) ? found.isRegularFile() : found.isDirectory();
            if (!expected) {
                throw new CorruptStorageException(at + ": not a plain " + (at.equals(path) ? "file" : "folder")
                        + ", where the blob of " + oid + " should be; put the blob itself there");
            }
        }
        return Optional.of(path);
    }
}
