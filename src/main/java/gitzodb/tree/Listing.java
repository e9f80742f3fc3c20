package gitzodb.tree;

import gitzodb.tree.FileTree.Entry;
import gitzodb.tree.FileTree.Kind;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/** Folders of a tree that is known by the paths of its files. */
public final class Listing {
    private Listing() {}

    /** Returns what is in a folder, by name. */
    public static List<Entry> list(NavigableSet<String> files, String folder) {
        String prefix = folder.isEmpty() ? "" : folder + '/';
        TreeMap<String, Entry> entries = new TreeMap<>();
        String path = files.ceiling(prefix);
        while (path != null && path.startsWith(prefix)) {
            int slash = path.indexOf('/', prefix.length());
            String name = path.substring(prefix.length(), slash < 0 ? path.length() : slash);
            entries.put(name, new Entry(name, slash < 0 ? Kind.FILE : Kind.FOLDER));
            // '0' follows '/': past all that is in the folder
            path = slash < 0 ? files.higher(path) : files.ceiling(prefix + name + '0');
        }
        return List.copyOf(entries.values());
    }

    public static Optional<Entry> find(NavigableSet<String> files, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (files.contains(path)) {
            return Optional.of(new Entry(name, Kind.FILE));
        }
        String below = files.ceiling(path.isEmpty() ? "" : path + '/');
        return below != null && (path.isEmpty() || below.startsWith(path + '/'))
                ? Optional.of(new Entry(name, Kind.FOLDER))
                : Optional.empty();
    }
}
