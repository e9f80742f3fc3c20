package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.load.Load;
import gitzodb.load.LoadResult;
import gitzodb.tree.FileNames;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Brings the database to HEAD, as {@code git checkout} brings the work tree: changes that only the database has are
 * carried along, and a file that both sides changed is a refusal. Decides by what is, never by what a hook said: run
 * twice, the second run does nothing.
 */
public final class Reload {
    /**
     * What a reload did.
     *
     * @param head what the database was brought to
     * @param live the commit that shows the database now: {@code head}, or a child of it with what was carried along
     * @param carried the files that only the database had changed
     */
    public record Result(ObjectId head, ObjectId live, List<String> carried, LoadResult loaded) {}

    private static final int SHOWN = 5;

    private final BoundDatabase database;
    private final Repository repository;

    public Reload(BoundDatabase database) {
        this.database = database;
        this.repository = database.repository();
    }

    /** Reloads. A refusal leaves a mark that {@code pull} and {@code push} respect, until a reload succeeds. */
    public Result run(boolean dryRun) throws IOException {
        Standstill.require(repository, "reload");
        return reload(dryRun);
    }

    /** Reloads in a hook, which has decided that git is done with what it does, though its marks may still be there. */
    public Result runInHook() throws IOException {
        return reload(false);
    }

    private Result reload(boolean dryRun) throws IOException {
        if (dryRun) {
            return Unmoved.retry(() -> load(true));
        }
        mark("a reload was begun and has not ended");
        try {
            Result result = Unmoved.retry(() -> load(false));
            Files.deleteIfExists(database.refusedMark());
            Files.deleteIfExists(database.pendingMark());
            return result;
        } catch (IOException failure) {
            mark(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            throw failure;
        }
    }

    private Result load(boolean dryRun) throws IOException {
        ObjectId head = repository
                .head()
                .commit()
                .orElseThrow(() -> new RefusedException("there is no commit yet; run 'git zodb pull' first"));
        refuseConflictedFiles();
        ObjectId live = new Fetch(database).run(false).live();
        Loading loading = new Loading(database);
        if (folder(head).equals(folder(live))) {
            if (!dryRun) {
                loading.setLive(head);
                rememberStep(head, head);
            }
            return new Result(head, head, List.of(), LoadResult.NOTHING);
        }
        ObjectId base = LastInStep.of(database, live, head).orElse(live);
        Wanted wanted = Wanted.of(repository, database.binding().path(), base, head, live);
        if (!wanted.conflicts().isEmpty()) {
            throw new RefusedException("the database and git both changed " + shown(named(wanted.conflicts()))
                    + "; nothing was loaded: 'git switch' back and 'git zodb pull', then switch again");
        }
        LoadResult loaded =
                loading.load(head, wanted.tree(), carried(wanted, base, live), Load.Loss.REMEMBERED, dryRun);
        if (dryRun) {
            return new Result(head, live, wanted.carried(), loaded);
        }
        ObjectId after = new Fetch(database).run(false).live();
        if (loaded.tid().equals(Tid.NONE)) {
            after = loading.adopt(head);
        }
        rememberStep(head, after.equals(head) || wanted.carried().isEmpty() ? after : head);
        return new Result(head, after, wanted.carried(), loaded);
    }

    private Optional<List<Tid>> carried(Wanted wanted, ObjectId base, ObjectId live) throws IOException {
        if (wanted.carried().isEmpty()) {
            return Optional.empty();
        }
        try (Snapshot now = database.storage().snapshot()) {
            return Optional.of(CarriedChanges.between(database, now, base, live));
        }
    }

    private void refuseConflictedFiles() throws IOException {
        if (repository.isBare() || repository.workTree().isEmpty()) {
            return;
        }
        List<String> unmerged = repository.files().unmerged(database.binding().path());
        if (!unmerged.isEmpty()) {
            throw new RefusedException(
                    shown(unmerged) + " in conflict; resolve and commit, then run 'git zodb reload'");
        }
    }

    private void rememberStep(ObjectId head, ObjectId base) throws IOException {
        repository.refs().update("zodb reload", RefUpdate.set(database.baseRef(), base));
        database.remember(database.binding().inStep(folder(head).name()));
    }

    private ObjectId folder(ObjectId commit) throws IOException {
        return repository.commits().folder(commit, database.binding().path());
    }

    private void mark(String reason) throws IOException {
        AtomicFile.write(database.refusedMark(), Bytes.utf8(reason + "\n"));
    }

    private List<String> named(List<String> files) {
        return files.stream()
                .map(file -> FileNames.join(database.binding().path(), file))
                .toList();
    }

    private static String shown(List<String> files) {
        String some = String.join(", ", files.subList(0, Math.min(SHOWN, files.size())));
        return files.size() > SHOWN ? some + " and " + (files.size() - SHOWN) + " more" : some;
    }
}
