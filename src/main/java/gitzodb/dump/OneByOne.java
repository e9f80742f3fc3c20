package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.tree.SharedSink;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.file.Path;

/** Lets several threads use a sink that is for one at a time. */
record OneByOne(TreeSink sink) implements SharedSink {
    @Override
    public synchronized void put(String path, Bytes content) throws IOException {
        sink.put(path, content);
    }

    @Override
    public synchronized void put(String path, Path content) throws IOException {
        sink.put(path, content);
    }

    @Override
    public synchronized void delete(String path) throws IOException {
        sink.delete(path);
    }
}
