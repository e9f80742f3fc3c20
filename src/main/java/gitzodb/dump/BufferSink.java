package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds files back until it is known what becomes of them; files of blobs by their path only. */
final class BufferSink implements TreeSink {
    private final Map<String, Bytes> contents = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();

    @Override
    public void put(String path, Bytes content) {
        contents.put(path, content);
    }

    @Override
    public void put(String path, Path content) {
        files.put(path, content);
    }

    @Override
    public void delete(String path) {
        contents.remove(path);
        files.remove(path);
    }

    /** Returns a file that is no blob. */
    @Nullable
    Bytes content(String path) {
        return contents.get(path);
    }

    /** Returns the file of a blob. */
    @Nullable
    Path blob(String path) {
        return files.get(path);
    }

    void clear() {
        contents.clear();
        files.clear();
    }

    boolean has(String path) {
        return contents.containsKey(path) || files.containsKey(path);
    }

    void flushTo(TreeSink sink) throws IOException {
        for (Map.Entry<String, Bytes> entry : contents.entrySet()) {
            sink.put(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            sink.put(entry.getKey(), entry.getValue());
        }
    }
}
