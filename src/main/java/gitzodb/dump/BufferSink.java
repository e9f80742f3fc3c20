package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds files back until it is known what becomes of them; files of blobs by their path only, long content in temporary files. */
final class BufferSink implements TreeSink {
    private final Map<String, Bytes> contents = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, Path> temporary = new LinkedHashMap<>();

    @Override
    public void put(String path, Bytes content) {
        contents.put(path, content);
    }

    @Override
    public void put(String path, Path content) {
        files.put(path, content);
    }

    @Override
    public void take(String path, Path content) {
        temporary.put(path, content);
    }

    @Override
    public void delete(String path) {
        throw new IllegalStateException("a unit deletes nothing");
    }

    /** Returns the content of a file, if it is in memory. */
    @Nullable
    Bytes content(String path) {
        return contents.get(path);
    }

    /** Returns the file with the content of another one, which is a blob or long. */
    @Nullable
    Path file(String path) {
        Path file = files.get(path);
        return file != null ? file : temporary.get(path);
    }

    /** Forgets everything; temporary files are gone. */
    void clear() throws IOException {
        contents.clear();
        files.clear();
        for (Path file : temporary.values()) {
            Files.deleteIfExists(file);
        }
        temporary.clear();
    }

    boolean has(String path) {
        return contents.containsKey(path) || file(path) != null;
    }

    void flushTo(TreeSink sink) throws IOException {
        for (Map.Entry<String, Bytes> entry : contents.entrySet()) {
            sink.put(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            sink.put(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Path> entry : temporary.entrySet()) {
            sink.take(entry.getKey(), entry.getValue());
        }
    }
}
