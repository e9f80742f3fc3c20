package gitzodb.load;

import gitzodb.tree.IntColumn;

/** Where paths are mentioned first: by which object, in which line of which file; all of them numbers. */
final class Mentions {
    /** The number of the object, from 1 on. */
    private final IntColumn objects = new IntColumn();

    private final IntColumn files = new IntColumn();
    private final IntColumn lines = new IntColumn();

    /** Takes note of a mention; false if there is an earlier one, which stays. */
    boolean add(int path, int object, int file, int line) {
        if (has(path)) {
            return false;
        }
        objects.set(path, object + 1);
        files.set(path, file);
        lines.set(path, line);
        return true;
    }

    boolean has(int path) {
        return objects.get(path) != 0;
    }

    int object(int path) {
        return objects.get(path) - 1;
    }

    int file(int path) {
        return files.get(path);
    }

    int line(int path) {
        return lines.get(path);
    }
}
