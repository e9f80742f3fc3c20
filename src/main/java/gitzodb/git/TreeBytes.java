package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The bytes of a tree object: written of its entries, or changed in some of them. What did not change is copied as it
 * is, so that a change in a folder of thousands costs little more than a look at their names.
 */
final class TreeBytes {
    private static final int FOLDER = 0040000;
    private static final int TYPE = 0170000;
    private static final int ID_LENGTH = 20;
    /** Mode, name and id of a usual entry. */
    private static final int USUAL = 56;

    /** What stands at a place of the order from now on; nothing if empty. */
    private record Patch(Bytes key, Optional<TreeEntry> entry) {}

    private TreeBytes() {}

    /** Returns the tree object with these entries, whose names differ. */
    static byte[] of(Collection<TreeEntry> entries) {
        List<Patch> patches = new ArrayList<>(entries.size());
        for (TreeEntry entry : entries) {
            patches.add(new Patch(key(entry), Optional.of(entry)));
        }
        return apply(new byte[0], patches);
    }

    /**
     * Returns a tree object with some entries changed.
     *
     * @param tree a well-formed tree object
     * @param entries what is in it, by name
     * @param changes by name; an empty one is deleted
     */
    static byte[] edit(byte[] tree, Map<String, TreeEntry> entries, Map<String, Optional<TreeEntry>> changes) {
        List<Patch> patches = new ArrayList<>(changes.size());
        for (var change : changes.entrySet()) {
            Optional<TreeEntry> now = change.getValue();
            TreeEntry old = entries.get(change.getKey());
            // A folder and a file of one name have different places.
            if (old != null && (now.isEmpty() || now.get().isFolder() != old.isFolder())) {
                patches.add(new Patch(key(old), Optional.empty()));
            }
            if (now.isPresent()) {
                patches.add(new Patch(key(now.get()), now));
            }
        }
        return apply(tree, patches);
    }

    private static byte[] apply(byte[] tree, List<Patch> patches) {
        patches.sort(Comparator.comparing(Patch::key));
        ByteArrayOutputStream out = new ByteArrayOutputStream(tree.length + patches.size() * USUAL);
        int at = 0;
        for (Patch patch : patches) {
            int from = at;
            int order = 1;
            while (at < tree.length) {
                order = compare(tree, at, patch.key());
                if (order >= 0) {
                    break;
                }
                at = end(tree, at);
            }
            out.write(tree, from, at - from);
            if (at < tree.length && order == 0) {
                at = end(tree, at);
            }
            patch.entry().ifPresent(entry -> write(out, entry));
        }
        out.write(tree, at, tree.length - at);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, TreeEntry entry) {
        out.writeBytes(Integer.toOctalString(entry.kind().mode()).getBytes(StandardCharsets.US_ASCII));
        out.write(' ');
        out.writeBytes(Folders.bytes(entry.name()));
        out.write(0);
        byte[] id = new byte[ID_LENGTH];
        ObjectId object = entry.id();
        object.copyRawTo(id, 0);
        out.writeBytes(id);
    }

    /** Git sorts by the bytes of the name, that of a folder with a slash at its end. */
    private static Bytes key(TreeEntry entry) {
        return Bytes.wrap(Folders.bytes(entry.isFolder() ? entry.name() + '/' : entry.name()));
    }

    /** Compares the entry that starts at {@code at} with a place. */
    private static int compare(byte[] tree, int at, Bytes key) {
        int mode = 0;
        int next = at;
        for (; tree[next] != ' '; next++) {
            mode = (mode << 3) | (tree[next] - '0');
        }
        next++;
        int index = 0;
        for (; tree[next] != 0; next++) {
            int order = index == key.length() ? 1 : Byte.compareUnsigned(tree[next], key.at(index));
            if (order != 0) {
                return order;
            }
            index++;
        }
        if ((mode & TYPE) == FOLDER) {
            int order = index == key.length() ? 1 : Byte.compareUnsigned((byte) '/', key.at(index));
            if (order != 0) {
                return order;
            }
            index++;
        }
        return index == key.length() ? 0 : -1;
    }

    /** Returns where the entry that starts at {@code at} ends. */
    private static int end(byte[] tree, int at) {
        int next = at;
        while (tree[next] != 0) {
            next++;
        }
        return next + 1 + ID_LENGTH;
    }
}
