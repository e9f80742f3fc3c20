package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A tree of files in a folder on disk. No symbolic link is followed, neither a file nor a folder on the way to one. */
public final class FolderTree implements FileTree {
    private static final int MAX_READ = 1 << 30;
    private static final Comparator<Entry> BY_NAME = Comparator.comparing(Entry::name);
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path folder;

    /** The folder last found; neither it nor a folder above it is a link. */
    private String found = "";

    /** The folder last listed, and what was in it: a file of it is opened without asking again what it is. */
    private String listed = "";

    private List<Entry> listing = List.of();

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
                String composed = NameCodec.composed(
                        name.getFileName().toString(), other -> Files.exists(name.resolveSibling(other)));
                entries.add(new Entry(composed, kind(name)));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(BY_NAME);
        listed = path;
        listing = List.copyOf(entries);
        return listing;
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        if (path.isEmpty()) {
            return Files.isDirectory(folder) ? Optional.of(new Entry("", Kind.FOLDER)) : Optional.empty();
        }
        for (int end = known(path); ; ) {
            end = path.indexOf('/', end + 1);
            String at = end < 0 ? path : path.substring(0, end);
            Kind kind;
            try {
                kind = kind(resolve(folder, at));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            if (kind == Kind.FOLDER) {
                found = at;
            }
            if (end < 0) {
                return Optional.of(new Entry(path.substring(path.lastIndexOf('/') + 1), kind));
            }
            if (kind != Kind.FOLDER) {
                return Optional.empty();
            }
        }
    }

    /** Returns how much of a path, up to a slash, leads to a folder that was found; -1 if nothing does. */
    private int known(String path) {
        int common = 0;
        int end = Math.min(found.length(), path.length());
        while (common < end && found.charAt(common) == path.charAt(common)) {
            common++;
        }
        return common == found.length() && common < path.length() && path.charAt(common) == '/'
                ? common
                : path.lastIndexOf('/', common - 1);
    }

    @Override
    public Bytes read(String path) throws IOException {
        return read(path, MAX_READ)
                .orElseThrow(() -> new TreeException(
                        path, "larger than " + MAX_READ + " bytes; only a blob, a File or an Image can have so much"));
    }

    @Override
    public Optional<Bytes> read(String path, int most) throws IOException {
        Path file = file(path);
        try (SeekableByteChannel in = Files.newByteChannel(file, READ)) {
            if (in.size() > most) {
                return Optional.empty();
            }
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(in.size()));
            while (content.hasRemaining() && in.read(content) >= 0) {}
            // One that has shrunk meanwhile.
            return Optional.of(Bytes.wrap(content.array()).slice(0, content.position()));
        }
    }

    @Override
    public Optional<FileTree> twin() {
        return Optional.of(new FolderTree(folder));
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(file(path), LinkOption.NOFOLLOW_LINKS);
    }

    private Path file(String path) throws IOException {
        if (isListedFile(path)) {
            return resolve(folder, path);
        }
        Entry entry = find(path).orElseThrow(() -> new NoSuchFileException(path));
        if (entry.kind() != Kind.FILE) {
            throw new TreeException(path, "not a file; move it away");
        }
        return resolve(folder, path);
    }

    private boolean isListedFile(String path) {
        int slash = path.lastIndexOf('/');
        if (Math.max(0, slash) != listed.length() || !path.startsWith(listed)) {
            return false;
        }
        int at = Collections.binarySearch(listing, new Entry(path.substring(slash + 1), Kind.FILE), BY_NAME);
        return at >= 0 && listing.get(at).kind() == Kind.FILE;
    }

    private static Kind kind(Path path) throws IOException {
        BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return is.isRegularFile() ? Kind.FILE : is.isDirectory() ? Kind.FOLDER : Kind.OTHER;
    }

    /** Resolves a path of a tree, whose segments are names and nothing else. */
    static Path resolve(Path folder, String path) throws IOException {
        for (int start = 0, end; !path.isEmpty() && start <= path.length(); start = end + 1) {
            end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            if (!isName(path, start, end)) {
                throw new TreeException(path, "not a path in a tree");
            }
        }
        try {
            return folder.resolve(path);
        } catch (java.nio.file.InvalidPathException e) {
            throw new IOException(
                    path + ": this system cannot hold the name (" + e.getReason() + "); use a UTF-8 locale", e);
        }
    }

    private static boolean isName(String path, int start, int end) {
        int length = end - start;
        boolean dots = (length == 1 || length == 2) && path.startsWith("..".substring(0, length), start);
        int zero = path.indexOf('\0', start);
        return length > 0 && !dots && (zero < 0 || zero >= end);
    }
}
