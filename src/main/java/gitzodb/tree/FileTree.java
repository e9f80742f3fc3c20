package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A tree of files to read: a folder on disk, a tree in git, a set in memory. Paths are relative to the tree folder, with
 * {@code /} between segments, never starting or ending with one; the empty path is the tree folder itself.
 */
public interface FileTree {
    /** Returns the entries of a folder sorted by name; none if there is no such folder. */
    List<Entry> list(String folder) throws IOException;

    Optional<Entry> find(String path) throws IOException;

    /** Reads a file whole; for XML and source text. */
    Bytes read(String path) throws IOException;

    /** Opens a file as a stream; for content of any size. */
    InputStream open(String path) throws IOException;

    /** Reads a file whole if it is not longer than {@code most} bytes; empty if it is. */
    default Optional<Bytes> read(String path, int most) throws IOException {
        try (InputStream in = open(path)) {
            byte[] content = in.readNBytes(most + 1);
            return content.length > most ? Optional.empty() : Optional.of(Bytes.wrap(content));
        }
    }

    /** Returns the same files for another thread; empty if only one thread at a time can read them. */
    default Optional<FileTree> twin() {
        return Optional.empty();
    }

    /** Visits every file of the tree: those of a folder by name, folders in no order. */
    default void forEachFile(Visitor visitor) throws IOException {
        Deque<String> open = new ArrayDeque<>(List.of(""));
        while (!open.isEmpty()) {
            String folder = open.pop();
            for (Entry entry : list(folder)) {
                String path = FileNames.join(folder, entry.name());
                switch (entry.kind()) {
                    case FOLDER -> open.push(path);
                    case FILE -> visitor.visit(path);
                    case OTHER -> {}
                }
            }
        }
    }

    /** Takes the path of a file. */
    @FunctionalInterface
    interface Visitor {
        void visit(String path) throws IOException;
    }

    /** One entry of a folder. */
    record Entry(String name, Kind kind) {}

    enum Kind {
        FILE,
        FOLDER,
        /** A symbolic link, a submodule, a device: never followed, always an error. */
        OTHER
    }
}
