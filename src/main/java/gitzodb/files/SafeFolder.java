package gitzodb.files;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder in which no path leads out: segments are names and nothing else, and no symbolic link below the root is ever
 * followed, whether it is a file or a folder on the way. The root itself may be reached through links. Paths have
 * {@code /} between segments; the empty path is the root.
 */
public final class SafeFolder {
    /** What stands at a path. */
    public enum Kind {
        FILE,
        FOLDER,
        /** A symbolic link, a pipe, a device. */
        OTHER
    }

    /** One name in a folder. */
    public record Entry(String name, Kind kind) {}

    private final Path root;

    public SafeFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** Returns the names in a folder in the order of their UTF-16 units; none if there is no such folder. */
    public List<Entry> list(String folder) throws IOException {
        if (!kind(folder).equals(Optional.of(Kind.FOLDER))) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(resolve(folder))) {
            for (Path path : paths) {
                Optional<Kind> kind = kindOf(path);
                kind.ifPresent(found -> entries.add(new Entry(path.getFileName().toString(), found)));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    /** Returns what stands at a path, empty if nothing does or a parent is no folder. */
    public Optional<Kind> kind(String path) throws IOException {
        Path at = root;
        Optional<Kind> kind = Optional.of(Kind.FOLDER);
        for (String segment : segments(path)) {
            if (!kind.equals(Optional.of(Kind.FOLDER))) {
                return Optional.empty();
            }
            at = at.resolve(segment);
            kind = kindOf(at);
        }
        return at.equals(root) && !Files.isDirectory(root) ? Optional.empty() : kind;
    }

    public Bytes read(String path) throws IOException {
        return Bytes.wrap(Files.readAllBytes(file(path)));
    }

    public InputStream open(String path) throws IOException {
        return Files.newInputStream(file(path), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Returns the path of a file to read.
     *
     * @throws IOException if there is none, or something else stands there
     */
    public Path file(String path) throws IOException {
        if (!kind(path).equals(Optional.of(Kind.FILE))) {
            throw new IOException(root.resolve(path) + " is not a plain file, or a link leads there");
        }
        return resolve(path);
    }

    /** Writes a file whole, and the folders it needs; returns false and writes nothing if it has this content. */
    public boolean write(String path, Bytes content) throws IOException {
        return AtomicFile.writeIfChanged(target(path), content);
    }

    /**
     * Returns the path of a file to write, and makes the folders it needs.
     *
     * @throws IOException if a parent is a link or a file, or the file is anything but a plain one
     */
    public Path target(String path) throws IOException {
        List<String> segments = segments(path);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("the root is no file");
        }
        Files.createDirectories(root);
        Path at = root;
        for (String segment : segments.subList(0, segments.size() - 1)) {
            at = at.resolve(segment);
            Optional<Kind> kind = kindOf(at);
            if (kind.isEmpty()) {
                Files.createDirectory(at);
            } else if (kind.get() != Kind.FOLDER) {
                throw new IOException(at + " is not a plain folder; move it away");
            }
        }
        Path file = at.resolve(segments.getLast());
        Optional<Kind> kind = kindOf(file);
        if (kind.isPresent() && kind.get() != Kind.FILE) {
            throw new IOException(file + " is not a plain file; move it away");
        }
        return file;
    }

    /** Deletes a file, or a link itself, and the folders that are empty then; nothing if it is not there. */
    public void delete(String path) throws IOException {
        List<String> segments = segments(path);
        Optional<Kind> kind = segments.isEmpty() ? Optional.empty() : kind(path);
        if (kind.isEmpty()) {
            return;
        }
        if (kind.get() == Kind.FOLDER) {
            throw new IOException(resolve(path) + " is a folder, not a file");
        }
        Path at = resolve(path);
        Files.delete(at);
        for (at = at.getParent(); at != null && !at.equals(root) && isEmpty(at); at = at.getParent()) {
            Files.delete(at);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    private Path resolve(String path) {
        Path at = root;
        for (String segment : segments(path)) {
            at = at.resolve(segment);
        }
        return at;
    }

    private List<String> segments(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        List<String> segments = List.of(path.split("/", -1));
        for (String segment : segments) {
            boolean odd = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            boolean separates = segment.contains(root.getFileSystem().getSeparator()) || segment.indexOf('\0') >= 0;
            if (odd || separates) {
                throw new IllegalArgumentException("not a path inside of a folder: " + path);
            }
        }
        return segments;
    }

    private static Optional<Kind> kindOf(Path path) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(found.isRegularFile() ? Kind.FILE : found.isDirectory() ? Kind.FOLDER : Kind.OTHER);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
