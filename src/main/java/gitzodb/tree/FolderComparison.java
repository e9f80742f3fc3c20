package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a dump in the place of a {@link FolderSink} and finds out what it would change in the folder. */
public final class FolderComparison implements TreeSink {
    private final Path folder;
    private final FolderTree present;
    private final PathSet seen = new PathSet();
    private int added;
    private int changed;

    private FolderComparison(Path folder) {
        this.folder = folder;
        this.present = new FolderTree(folder);
    }

    /** Opens a folder, which need not be there; refuses what {@link FolderSink#open} does. */
    public static FolderComparison open(Path folder) throws IOException {
        if (Files.exists(folder)) {
            FolderSink.requireOurs(folder);
        }
        return new FolderComparison(folder);
    }

    @Override
    public void put(String path, Bytes content) throws IOException {
        Optional<FileTree.Entry> old = note(path);
        if (old.isPresent()
                && (old.get().kind() != FileTree.Kind.FILE
                        || !present.read(path).equals(content))) {
            changed++;
        }
    }

    @Override
    public void put(String path, Path content) throws IOException {
        Optional<FileTree.Entry> old = note(path);
        if (old.isPresent() && (old.get().kind() != FileTree.Kind.FILE || isOther(path, content))) {
            changed++;
        }
    }

    private boolean isOther(String path, Path content) throws IOException {
        return Files.mismatch(FolderTree.resolve(folder, path), content) >= 0;
    }

    private Optional<FileTree.Entry> note(String path) throws IOException {
        seen.add(path);
        Optional<FileTree.Entry> old = present.find(path);
        added += old.isEmpty() ? 1 : 0;
        return old;
    }

    @Override
    public void delete(String path) {
        throw new IllegalStateException("a dump of what is there deletes nothing: " + path);
    }

    /** Returns how many files would be new. */
    public int added() {
        return added;
    }

    /** Returns how many files would be written anew. */
    public int changed() {
        return changed;
    }

    /** Returns how many files {@link FolderSink#removeStale} would delete. */
    public int stale() throws IOException {
        return FolderSink.stale(present, seen::contains).size();
    }
}
