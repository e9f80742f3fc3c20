package gitzodb.sync;

import gitzodb.git.GitTree;
import gitzodb.git.Repository;
import gitzodb.git.TreeChange;
import gitzodb.git.TreeEditor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The tree that the database is to have after a reload: that of HEAD, with the changes that only the database has carried
 * along, as {@code git checkout} carries changed files.
 *
 * @param tree the root tree of HEAD with the tree folder replaced
 * @param carried the files that come from the database
 * @param conflicts the files that both sides changed, each in its own way
 */
record Wanted(ObjectId tree, List<String> carried, List<String> conflicts) {
    /**
     * Compares three commits.
     *
     * @param base where HEAD and the database were last in step
     * @param head what is wanted
     * @param live what the database has
     */
    static Wanted of(Repository repository, String folder, ObjectId base, ObjectId head, ObjectId live)
            throws IOException {
        List<String> carried = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        ObjectId headRoot = repository.commits().read(head).tree();
        try (GitTree baseTree = repository.tree(base, folder);
                GitTree headTree = repository.tree(head, folder);
                GitTree liveTree = repository.tree(live, folder);
                TreeEditor editor = TreeEditor.of(repository, headRoot, folder)) {
            Map<String, TreeChange> wanted = new HashMap<>();
            for (TreeChange change : baseTree.changesTo(headTree)) {
                wanted.put(change.path(), change);
            }
            for (TreeChange change : baseTree.changesTo(liveTree)) {
                TreeChange other = wanted.get(change.path());
                if (other == null) {
                    carried.add(change.path());
                    carry(editor, change);
                } else if (!java.util.Objects.equals(other.after(), change.after())) {
                    conflicts.add(change.path());
                }
            }
            return new Wanted(conflicts.isEmpty() ? editor.write() : headRoot, carried, conflicts);
        }
    }

    private static void carry(TreeEditor editor, TreeChange change) throws IOException {
        if (change.after() == null) {
            editor.delete(change.path());
        } else {
            editor.put(change.path(), change.after().id());
        }
    }
}
