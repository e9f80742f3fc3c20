package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Merges without touching a branch, the index or a file: the trees are merged among the objects, and git is asked
 * whether the result could be checked out. For the repository of a {@link ShadowRepository}, which takes the new objects.
 */
final class MergeTrial implements Merging {
    private static final GitVersion MERGE_TREE = new GitVersion(2, 38);

    private static final Person NOBODY = new Person("git-zodb", "dry-run@zodb.invalid", Instant.EPOCH);

    private final Repository repository;
    private final Git git;

    MergeTrial(Repository repository) {
        this.repository = repository;
        this.git = repository.git();
    }

    @Override
    public GitResult fastForward(ObjectId commit) throws IOException {
        return checkOut(commit);
    }

    @Override
    public Merged merge(ObjectId commit, String message) throws IOException {
        if (!git.attempt("diff-index", "--cached", "--quiet", "HEAD", "--").succeeded()) {
            return refused("your index holds changes that are not committed");
        }
        Merged merged = mergeTree(head(), commit);
        if (merged.result().succeeded() || !merged.conflicts().isEmpty()) {
            GitResult checkOut = checkOut(tree(merged));
            return checkOut.succeeded() ? merged : new Merged(checkOut, List.of());
        }
        return merged;
    }

    @Override
    public Merged rebase(ObjectId onto) throws IOException {
        git.attempt("update-index", "-q", "--refresh");
        if (!git.attempt("diff-index", "--quiet", "HEAD", "--").succeeded()) {
            return refused("you have changes that are not committed");
        }
        GitResult checkOut = checkOut(onto);
        ObjectId tip = onto;
        for (ObjectId commit : checkOut.succeeded() ? ownCommits(onto) : List.<ObjectId>of()) {
            Optional<ObjectId> parent = repository.commits().read(commit).firstParent();
            // The parent of the commit is the base of the merge, as it is the parent of what its change is put on.
            ObjectId target = parent.isEmpty()
                    ? tip
                    : commit(repository.commits().read(tip).tree(), parent.get());
            Merged merged = mergeTree(target, commit);
            if (!merged.result().succeeded()) {
                return merged;
            }
            tip = commit(tree(merged), tip);
        }
        return new Merged(checkOut, List.of());
    }

    /** What a rebase would put on top, oldest first. */
    private List<ObjectId> ownCommits(ObjectId onto) throws IOException {
        String list = git.run(
                "rev-list",
                "--reverse",
                "--topo-order",
                "--no-merges",
                "--cherry-pick",
                "--right-only",
                onto.name() + "..." + head().name());
        List<ObjectId> commits = new ArrayList<>();
        list.lines().map(ObjectId::fromString).forEach(commits::add);
        return commits;
    }

    private Merged mergeTree(ObjectId ours, ObjectId theirs) throws IOException {
        GitVersion version = git.version();
        if (!version.atLeast(MERGE_TREE)) {
            return refused("git " + MERGE_TREE + " or newer can try a merge, and this is " + version);
        }
        GitResult result = git.attempt(
                "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours.name(), theirs.name());
        List<String> parts = result.parts();
        boolean isConflicting = result.status() == 1 && !parts.isEmpty();
        return new Merged(
                result, isConflicting ? List.copyOf(new TreeSet<>(parts.subList(1, parts.size()))) : List.of());
    }

    private static ObjectId tree(Merged merged) {
        return ObjectId.fromString(merged.result().parts().getFirst());
    }

    private ObjectId commit(ObjectId tree, ObjectId parent) throws IOException {
        return repository.commits().write(tree, List.of(parent), NOBODY, NOBODY, "trial");
    }

    /** Asks whether the files could be brought from HEAD to {@code wanted}. */
    private GitResult checkOut(ObjectId wanted) throws IOException {
        git.attempt("update-index", "-q", "--refresh");
        ObjectId from = repository.head().commit().orElse(TreeEditor.emptyTree());
        return git.attempt("read-tree", "-n", "-m", "-u", from.name(), wanted.name());
    }

    private ObjectId head() throws IOException {
        return repository
                .head()
                .commit()
                .orElseThrow(() -> new IllegalStateException("a branch without commits has nothing to merge into"));
    }

    private static Merged refused(String reason) {
        return new Merged(new GitResult(List.of("merge"), 2, Bytes.EMPTY, "error: " + reason + "\n"), List.of());
    }
}
