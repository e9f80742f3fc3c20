package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.git.BlobPack;
import gitzodb.git.TreeEditor;
import gitzodb.tree.SharedSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;

/** Writes the files of a full dump into git; each thread packs what it puts. The pack is to be flushed before the tree. */
record PackSink(TreeEditor editor, BlobPack pack) implements SharedSink {
    /** Larger files go into the pack of the trees, piece by piece. */
    private static final int IN_MEMORY = 1 << 20;

    @Override
    public void put(String path, Bytes content) throws IOException {
        ObjectId id = pack.insert(content);
        synchronized (editor) {
            editor.put(path, id);
        }
    }

    @Override
    public void put(String path, Path content) throws IOException {
        if (Files.size(content) <= IN_MEMORY) {
            put(path, Bytes.wrap(Files.readAllBytes(content)));
            return;
        }
        synchronized (editor) {
            editor.put(path, content);
        }
    }

    @Override
    public void delete(String path) {
        synchronized (editor) {
            editor.delete(path);
        }
    }
}
