package gitzodb.sync;

import gitzodb.git.GitTree;
import gitzodb.git.TreeChange;
import gitzodb.tree.ChildList;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which files of a tree say what it leaves out: {@code .zodbignore}, and those of objects that list children. */
final class RuleFiles {
    private RuleFiles() {}

    static boolean isIgnoreFile(String path) {
        return path.equals(FileNames.IGNORE) || path.endsWith("/" + FileNames.IGNORE);
    }

    private static boolean isRule(String path) {
        return isIgnoreFile(path) || ChildList.isFile(path);
    }

    /** Returns all of a tree. */
    static List<String> of(FileTree tree) throws IOException {
        List<String> found = new ArrayList<>();
        tree.forEachFile(path -> {
            if (isRule(path)) {
                found.add(path);
            }
        });
        return found;
    }

    /** True if two trees may leave out different things. */
    static boolean differ(GitTree before, GitTree after) throws IOException {
        for (TreeChange change : before.changesTo(after)) {
            if (isRule(change.path())) {
                return true;
            }
        }
        return false;
    }

    /** Returns those of a tree after a change, without a look at the whole. */
    static List<String> after(Collection<String> known, GitTree before, GitTree after) throws IOException {
        Set<String> paths = new TreeSet<>(known);
        for (TreeChange change : before.changesTo(after)) {
            if (!isRule(change.path())) {
                continue;
            }
            if (change.isRemoved()) {
                paths.remove(change.path());
            } else {
                paths.add(change.path());
            }
        }
        return List.copyOf(paths);
    }
}
