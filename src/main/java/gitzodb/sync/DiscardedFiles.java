package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.tree.SharedSink;
import java.nio.file.Path;

/** Takes the files of a dump that is made only to fill the object map. */
enum DiscardedFiles implements SharedSink {
    SINK;

    @Override
    public void put(String path, Bytes content) {}

    @Override
    public void put(String path, Path content) {}

    @Override
    public void delete(String path) {}
}
