package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Makes a new root tree from an old one by putting and deleting files below one folder. Cost follows the changes, not the
 * size of the tree. Empty folders vanish, as everywhere in git. One thread at a time.
 */
public final class TreeEditor implements AutoCloseable {
    /** How many files may wait for their folders to be written; each takes about 200 bytes. */
    private static final int WAITING = 100_000;

    private final ObjectBatch objects;
    private final boolean ownBatch;
    private final Folders folders;
    private final String prefix;
    private ObjectId root;
    private int waiting;

    /** The changed entries by the full path of their folder; an empty one is deleted. */
    private final Map<String, Map<String, Optional<TreeEntry>>> edits = new HashMap<>();

    private TreeEditor(ObjectBatch objects, boolean ownBatch, ObjectId root, String folder) {
        this.objects = objects;
        this.ownBatch = ownBatch;
        this.folders = objects.folders();
        this.root = root;
        this.prefix = folder.isEmpty() ? "" : folder + '/';
    }

    /** Starts from a root tree; paths are then relative to {@code folder}. */
    public static TreeEditor of(Repository repository, ObjectId rootTree, String folder) {
        return new TreeEditor(ObjectBatch.open(repository), true, rootTree, folder);
    }

    /** As {@link #of(Repository, ObjectId, String)}, but what is written becomes safe with its batch. */
    public static TreeEditor of(ObjectBatch batch, ObjectId rootTree, String folder) {
        return new TreeEditor(batch, false, rootTree, folder);
    }

    /** Starts from a root tree whose {@code folder} is taken as empty. */
    public static TreeEditor replacing(Repository repository, ObjectId rootTree, String folder) {
        TreeEditor editor = of(repository, folder.isEmpty() ? emptyTree() : rootTree, folder);
        if (!folder.isEmpty()) {
            editor.edit(folder, Optional.empty());
        }
        return editor;
    }

    /** Returns a root tree with its {@code folder} replaced by a tree that is in the repository. */
    public static ObjectId graft(Repository repository, ObjectId rootTree, String folder, ObjectId folderTree)
            throws IOException {
        if (folder.isEmpty()) {
            return folderTree;
        }
        try (TreeEditor editor = of(repository, rootTree, "")) {
            editor.edit(
                    folder,
                    folderTree.equals(Folders.EMPTY)
                            ? Optional.empty()
                            : Optional.of(new TreeEntry(name(folder), TreeEntry.Kind.FOLDER, folderTree)));
            return editor.write();
        }
    }

    /** Returns the id of the tree without entries, which every repository knows. */
    public static ObjectId emptyTree() {
        return Folders.EMPTY;
    }

    /** Puts a file and returns the id of its content. */
    public ObjectId put(String path, Bytes content) throws IOException {
        return put(path, objects.insert(Constants.OBJ_BLOB, content.toArray()));
    }

    /** Puts a file of any size from disk and returns the id of its content. */
    public ObjectId put(String path, Path content) throws IOException {
        return put(path, objects.insert(content));
    }

    private void makeRoom() throws IOException {
        waiting++;
        if (waiting > WAITING) {
            makeFolders();
        }
    }

    /** Makes the folders of what was edited so far, which {@link #write} does too; one that changes again is made again. */
    public void makeFolders() throws IOException {
        waiting = 0;
        root = writeFolders();
    }

    /** Puts a file whose content is in the repository already, or will be. */
    public ObjectId put(String path, ObjectId blob) throws IOException {
        makeRoom();
        String full = prefix + path;
        edit(full, Optional.of(new TreeEntry(name(full), TreeEntry.Kind.FILE, blob)));
        return blob;
    }

    /** Deletes a file, or a folder with all that was in it before this editor. */
    public void delete(String path) {
        edit(prefix + path, Optional.empty());
    }

    private void edit(String path, Optional<TreeEntry> entry) {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
            throw new IllegalArgumentException("not a path: '" + path + "'");
        }
        edits.computeIfAbsent(parent(path), key -> new HashMap<>()).put(name(path), entry);
    }

    /**
     * Writes all new objects, safely on disk unless they are part of a batch, and returns the new root tree: the old one
     * if nothing changed. The editor is used up.
     */
    public ObjectId write() throws IOException {
        makeFolders();
        if (root.equals(Folders.EMPTY)) {
            objects.insert(Constants.OBJ_TREE, new byte[0]);
        }
        if (ownBatch) {
            objects.flush();
        }
        return root;
    }

    private ObjectId writeFolders() throws IOException {
        ObjectId result = root;
        for (String folder : deepestFirst()) {
            Map<String, Optional<TreeEntry>> changed = edits.getOrDefault(folder, Map.of());
            ObjectId base = base(folder);
            ObjectId written = changed.isEmpty() ? base : write(base, folder, changed);
            edits.remove(folder);
            if (folder.isEmpty()) {
                result = written;
            } else if (!written.equals(base)) {
                Optional<TreeEntry> entry = written.equals(Folders.EMPTY)
                        ? Optional.empty()
                        : Optional.of(new TreeEntry(name(folder), TreeEntry.Kind.FOLDER, written));
                edits.computeIfAbsent(parent(folder), key -> new HashMap<>()).put(name(folder), entry);
            }
        }
        return result;
    }

    /** Returns the changed folders and all above them, which may change with them. */
    private List<String> deepestFirst() {
        Set<String> folders = new HashSet<>();
        for (String changed : edits.keySet()) {
            for (String folder = changed; folders.add(folder) && !folder.isEmpty(); ) {
                folder = parent(folder);
            }
        }
        record Ranked(int depth, String folder) {}
        return folders.stream()
                .map(folder -> new Ranked(depth(folder), folder))
                .sorted(Comparator.comparingInt(Ranked::depth).reversed().thenComparing(Ranked::folder))
                .map(Ranked::folder)
                .toList();
    }

    private ObjectId write(ObjectId base, String folder, Map<String, Optional<TreeEntry>> changed) throws IOException {
        Folders.refuseUnsafe(
                folder, changed.values().stream().flatMap(Optional::stream).toList());
        Folders.Folder after = folders.read(base).with(changed);
        if (after.byName().isEmpty()) {
            return Folders.EMPTY;
        }
        ObjectId written = objects.insert(Constants.OBJ_TREE, after.bytes());
        if (!ownBatch) {
            folders.keep(written, after);
        }
        return written;
    }

    /** Returns the old tree of a folder; empty where the folder, or one above it, is new or was deleted. */
    private ObjectId base(String folder) throws IOException {
        ObjectId tree = root;
        for (int start = 0; start < folder.length(); ) {
            int slash = folder.indexOf('/', start);
            int end = slash < 0 ? folder.length() : slash;
            String name = folder.substring(start, end);
            Map<String, Optional<TreeEntry>> above = edits.get(start == 0 ? "" : folder.substring(0, start - 1));
            TreeEntry entry = folders.read(tree).byName().get(name);
            if (entry == null || !entry.isFolder() || (above != null && above.containsKey(name))) {
                return Folders.EMPTY;
            }
            tree = entry.id();
            start = end + 1;
        }
        return tree;
    }

    private static int depth(String folder) {
        return folder.isEmpty()
                ? 0
                : 1 + (int) folder.chars().filter(c -> c == '/').count();
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        if (ownBatch) {
            objects.close();
        }
    }
}
