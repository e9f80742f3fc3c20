package gitzodb.sync;

import gitzodb.git.GitTree;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.git.TreeChange;
import gitzodb.git.TreeEditor;
import gitzodb.load.Load;
import gitzodb.load.LoadResult;
import gitzodb.load.PartLoad;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.FolderTree;
import gitzodb.tree.MixedTree;
import gitzodb.tree.Selection;
import gitzodb.tree.TransactionText;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Loads files of the work tree, committed or not, into the bound database. The branch stays where it is; {@code live}
 * gets a commit, as from any transaction, which a commit of the same files is equal to.
 */
public final class WorkTreeLoad {
    private static final int SHOWN = 5;

    /**
     * What to load.
     *
     * @param selection which objects
     * @param skipErrors load what is sound, and leave the rest as it is
     * @param override let the files win over what only the database changed, and over what no tree holds
     * @param dryRun write nothing
     */
    public record Request(Selection selection, boolean skipErrors, boolean override, boolean dryRun) {}

    private final BoundDatabase database;
    private final Repository repository;
    private final Path files;
    private final String folder;

    /** @param files the tree to load: the folder of the work tree, or another one */
    public WorkTreeLoad(BoundDatabase database, Path files) {
        this.database = database;
        this.repository = database.repository();
        this.files = files;
        this.folder = database.binding().path();
    }

    public PartLoad.Outcome run(Request request) throws IOException {
        Standstill.require(repository, "load");
        database.refuseAfterRefusedReload("load");
        return Unmoved.retry(() -> attempt(request));
    }

    private PartLoad.Outcome attempt(Request request) throws IOException {
        ObjectId live = new Fetch(database).run(false).live();
        Optional<String> inStep = database.binding().tree();
        TreeRules rules = TreeRules.of(repository, live, folder, database);
        try (GitTree shown = repository.tree(live, folder)) {
            FileTree base = new GitFileTree(shown);
            PartLoad.Outcome outcome = new PartLoad(
                            base,
                            WatchedTree.of(
                                    new FolderTree(files),
                                    database.surroundings().progress()),
                            database.surroundings().formats(),
                            rules.settings())
                    .run(request.selection(), request.skipErrors(), mixed -> load(live, shown, mixed, request));
            if (!request.dryRun() && !outcome.loaded().tid().equals(Tid.NONE)) {
                ObjectId after = new Fetch(database).run(false).live();
                repository.refs().update("zodb load", RefUpdate.set(loadedRef(), after));
            }
            return outcome;
        } finally {
            // HEAD is where it was, and what the database was last brought to as well.
            if (inStep.isPresent() && database.binding().tree().isEmpty()) {
                database.remember(database.binding().inStep(inStep.get()));
            }
        }
    }

    private LoadResult load(ObjectId live, GitTree shown, MixedTree mixed, Request request) throws IOException {
        ObjectId root = write(live, mixed);
        if (!request.override()) {
            requireNothingLost(live, shown, root);
        }
        return new Loading(database)
                .load(text(), root, request.override() ? Load.Loss.TAKEN : Load.Loss.REFUSED, request.dryRun());
    }

    private ObjectId write(ObjectId live, MixedTree mixed) throws IOException {
        ObjectId root = repository.commits().read(live).tree();
        try (TreeEditor editor = TreeEditor.of(repository, root, folder)) {
            for (String path : mixed.changed()) {
                if (mixed.find(path).isEmpty()) {
                    editor.delete(path);
                } else if (mixed.isFromOther(path)) {
                    editor.put(path, files.resolve(path));
                } else {
                    editor.put(path, mixed.read(path));
                }
            }
            return editor.write();
        }
    }

    /** What the database changed since it was last in step, or last loaded, has to come into git first. */
    private void requireNothingLost(ObjectId live, GitTree shown, ObjectId root) throws IOException {
        Optional<ObjectId> head = repository.head().commit();
        Optional<ObjectId> base = head.isPresent() ? LastInStep.of(database, live, head.get()) : Optional.empty();
        Optional<ObjectId> loaded = repository.refs().find(loadedRef());
        if (loaded.isPresent()
                && repository.commits().isAncestor(loaded.get(), live)
                && (base.isEmpty() || repository.commits().isAncestor(base.get(), loaded.get()))) {
            base = loaded;
        }
        if (base.isEmpty()) {
            throw new RefusedException("git and the database have no common state yet; run 'git zodb pull' first, or"
                    + " look with --override --dry-run, then load with --override");
        }
        Set<String> mine = new HashSet<>();
        try (GitTree before = repository.tree(base.get(), folder);
                GitTree wanted = GitTree.of(repository, root, folder)) {
            before.changesTo(shown).forEach(change -> mine.add(change.path()));
            List<String> lost = new ArrayList<>();
            for (TreeChange change : shown.changesTo(wanted)) {
                if (mine.contains(change.path())) {
                    lost.add(FileNames.join(folder, change.path()));
                }
            }
            if (!lost.isEmpty()) {
                String some = String.join(", ", lost.subList(0, Math.min(SHOWN, lost.size())));
                throw new RefusedException("the database changed " + some
                        + (lost.size() > SHOWN ? " and " + (lost.size() - SHOWN) + " more" : "")
                        + " too; run 'git zodb pull' first, or --override to lose that");
            }
        }
    }

    private TransactionText text() throws IOException {
        String user = repository.git().attempt("config", "user.name").text().strip();
        return TransactionText.of(user.isEmpty() ? Author.DATABASE : user, "git zodb load");
    }

    private String loadedRef() {
        return "refs/zodb/" + database.name() + "/loaded";
    }
}
