package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes a tree into a folder on disk: each file that may have been there before is replaced whole or not at all, no
 * symbolic link is followed, and a file that has the bytes already is left alone. Where this sink made the folder, several
 * threads write at once.
 */
public final class FolderSink implements SharedSink, Closeable {
    /** Begins the name of a file being written; no name in a tree begins so. */
    private static final String UNFINISHED = ".zodb-unfinished-";

    private final Path folder;
    private final Path scratch;
    /** Folders that are there, and whether they were made here: then there is nothing in them to look for. */
    private final Map<String, Boolean> folders = new HashMap<>();

    /** The files put into folders that were not made here. */
    private final PathSet written = new PathSet();

    private FolderSink(Path folder) {
        this.folder = folder;
        this.scratch = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
    }

    /**
     * Opens a folder, made if there is none.
     *
     * @throws IOException if it is neither empty nor a tree of ours (which has {@code .zodbconfig})
     */
    public static FolderSink open(Path folder) throws IOException {
        Files.createDirectories(folder);
        requireOurs(folder);
        return new FolderSink(folder);
    }

    static void requireOurs(Path folder) throws IOException {
        FolderTree present = new FolderTree(folder);
        boolean ours = present.find(FileNames.SETTINGS).isPresent();
        if (!ours && present.list("").stream().anyMatch(e -> !e.name().startsWith(UNFINISHED))) {
            throw new IOException(
                    folder + ": not empty and not a tree of git-zodb (no .zodbconfig); choose an empty folder");
        }
    }

    @Override
    public void put(String path, Bytes content) throws IOException {
        if (isNew(path) && create(path, content::writeTo)) {
            return;
        }
        synchronized (this) {
            Path target = prepare(path);
            if (!isThere(target, content)) {
                replace(target, content::writeTo);
            }
        }
    }

    @Override
    public void put(String path, Path content) throws IOException {
        Content copy = out -> {
            try (InputStream in = Files.newInputStream(content)) {
                in.transferTo(out);
            }
        };
        if (isNew(path) && create(path, copy)) {
            return;
        }
        synchronized (this) {
            replace(prepare(path), copy);
        }
    }

    /** Writes what is to stand in a file. */
    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file where no other can have been; returns false if there is something all the same. */
    private boolean create(String path, Content content) throws IOException {
        Path file = FolderTree.resolve(folder, path);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(out);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void replace(Path target, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(
                scratch,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            content.writeTo(out);
        }
        Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized void delete(String path) throws IOException {
        if (new FolderTree(folder)
                .find(path)
                .filter(entry -> entry.kind() != FileTree.Kind.FOLDER)
                .isEmpty()) {
            return;
        }
        Path file = FolderTree.resolve(folder, path);
        Files.delete(file);
        written.remove(path);
        Path parent = file.getParent();
        String above = path;
        while (parent != null && !parent.equals(folder) && deleteEmpty(parent)) {
            above = above.substring(0, above.lastIndexOf('/'));
            folders.remove(above);
            parent = parent.getParent();
        }
    }

    /**
     * Deletes every file of the folder that was not put through this sink, after a full dump. Files whose name no tree
     * has, {@code .git} and the ignore files are kept.
     */
    public synchronized void removeStale() throws IOException {
        for (String path : stale(new FolderTree(folder), written::contains, this::isMadeHere)) {
            delete(path);
        }
        removeEmpty("");
    }

    private void removeEmpty(String path) throws IOException {
        for (FileTree.Entry entry : new FolderTree(folder).list(path)) {
            String below = path.isEmpty() ? entry.name() : path + '/' + entry.name();
            if (entry.kind() == FileTree.Kind.FOLDER && !isForeign(entry.name()) && !isMadeHere(below)) {
                removeEmpty(below);
            }
        }
        if (!path.isEmpty()) {
            deleteEmpty(FolderTree.resolve(folder, path));
        }
    }

    /** Returns the files of a folder that a full dump did not write and that a tree could have. */
    static List<String> stale(FolderTree present, Predicate<String> written) throws IOException {
        return stale(present, written, path -> false);
    }

    /** @param fresh tells the folders that hold nothing but what was written */
    private static List<String> stale(FolderTree present, Predicate<String> written, Predicate<String> fresh)
            throws IOException {
        List<String> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(""));
        while (!open.isEmpty()) {
            String path = open.pop();
            for (FileTree.Entry entry : present.list(path)) {
                String below = path.isEmpty() ? entry.name() : path + '/' + entry.name();
                if (isForeign(entry.name()) || entry.name().equals(FileNames.IGNORE)) {
                    continue;
                }
                switch (entry.kind()) {
                    case FOLDER -> {
                        if (!fresh.test(below)) {
                            open.push(below);
                        }
                    }
                    case FILE, OTHER -> {
                        if (!written.test(below)) {
                            found.add(below);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean isForeign(String name) {
        return name.startsWith(".git") && !name.equals(FileNames.ATTRIBUTES);
    }

    /** Removes what an interrupted write left. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(scratch);
    }

    private static boolean deleteEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /** Makes the folders of a file; true if nothing can be at its place, since this sink made the folder. */
    private synchronized boolean isNew(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        return slash > 0 && makeFolder(path.substring(0, slash));
    }

    private boolean isMadeHere(String path) {
        return folders.getOrDefault(path, false);
    }

    /** Makes the folders of a file; what stands in the way of one, a link included, was no folder of a tree. */
    private Path prepare(String path) throws IOException {
        written.add(path);
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            makeFolder(path.substring(0, slash));
        }
        Path target = FolderTree.resolve(folder, path);
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            deleteTree(target);
            folders.keySet().removeIf(known -> known.equals(path) || known.startsWith(path + '/'));
        }
        return target;
    }

    /** Returns whether the folder is one that was made here. */
    private boolean makeFolder(String path) throws IOException {
        Boolean known = folders.get(path);
        if (known != null) {
            return known;
        }
        boolean made = createFolder(path);
        folders.put(path, made);
        return made;
    }

    private boolean createFolder(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            makeFolder(path.substring(0, slash));
        }
        Path made = FolderTree.resolve(folder, path);
        try {
            Files.createDirectory(made);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.delete(made);
            Files.createDirectory(made);
            return true;
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (java.util.stream.Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static boolean isThere(Path target, Bytes content) throws IOException {
        try {
            return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(target) == content.length()
                    && Bytes.wrap(Files.readAllBytes(target)).equals(content);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
