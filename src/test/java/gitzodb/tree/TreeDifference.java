package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Says in a few lines where two trees differ. */
public final class TreeDifference {
    private TreeDifference() {}

    /** Returns a line for each file that is in one tree only, and the first lines that differ for each other. */
    public static List<String> between(MemoryTree one, MemoryTree other) {
        List<String> found = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(one.files().keySet());
        paths.addAll(other.files().keySet());
        for (String path : paths) {
            Bytes first = one.files().get(path);
            Bytes second = other.files().get(path);
            if (first == null || second == null) {
                found.add((first == null ? "only in the second: " : "only in the first: ") + path);
            } else if (!first.equals(second)) {
                found.add(path + ": " + lines(first.utf8(), second.utf8()));
            }
        }
        return found;
    }

    private static String lines(String one, String other) {
        String[] a = one.split("\n", -1);
        String[] b = other.split("\n", -1);
        int at = 0;
        while (at < a.length && at < b.length && a[at].equals(b[at])) {
            at++;
        }
        return (at < a.length ? a[at] : "(end)") + " | " + (at < b.length ? b[at] : "(end)");
    }
}
