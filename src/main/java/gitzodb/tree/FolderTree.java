package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
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

/** A tree of files in a folder on disk. No symbolic link is followed, neither a file nor a folder on the way to one. */
public final class FolderTree implements FileTree {
    private static final long MAX_READ = 1L << 30;

    private final Path folder;

    public FolderTree(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Entry> list(String path) throws IOException {
        Optional<Entry> found = find(path);
        if (found.isEmpty() || found.get().kind() != Kind.FOLDER) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(resolve(folder, path))) {
            for (Path name : names) {
                entries.add(new Entry(name.getFileName().toString(), kind(name)));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        Path at = folder;
        Kind kind = Files.isDirectory(folder) ? Kind.FOLDER : Kind.OTHER;
        for (String name : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            if (kind != Kind.FOLDER) {
                return Optional.empty();
            }
            at = resolve(at, name);
            try {
                kind = kind(at);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        return kind == Kind.OTHER && path.isEmpty()
                ? Optional.empty()
                : Optional.of(new Entry(path.substring(path.lastIndexOf('/') + 1), kind));
    }

    @Override
    public Bytes read(String path) throws IOException {
        Path file = file(path);
        if (Files.size(file) > MAX_READ) {
            throw new IOException(path + ": larger than " + MAX_READ + " bytes");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Bytes.wrap(in.readAllBytes());
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(file(path), LinkOption.NOFOLLOW_LINKS);
    }

    private Path file(String path) throws IOException {
        Entry entry = find(path).orElseThrow(() -> new NoSuchFileException(path));
        if (entry.kind() != Kind.FILE) {
            throw new IOException(path + ": not a file");
        }
        return resolve(folder, path);
    }

    private static Kind kind(Path path) throws IOException {
        BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return is.isRegularFile() ? Kind.FILE : is.isDirectory() ? Kind.FOLDER : Kind.OTHER;
    }

    /** Resolves a path of a tree, whose segments are names and nothing else. */
    static Path resolve(Path folder, String path) throws IOException {
        Path at = folder;
        for (String name : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new IOException(path + ": not a path in a tree");
            }
            try {
                at = at.resolve(name);
            } catch (java.nio.file.InvalidPathException e) {
                throw new IOException(
                        path + ": this system cannot hold the name (" + e.getReason() + "); use a UTF-8 locale", e);
            }
        }
        return at;
    }
}
