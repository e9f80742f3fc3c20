package gitzodb.sync;

import gitzodb.classes.ClassFormats;
import gitzodb.git.GitTree;
import gitzodb.git.Repository;
import gitzodb.load.Verify;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.FolderSink;
import gitzodb.tree.FolderTree;
import gitzodb.tree.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** A tree of files that is checked, or brought into canonical form, without its database. */
public final class CheckedTree {
    private final Verify verify;
    private final Path folder;

    private CheckedTree(Verify verify, Path folder) {
        this.verify = verify;
        this.folder = folder;
    }

    public static CheckedTree inFolder(ClassFormats formats, Path folder) throws IOException {
        return new CheckedTree(verify(formats, new FolderTree(folder), folder.toString()), folder);
    }

    /** Returns what is wrong with the tree folder of a commit. */
    public static List<Problem> problems(ClassFormats formats, Repository repository, ObjectId commit, String path)
            throws IOException {
        try (GitTree tree = repository.tree(commit, path)) {
            return verify(formats, new GitFileTree(tree), path).problems();
        }
    }

    private static Verify verify(ClassFormats formats, FileTree tree, String where) throws IOException {
        if (tree.find(FileNames.SETTINGS).isEmpty()) {
            throw new RefusedException(
                    where + " has no " + FileNames.SETTINGS + ", so it is no tree of a database; name one with --dir");
        }
        TreeRules rules = TreeRules.of(tree, RuleFiles.of(tree)).requireFormats(formats);
        return new Verify(tree, formats, rules.settings(), rules.ignore());
    }

    public List<Problem> problems() throws IOException {
        return verify.problems();
    }

    /** Rewrites what is not in canonical form, unless in a dry run, and returns the files. */
    public List<String> canonicalize(boolean dryRun) throws IOException {
        if (dryRun) {
            return verify.canonicalize(DiscardedFiles.SINK);
        }
        try (FolderSink sink = FolderSink.open(folder)) {
            return verify.canonicalize(sink);
        }
    }
}
