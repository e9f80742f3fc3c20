package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A tree that passes on to another what it does not do in its own way. */
public interface ForwardingTree extends FileTree {
    /** Returns the other tree. */
    FileTree tree();

    @Override
    default List<Entry> list(String folder) throws IOException {
        return tree().list(folder);
    }

    @Override
    default Optional<Entry> find(String path) throws IOException {
        return tree().find(path);
    }

    @Override
    default Bytes read(String path) throws IOException {
        return tree().read(path);
    }

    @Override
    default InputStream open(String path) throws IOException {
        return tree().open(path);
    }

    @Override
    default Optional<Bytes> read(String path, int most) throws IOException {
        return tree().read(path, most);
    }

    @Override
    default Optional<FileTree> twin() {
        return tree().twin();
    }
}
