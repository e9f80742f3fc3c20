package gitzodb.tree;

import java.util.BitSet;

/** A set of paths that takes little memory. Not thread-safe. */
final class PathSet {
    private final PathTable paths = new PathTable();
    private final BitSet present = new BitSet();

    void add(String path) {
        present.set(paths.add(path));
    }

    void remove(String path) {
        int number = paths.find(path);
        if (number != PathTable.NONE) {
            present.clear(number);
        }
    }

    boolean contains(String path) {
        int number = paths.find(path);
        return number != PathTable.NONE && present.get(number);
    }
}
