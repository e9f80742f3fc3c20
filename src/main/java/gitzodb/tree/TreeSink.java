package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the files of a dump: a folder on disk, a tree in git, a map in memory. Paths as in {@link FileTree}. */
public interface TreeSink {
    void put(String path, Bytes content) throws IOException;

    /** Takes a file of any size from disk, such as a blob. */
    void put(String path, Path content) throws IOException;

    /** As {@link #put(String, Path)}, for a temporary file, which is the sink's to delete. */
    default void take(String path, Path temporary) throws IOException {
        try {
            put(path, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void delete(String path) throws IOException;
}
