package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads tree objects, the last ones read kept, and writes them. Any name is read, whoever wrote it, since a folder may be
 * none of ours; in a name that is not UTF-8 each byte that does not fit is a lone surrogate, U+DC00 and the byte.
 */
final class Folders {
    /** A folder of a million entries has about 40 MB. */
    private static final int TREE_LIMIT = 256 << 20;

    private static final int KEPT_ENTRIES = 400_000;

    static final ObjectId EMPTY = ObjectId.fromString("4b825dc642cb6eb9a060e54bf8d69288fbee4904");

    /** What is wrong with names alone. */
    private static final Set<ObjectChecker.ErrorType> NAMES = EnumSet.of(
            ObjectChecker.ErrorType.EMPTY_NAME,
            ObjectChecker.ErrorType.FULL_PATHNAME,
            ObjectChecker.ErrorType.HAS_DOT,
            ObjectChecker.ErrorType.HAS_DOTDOT,
            ObjectChecker.ErrorType.HAS_DOTGIT,
            ObjectChecker.ErrorType.ZERO_PADDED_FILEMODE);

    private static final int ODD_BYTE = 0xDC00;

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

    /** One tree object: its bytes, and its entries by name. */
    static final class Folder {
        private static final Folder EMPTY = new Folder(new byte[0], Map.of());

        private final byte[] bytes;
        private final Map<String, TreeEntry> byName;
        private @Nullable List<TreeEntry> sorted;

        Folder(byte[] bytes, Map<String, TreeEntry> byName) {
            this.bytes = bytes;
            this.byName = byName;
        }

        Map<String, TreeEntry> byName() {
            return byName;
        }

        List<TreeEntry> sorted() {
            if (sorted == null) {
                sorted = byName.values().stream().sorted().toList();
            }
            return sorted;
        }

        /** Returns this folder with some entries changed; an empty one is deleted. */
        Folder with(Map<String, Optional<TreeEntry>> changes) {
            Map<String, TreeEntry> entries = new LinkedHashMap<>(byName);
            changes.forEach((name, entry) -> {
                if (entry.isPresent()) {
                    entries.put(name, entry.get());
                } else {
                    entries.remove(name);
                }
            });
            return new Folder(TreeBytes.edit(bytes, byName, changes), entries);
        }

        /** Returns the tree object, not to be changed. */
        byte[] bytes() {
            return bytes;
        }
    }

    Folder read(ObjectId tree) throws IOException {
        Folder folder = kept.get(tree);
        if (folder == null) {
            folder = tree.equals(EMPTY) ? Folder.EMPTY : parse(tree);
            keep(tree, folder);
        }
        return folder;
    }

    /** Keeps a folder, one that was just written too, so that it need not be read back. */
    void keep(ObjectId tree, Folder folder) {
        if (kept.put(tree, folder) != null) {
            return;
        }
        keptEntries += folder.byName().size() + 1;
        var oldest = kept.values().iterator();
        while (keptEntries > KEPT_ENTRIES && kept.size() > 1) {
            keptEntries -= oldest.next().byName().size() + 1;
            oldest.remove();
        }
    }

    private Folder parse(ObjectId tree) throws IOException {
        byte[] bytes = bytes(tree);
        try {
            new ObjectChecker().setIgnore(NAMES).checkTree(tree, bytes);
        } catch (CorruptObjectException e) {
            throw new BadGitTreeException("git tree " + tree.name() + ": " + e.getMessage() + "; run git fsck", e);
        }
        // In git's order, which is nearly that of names: sorting costs little then.
        Map<String, TreeEntry> byName = new LinkedHashMap<>();
        for (CanonicalTreeParser at = parser(bytes); !at.eof(); at = at.next()) {
            TreeEntry entry = new TreeEntry(name(at), kind(tree, at), at.getEntryObjectId());
            byName.put(entry.name(), entry);
        }
        return new Folder(bytes, byName);
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

    /** Refuses names that cannot be checked out safely on Linux, macOS and Windows alike. */
    static void refuseUnsafe(String folder, Collection<TreeEntry> entries) throws GitException {
        try {
            new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true).checkTree(TreeBytes.of(entries));
        } catch (CorruptObjectException e) {
            throw new GitException("folder '" + folder + "': " + e.getMessage() + "; git cannot hold it", e);
        }
    }

    private static CanonicalTreeParser parser(byte[] bytes) {
        CanonicalTreeParser parser = new CanonicalTreeParser();
        parser.reset(bytes);
        return parser;
    }

    private static String name(CanonicalTreeParser at) {
        byte[] bytes = new byte[at.getNameLength()];
        at.getName(bytes, 0);
        if (Bytes.wrap(bytes).isAscii()) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (utf8.decode(in, out, true).isError()) {
            out.put((char) (ODD_BYTE + (in.get() & 0xFF)));
        }
        return out.flip().toString();
    }

    /** Returns a name as it stands in a tree object. */
    static byte[] bytes(String name) {
        if (hasNoSurrogate(name)) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            if (c >= ODD_BYTE && c < ODD_BYTE + 0x100) {
                bytes.write(c - ODD_BYTE);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(c);
        }
        return bytes.toByteArray();
    }

    private static boolean hasNoSurrogate(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static TreeEntry.Kind kind(ObjectId tree, CanonicalTreeParser at) throws GitException {
        try {
            return TreeEntry.Kind.of(at.getEntryRawMode());
        } catch (GitException e) {
            throw new GitException("git tree " + tree.name() + ": " + e.getMessage(), e);
        }
    }
}
