package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileTree;
import gitzodb.tree.ForwardingTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A tree that says how many of its files were read so far. */
record WatchedTree(FileTree tree, Progress progress, AtomicLong reads) implements ForwardingTree {
    /** Returns the tree as it is if nobody looks. */
    static FileTree of(FileTree tree, Progress progress) {
        return progress.equals(Progress.NONE) ? tree : new WatchedTree(tree, progress, new AtomicLong());
    }

    @Override
    public Bytes read(String path) throws IOException {
        count();
        return tree.read(path);
    }

    @Override
    public Optional<Bytes> read(String path, int most) throws IOException {
        Optional<Bytes> content = tree.read(path, most);
        if (content.isPresent()) {
            count();
        }
        return content;
    }

    @Override
    public Optional<FileTree> twin() {
        return tree.twin().map(twin -> new WatchedTree(twin, progress, reads));
    }

    @Override
    public InputStream open(String path) throws IOException {
        count();
        return tree.open(path);
    }

    private void count() {
        progress.advanced("reading files", reads.incrementAndGet(), 0);
    }
}
