package gitzodb.sync;

import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.load.Load;
import gitzodb.load.LoadResult;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Brings a commit into the database, in one transaction, if the commit has all that the database has. */
public final class Push {
    /**
     * What a push did.
     *
     * @param commit what was pushed
     * @param live the commit that shows the database now: {@code commit}, or a child of it in canonical form
     */
    public record Result(ObjectId commit, ObjectId live, LoadResult loaded) {
        public boolean isCanonicalised() {
            return !commit.equals(live);
        }
    }

    private final BoundDatabase database;
    private final Repository repository;

    public Push(BoundDatabase database) {
        this.database = database;
        this.repository = database.repository();
    }

    /**
     * Pushes.
     *
     * @param revision what to push; HEAD if empty
     * @param expectedLive push also what is not a fast-forward, if the database is at this commit; for {@code
     *     --force-with-lease}
     * @param dryRun find out what would be written, write nothing
     */
    public Result run(Optional<String> revision, Optional<ObjectId> expectedLive, boolean dryRun) throws IOException {
        return Unmoved.retry(() -> attempt(revision, expectedLive, dryRun));
    }

    private Result attempt(Optional<String> revision, Optional<ObjectId> expectedLive, boolean dryRun)
            throws IOException {
        database.refuseAfterRefusedReload("push");
        Standstill.require(repository, "push");
        String wanted = revision.orElse("HEAD");
        ObjectId commit = repository
                .resolve(wanted)
                .orElseThrow(() -> new RefusedException("'" + wanted + "' is no commit; commit something first"));
        ObjectId live = new Fetch(database).run(false).live();
        if (folder(commit).equals(folder(live))) {
            if (!dryRun) {
                becomeLive(commit);
                rememberStep(commit, commit);
            }
            return new Result(commit, commit, LoadResult.NOTHING);
        }
        if (expectedLive.isPresent()) {
            requireLease(expectedLive.get(), live);
        } else {
            requireFastForward(live, commit, wanted);
        }
        Loading loading = new Loading(database);
        ObjectId tree = repository.commits().read(commit).tree();
        LoadResult loaded = loading.load(commit, tree, Optional.empty(), Load.Loss.REFUSED, dryRun);
        if (dryRun) {
            return new Result(commit, live, loaded);
        }
        ObjectId after = new Fetch(database).run(false).live();
        if (loaded.tid().equals(Tid.NONE)) {
            after = loading.adopt(commit);
        }
        rememberStep(commit, after);
        return new Result(commit, after, loaded);
    }

    private void requireLease(ObjectId expected, ObjectId live) throws RefusedException {
        if (!expected.equals(live)) {
            throw new RefusedException(
                    "the database is at " + live.abbreviate(12).name() + ", not at "
                            + expected.abbreviate(12).name() + " as expected; look at it with 'git zodb diff live'");
        }
    }

    /** A fast-forward in content: the commit has {@code live}, or a commit with the same tree, in its history. */
    private void requireFastForward(ObjectId live, ObjectId commit, String wanted) throws IOException {
        if (repository.commits().isAncestor(live, commit)) {
            return;
        }
        Optional<ObjectId> base = repository.commits().mergeBase(live, commit);
        if (base.isPresent() && folder(base.get()).equals(folder(live))) {
            return;
        }
        throw new RefusedException("the database has changes that '" + wanted
                + "' does not have (non-fast-forward); run 'git zodb pull', then push again");
    }

    private void becomeLive(ObjectId commit) throws IOException {
        new Loading(database).setLive(commit);
    }

    /** HEAD and database are in step if it was HEAD that was pushed. */
    private void rememberStep(ObjectId commit, ObjectId after) throws IOException {
        if (repository.head().commit().equals(Optional.of(commit))) {
            repository.refs().update("zodb push", RefUpdate.set(database.baseRef(), after));
            database.remember(database.binding().inStep(folder(commit).name()));
        }
    }

    private ObjectId folder(ObjectId commit) throws IOException {
        return repository.commits().folder(commit, database.binding().path());
    }
}
