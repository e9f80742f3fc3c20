package gitzodb.git;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A merge in which git does all but the files of our driver: these it leaves as conflicts, without a process for each,
 * and the caller merges them.
 */
public final class DrivenMerge {
    private static final String DRIVER = "merge.zodb.driver";
    private static final GitVersion MERGE_TREE = new GitVersion(2, 38);

    private final Repository repository;
    private final Git git;

    private DrivenMerge(Repository repository, WorkTree files) {
        this.repository = repository;
        this.git = repository.git().in(files.root());
    }

    /** Returns what merges in the work tree of a repository; empty if our driver is not in force for files such as this. */
    public static Optional<DrivenMerge> in(Repository repository, String path) throws IOException {
        DrivenMerge merge = new DrivenMerge(repository, repository.files());
        boolean isOurs = merge.git.run("check-attr", "merge", "--", path).endsWith(": zodb");
        return isOurs ? Optional.of(merge) : Optional.empty();
    }

    /**
     * Begins a merge, or moves forward; makes no commit.
     *
     * @param favor {@code ours} or {@code theirs} for lines that conflict; empty to leave them
     */
    public GitResult begin(ObjectId commit, String message, Optional<String> favor) throws IOException {
        List<String> arguments = new ArrayList<>(withoutDriver());
        arguments.addAll(List.of("merge", "--quiet", "--no-commit", "--no-edit", "-m", message));
        favor.ifPresent(side -> arguments.add("--strategy-option=" + side));
        arguments.add(commit.name());
        return git.attempt(arguments);
    }

    /** Moves the branch to a later commit. Hooks run as for any merge, so the database follows. */
    public static GitResult forward(Repository repository, ObjectId commit) throws IOException {
        Git git = repository.git().in(repository.files().root()).with("GIT_ZODB", "1");
        return git.attempt("merge", "--quiet", "--ff-only", commit.name());
    }

    /** Returns what a merge would leave in conflict, without touching a branch, the index or a file. */
    public List<Unmerged> preview(ObjectId ours, ObjectId theirs) throws IOException {
        GitVersion version = git.version();
        if (!version.atLeast(MERGE_TREE)) {
            throw new GitException("git " + MERGE_TREE + " or newer can try a merge, and this is " + version);
        }
        List<String> arguments = new ArrayList<>(withoutDriver());
        arguments.addAll(List.of("merge-tree", "--write-tree", "--no-messages", "-z", ours.name(), theirs.name()));
        GitResult result = git.attempt(arguments);
        if (result.status() != 1) {
            result.orThrow();
            return List.of();
        }
        List<String> lines =
                result.parts().stream().skip(1).filter(line -> !line.isEmpty()).toList();
        return List.copyOf(Unmerged.parse(lines).values());
    }

    /** The bases of a criss-cross merge are few: they are merged as ever. */
    private List<String> withoutDriver() throws IOException {
        GitResult driver = git.attempt("config", "--get", DRIVER);
        String bases = driver.succeeded() ? "zodb-bases" : "binary";
        List<String> settings =
                new ArrayList<>(List.of("-c", DRIVER + "=false", "-c", "merge.zodb.recursive=" + bases));
        if (driver.succeeded()) {
            settings.addAll(List.of("-c", "merge.zodb-bases.driver=" + driver.text()));
        }
        return settings;
    }

    /** Puts merged files into the work tree and the index, in this order: a kill leaves them in conflict, not undone. */
    public void settle(Map<Unmerged, Bytes> merged) throws IOException {
        if (merged.isEmpty()) {
            return;
        }
        for (Map.Entry<Unmerged, Bytes> file : merged.entrySet()) {
            AtomicFile.write(repository.files().root().resolve(file.getKey().path()), file.getValue());
        }
        StringBuilder index = new StringBuilder();
        StringBuilder paths = new StringBuilder();
        try (ObjectBatch batch = ObjectBatch.open(repository)) {
            for (Map.Entry<Unmerged, Bytes> file : merged.entrySet()) {
                ObjectId blob = batch.insert(Constants.OBJ_BLOB, file.getValue().toArray());
                String path = file.getKey().path();
                index.append("0 ")
                        .append(ObjectId.zeroId().name())
                        .append('\t')
                        .append(path)
                        .append('\0');
                index.append(file.getKey().mode()).append(' ').append(blob.name());
                index.append(" 0\t").append(path).append('\0');
                paths.append(path).append('\0');
            }
            batch.flush();
        }
        git.attempt(List.of("update-index", "-z", "--index-info"), utf8(index)).orThrow();
        git.attempt(List.of("checkout-index", "--force", "-u", "-z", "--stdin"), utf8(paths))
                .orThrow();
    }

    private static byte[] utf8(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Ends the merge by a commit.
     *
     * @param follow whether the database follows: our hooks run as for any commit
     */
    public GitResult commit(boolean follow) throws IOException {
        return git.with("GIT_ZODB", follow ? "1" : "0").attempt("commit", "--quiet", "--no-edit");
    }
}
