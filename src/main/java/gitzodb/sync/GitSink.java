package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.git.TreeEditor;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the files of a dump into git. */
record GitSink(TreeEditor editor) implements TreeSink {
    @Override
    public void put(String path, Bytes content) throws IOException {
        editor.put(path, content);
    }

    @Override
    public void put(String path, Path content) throws IOException {
        editor.put(path, content);
    }

    @Override
    public void delete(String path) {
        editor.delete(path);
    }
}
