package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Reads tree objects, the last ones read kept. A tree with a name that cannot be checked out safely on Linux, macOS and
 * Windows alike, or that is not UTF-8, is refused.
 */
final class Folders {
    /** A folder of a million entries has about 40 MB. */
    private static final int TREE_LIMIT = 256 << 20;

    private static final int KEPT_ENTRIES = 500_000;

    static final ObjectId EMPTY = ObjectId.fromString("4b825dc642cb6eb9a060e54bf8d69288fbee4904");

    private final Source source;
    private final Map<ObjectId, Folder> kept = new LinkedHashMap<>(64, 0.75f, true);
    private int keptEntries;

    Folders(ObjectReader reader) {
        this(reader::open);
    }

    Folders(Source source) {
        this.source = source;
    }

    /** Opens an object of a type. */
    @FunctionalInterface
    interface Source {
        ObjectLoader open(ObjectId id, int type) throws IOException;
    }

    /** The entries of one tree object, by name and sorted. */
    record Folder(List<TreeEntry> sorted, Map<String, TreeEntry> byName) {}

    Folder read(ObjectId tree) throws IOException {
        Folder folder = kept.get(tree);
        if (folder == null) {
            folder = tree.equals(EMPTY) ? new Folder(List.of(), Map.of()) : parse(tree);
            keep(tree, folder);
        }
        return folder;
    }

    private void keep(ObjectId tree, Folder folder) {
        kept.put(tree, folder);
        keptEntries += folder.sorted().size() + 1;
        var oldest = kept.values().iterator();
        while (keptEntries > KEPT_ENTRIES && kept.size() > 1) {
            keptEntries -= oldest.next().sorted().size() + 1;
            oldest.remove();
        }
    }

    private Folder parse(ObjectId tree) throws IOException {
        byte[] bytes = bytes(tree);
        try {
            checker().checkTree(tree, bytes);
        } catch (CorruptObjectException e) {
            throw new BadGitTreeException(
                    "git tree " + tree.name() + ": " + e.getMessage() + "; rename it in git before it is used", e);
        }
        List<TreeEntry> sorted = new ArrayList<>();
        Map<String, TreeEntry> byName = new HashMap<>();
        for (CanonicalTreeParser at = parser(bytes); !at.eof(); at = at.next()) {
            TreeEntry entry = new TreeEntry(name(tree, at), kind(tree, at), at.getEntryObjectId());
            sorted.add(entry);
            byName.put(entry.name(), entry);
        }
        Collections.sort(sorted);
        return new Folder(Collections.unmodifiableList(sorted), byName);
    }

    private byte[] bytes(ObjectId tree) throws IOException {
        try {
            return source.open(tree, Constants.OBJ_TREE).getCachedBytes(TREE_LIMIT);
        } catch (MissingObjectException e) {
            throw missing(tree, e);
        } catch (IncorrectObjectTypeException | LargeObjectException e) {
            throw new GitException("git tree " + tree.name() + ": " + e.getMessage() + "; run git fsck", e);
        }
    }

    static GitException missing(ObjectId id, MissingObjectException cause) {
        return new GitException(
                "git object " + id.name() + " is missing; run git fsck, or git fetch in a partial clone", cause);
    }

    /** Returns the tree object with these entries; refuses a name that would be refused when it is read. */
    static byte[] format(String folder, Collection<TreeEntry> entries) throws GitException {
        List<TreeEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(Folders::sortKey));
        TreeFormatter formatter = new TreeFormatter(sorted.size() * 48);
        for (TreeEntry entry : sorted) {
            formatter.append(entry.name(), FileMode.fromBits(entry.kind().mode()), entry.id());
        }
        byte[] bytes = formatter.toByteArray();
        try {
            checker().checkTree(bytes);
        } catch (CorruptObjectException e) {
            throw new GitException("folder '" + folder + "': " + e.getMessage() + "; git cannot hold it", e);
        }
        return bytes;
    }

    /** Git sorts by the bytes of the name, that of a folder with a slash at its end. */
    private static Bytes sortKey(TreeEntry entry) {
        return Bytes.utf8(entry.isFolder() ? entry.name() + '/' : entry.name());
    }

    private static CanonicalTreeParser parser(byte[] bytes) {
        CanonicalTreeParser parser = new CanonicalTreeParser();
        parser.reset(bytes);
        return parser;
    }

    private static ObjectChecker checker() {
        return new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
    }

    private static String name(ObjectId tree, CanonicalTreeParser at) throws GitException {
        byte[] name = new byte[at.getNameLength()];
        at.getName(name, 0);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadGitTreeException(
                    "git tree " + tree.name() + ": the name '" + new String(name, StandardCharsets.ISO_8859_1)
                            + "' is not UTF-8; rename it in git before it is used",
                    e);
        }
    }

    private static TreeEntry.Kind kind(ObjectId tree, CanonicalTreeParser at) throws GitException {
        try {
            return TreeEntry.Kind.of(at.getEntryRawMode());
        } catch (GitException e) {
            throw new GitException("git tree " + tree.name() + ": " + e.getMessage(), e);
        }
    }
}
