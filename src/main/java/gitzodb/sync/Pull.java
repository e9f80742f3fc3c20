package gitzodb.sync;

import gitzodb.git.GitResult;
import gitzodb.git.Head;
import gitzodb.git.Merging;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.git.WorkTree;
import gitzodb.tree.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Fetches and merges what the database has into the branch that is checked out. */
public final class Pull {
    /** How a pull ended. */
    public enum Outcome {
        UP_TO_DATE,
        FAST_FORWARD,
        MERGED,
        REBASED,
        /** Git stopped with conflicts, which are named. */
        CONFLICTS,
        /** No file is in conflict, but the merged tree has faults, which are named; nothing is committed. */
        UNSOUND
    }

    /**
     * What a pull did.
     *
     * @param conflicts the files in conflict, as git names them; or the faults
     */
    public record Result(Fetch.Result fetched, Outcome outcome, List<String> conflicts) {}

    private final BoundDatabase database;
    private final Repository repository;

    public Pull(BoundDatabase database) {
        this.database = database;
        this.repository = database.repository();
    }

    /** Pulls; with {@code rebase} the commits of the branch are put on top instead of being merged. */
    public Result run(boolean rebase) throws IOException {
        database.refuseAfterRefusedReload("pull");
        UnfinishedMerge unfinished = new UnfinishedMerge(repository);
        boolean goesOn = unfinished.isThere();
        if (!goesOn) {
            Standstill.require(repository, "pull");
        }
        Fetch.Result fetched = new Fetch(database).run(false);
        if (goesOn) {
            WholeMerge.Result ended = wholeMerge().goOn(unfinished, false);
            if (ended.outcome() != WholeMerge.Outcome.MERGED) {
                return ended(ended, fetched);
            }
        }
        Head head = repository.head();
        if (head.commit().isEmpty()) {
            GitResult result = repository.merging().fastForward(fetched.live());
            refuse(result, "check out the database");
            return inStep(fetched, Outcome.FAST_FORWARD);
        }
        ObjectId commit = head.commit().get();
        if (repository.commits().isAncestor(fetched.live(), commit)) {
            return new Result(fetched, Outcome.UP_TO_DATE, List.of());
        }
        if (repository.commits().isAncestor(commit, fetched.live())) {
            refuse(repository.merging().fastForward(fetched.live()), "fast-forward");
            return inStep(fetched, Outcome.FAST_FORWARD);
        }
        if (sameFolder(commit, fetched.live())) {
            return inStep(fetched, Outcome.UP_TO_DATE);
        }
        return rebase ? rebase(fetched) : merge(fetched, head);
    }

    private Result merge(Fetch.Result fetched, Head head) throws IOException {
        String into = head.branch().map(Pull::shortName).orElse("HEAD");
        String message = "Merge database '" + database.name() + "' into " + into;
        if (repository.merging() instanceof WorkTree && WholeMerge.isPossible(repository)) {
            return ended(wholeMerge().run(fetched.live(), message, false), fetched);
        }
        return ended(repository.merging().merge(fetched.live(), message), fetched, Outcome.MERGED);
    }

    private WholeMerge wholeMerge() {
        String theirs = database.name() + "/live";
        return new WholeMerge(repository, database.surroundings().formats(), Optional.empty(), theirs);
    }

    private Result ended(WholeMerge.Result merged, Fetch.Result fetched) throws IOException {
        return switch (merged.outcome()) {
            case CONFLICTS -> {
                List<String> files =
                        merged.conflicts().stream().map(Conflicts.Found::path).toList();
                yield new Result(fetched, Outcome.CONFLICTS, files);
            }
            case UNSOUND -> {
                List<String> faults =
                        merged.problems().stream().map(Problem::toString).toList();
                yield new Result(fetched, Outcome.UNSOUND, faults);
            }
            case MERGED, FAST_FORWARD, UP_TO_DATE -> inStep(fetched, Outcome.MERGED);
        };
    }

    private Result rebase(Fetch.Result fetched) throws IOException {
        return ended(repository.merging().rebase(fetched.live()), fetched, Outcome.REBASED);
    }

    private Result ended(Merging.Merged merged, Fetch.Result fetched, Outcome outcome) throws IOException {
        if (!merged.conflicts().isEmpty()) {
            return new Result(fetched, Outcome.CONFLICTS, merged.conflicts());
        }
        refuse(merged.result(), outcome == Outcome.MERGED ? "merge" : "rebase");
        return inStep(fetched, outcome);
    }

    private static void refuse(GitResult result, String verb) throws RefusedException {
        if (!result.succeeded()) {
            throw new RefusedException(
                    "git did not " + verb + ": " + result.reason() + "; commit or stash your changes and pull again");
        }
    }

    /** What the database has is in HEAD now: the next reload starts from there. */
    private Result inStep(Fetch.Result fetched, Outcome outcome) throws IOException {
        repository.refs().update("zodb pull", RefUpdate.set(database.baseRef(), fetched.live()));
        database.remember(database.binding().inStep(folder(fetched.live()).name()));
        return new Result(fetched, outcome, List.of());
    }

    private boolean sameFolder(ObjectId one, ObjectId other) throws IOException {
        return folder(one).equals(folder(other));
    }

    private ObjectId folder(ObjectId commit) throws IOException {
        return repository.commits().folder(commit, database.binding().path());
    }

    private static String shortName(String branch) {
        return branch.replaceFirst("^refs/heads/", "");
    }
}
