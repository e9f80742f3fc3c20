package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A natural file being loaded. A large one is not held: it is read again whenever it is asked for. */
final class NaturalFile {
    /** Longer files are not held. */
    static final int HELD = 4 << 20;

    private static final int HEAD = 1 << 18;

    private final FileTree tree;
    private final String path;
    private final long length;

    /** The whole file, or its start if it is a large one. */
    private final Bytes held;

    private NaturalFile(FileTree tree, String path, long length, Bytes held) {
        this.tree = tree;
        this.path = path;
        this.length = length;
        this.held = held;
    }

    static NaturalFile of(FileTree tree, String path) throws IOException {
        Optional<Bytes> whole = tree.read(path, HELD);
        if (whole.isPresent()) {
            return new NaturalFile(tree, path, whole.get().length(), whole.get());
        }
        try (InputStream in = tree.open(path)) {
            Bytes head = Bytes.wrap(in.readNBytes(HEAD));
            return new NaturalFile(tree, path, head.length() + in.transferTo(OutputStream.nullOutputStream()), head);
        }
    }

    /** Returns the length in bytes. */
    long length() {
        return length;
    }

    /** Returns up to {@code limit} bytes from the start, of a large file at most 256 kB. */
    Bytes head(int limit) {
        return held.slice(0, Math.min(limit, held.length()));
    }

    /**
     * Reads the whole file into memory.
     *
     * @throws gitzodb.tree.TreeException if it is larger than any that a state can hold
     */
    Bytes whole() throws IOException {
        return held.length() == length ? held : tree.read(path);
    }

    InputStream open() throws IOException {
        return held.length() == length ? held.stream() : tree.open(path);
    }
}
