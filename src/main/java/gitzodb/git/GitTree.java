package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a commit, read only. Paths are relative to that folder. Names are as they are,
 * whether or not they can be checked out anywhere. One thread at a time.
 */
public final class GitTree implements AutoCloseable {
    /** What fits a Java array; larger content must be read as a stream. */
    private static final int READ_LIMIT = Integer.MAX_VALUE - 64;

    private final ObjectReader reader;
    private final Folders folders;
    private final ObjectId tree;

    private GitTree(ObjectReader reader, ObjectId tree) {
        this.reader = reader;
        this.folders = new Folders(reader);
        this.tree = tree;
    }

    /** Returns the folder below a root tree; the empty tree if there is no such folder. */
    public static GitTree of(Repository repository, ObjectId rootTree, String folder) throws IOException {
        ObjectReader reader = repository.reader();
        try {
            return new GitTree(reader, folder(new Folders(reader), rootTree, folder));
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    static ObjectId folder(Folders folders, ObjectId rootTree, String folder) throws IOException {
        return folder.isEmpty()
                ? rootTree
                : find(folders, rootTree, folder)
                        .filter(TreeEntry::isFolder)
                        .map(TreeEntry::id)
                        .orElse(Folders.EMPTY);
    }

    /** Returns the id of the tree object: equal ids mean equal content. */
    public ObjectId id() {
        return tree;
    }

    public boolean isEmpty() {
        return tree.equals(Folders.EMPTY);
    }

    /** Returns the entries of a folder sorted by name; none if there is no such folder. */
    public List<TreeEntry> list(String folder) throws IOException {
        if (folder.isEmpty()) {
            return folders.read(tree).sorted();
        }
        Optional<TreeEntry> found = find(folder).filter(TreeEntry::isFolder);
        return found.isEmpty() ? List.of() : folders.read(found.get().id()).sorted();
    }

    /** Returns the entry at a path; the folder itself, the empty path, has none. */
    public Optional<TreeEntry> find(String path) throws IOException {
        return find(folders, tree, path);
    }

    private static Optional<TreeEntry> find(Folders folders, ObjectId tree, String path) throws IOException {
        ObjectId folder = tree;
        for (int start = 0; !path.isEmpty(); ) {
            int slash = path.indexOf('/', start);
            String name = path.substring(start, slash < 0 ? path.length() : slash);
            TreeEntry entry = folders.read(folder).byName().get(name);
            if (entry == null || slash < 0) {
                return Optional.ofNullable(entry);
            }
            if (!entry.isFolder()) {
                return Optional.empty();
            }
            folder = entry.id();
            start = slash + 1;
        }
        return Optional.empty();
    }

    /** Reads a file whole. */
    public Bytes read(String path) throws IOException {
        return read(file(path).id());
    }

    /** Reads the content of a file by its object. */
    public Bytes read(ObjectId blob) throws IOException {
        try {
            return Bytes.wrap(loader(blob).getCachedBytes(READ_LIMIT));
        } catch (LargeObjectException e) {
            throw new GitException("git object " + blob.name() + ": too large to be read at once", e);
        }
    }

    /** Opens a file as a stream. */
    public InputStream open(String path) throws IOException {
        return loader(file(path).id()).openStream();
    }

    /** Returns the size of a file in bytes. */
    public long size(String path) throws IOException {
        return loader(file(path).id()).getSize();
    }

    private TreeEntry file(String path) throws IOException {
        return find(path)
                .filter(entry -> entry.kind().isFile())
                .orElseThrow(() -> new FileNotFoundException(path + ": no such file in git tree " + tree.name()));
    }

    private ObjectLoader loader(ObjectId blob) throws IOException {
        try {
            return reader.open(blob, Constants.OBJ_BLOB);
        } catch (MissingObjectException e) {
            throw Folders.missing(blob, e);
        }
    }

    /** Returns all files as additions, sorted by path. */
    public List<TreeChange> files() throws IOException {
        return changes(Folders.EMPTY, tree);
    }

    /**
     * Returns the files (and links and submodules) that differ from this tree to {@code after}, sorted by path; folders
     * are taken apart, equal ones never opened. A file whose content and mode are equal is not among them.
     */
    public List<TreeChange> changesTo(GitTree after) throws IOException {
        return changes(tree, after.tree);
    }

    /** Returns the number of files that differ from this tree to {@code after}; {@code most} if they are as many or more. */
    public int countChangesTo(GitTree after, int most) throws IOException {
        int count = 0;
        List<TreeChange> changes = new ArrayList<>();
        List<Pair> open = new ArrayList<>(List.of(new Pair("", tree, after.tree)));
        while (!open.isEmpty() && count < most) {
            compare(open.removeLast(), changes, open);
            count += changes.size();
            changes.clear();
        }
        return Math.min(count, most);
    }

    private List<TreeChange> changes(ObjectId before, ObjectId after) throws IOException {
        List<TreeChange> changes = new ArrayList<>();
        List<Pair> open = new ArrayList<>(List.of(new Pair("", before, after)));
        while (!open.isEmpty()) {
            compare(open.removeLast(), changes, open);
        }
        Collections.sort(changes);
        return changes;
    }

    private record Pair(String prefix, ObjectId before, ObjectId after) {}

    private void compare(Pair pair, List<TreeChange> changes, List<Pair> open) throws IOException {
        if (pair.before().equals(pair.after())) {
            return;
        }
        Folders.Folder before = folders.read(pair.before());
        Folders.Folder after = folders.read(pair.after());
        // Nearly all entries stand beside themselves: looking each up would take most of the time of a wide folder.
        Iterator<TreeEntry> nows = after.byName().values().iterator();
        TreeEntry beside = nows.hasNext() ? nows.next() : null;
        int both = 0;
        for (TreeEntry old : before.byName().values()) {
            TreeEntry now;
            if (beside != null && beside.name().equals(old.name())) {
                now = beside;
                beside = nows.hasNext() ? nows.next() : null;
            } else {
                now = after.byName().get(old.name());
            }
            both += now == null ? 0 : 1;
            if (!old.equals(now)) {
                add(pair.prefix() + old.name(), old, now, changes, open);
            }
        }
        if (both == after.byName().size()) {
            return;
        }
        for (TreeEntry now : after.byName().values()) {
            if (!before.byName().containsKey(now.name())) {
                add(pair.prefix() + now.name(), null, now, changes, open);
            }
        }
    }

    private static void add(
            String path, @Nullable TreeEntry old, @Nullable TreeEntry now, List<TreeChange> changes, List<Pair> open) {
        ObjectId oldFolder = old != null && old.isFolder() ? old.id() : Folders.EMPTY;
        ObjectId nowFolder = now != null && now.isFolder() ? now.id() : Folders.EMPTY;
        open.add(new Pair(path + '/', oldFolder, nowFolder));
        TreeEntry oldFile = old != null && old.isFolder() ? null : old;
        TreeEntry nowFile = now != null && now.isFolder() ? null : now;
        if (oldFile != null || nowFile != null) {
            changes.add(new TreeChange(path, oldFile, nowFile));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
