package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A git repository: where it is, where HEAD stands, and its objects. Git itself finds it, with all its rules of
 * ownership and environment; its objects are then read and written in process. One thread at a time.
 */
public final class Repository implements AutoCloseable {
    private final Git git;
    private final FileRepository jgit;
    private final Path gitDirectory;
    private final Path commonDirectory;
    private final Optional<Path> workTree;
    private final boolean bare;
    private final boolean shadow;

    private Repository(
            Git git,
            FileRepository jgit,
            Path gitDirectory,
            Path commonDirectory,
            Optional<Path> workTree,
            boolean bare,
            boolean shadow) {
        this.git = git;
        this.jgit = jgit;
        this.gitDirectory = gitDirectory;
        this.commonDirectory = commonDirectory;
        this.workTree = workTree;
        this.bare = bare;
        this.shadow = shadow;
    }

    /** Opens the repository that git finds from the folder of {@code git}. */
    public static Repository open(Git git) throws IOException {
        return open(git, false);
    }

    /** Opens the repository of a {@link ShadowRepository}. */
    static Repository shadow(Git git) throws IOException {
        return open(git, true);
    }

    private static Repository open(Git git, boolean shadow) throws IOException {
        GitResult result = git.attempt(
                "rev-parse",
                "--path-format=absolute",
                "--git-dir",
                "--git-common-dir",
                "--is-bare-repository",
                "--show-object-format",
                "--show-toplevel");
        List<String> facts = result.text().lines().toList();
        if (facts.size() < 4) {
            throw new NotARepositoryException(git.directory() + ": " + result.reason());
        }
        if (!facts.get(3).equals("sha1")) {
            throw new GitException(facts.get(0) + ": a repository with " + facts.get(3)
                    + " object names is not supported; use one made with --object-format=sha1");
        }
        Path gitDirectory = Path.of(facts.get(0));
        Path commonDirectory = Path.of(facts.get(1));
        // Git ends with an error here when there is no work tree, or when asked from inside .git.
        Optional<Path> workTree =
                result.succeeded() && facts.size() == 5 ? Optional.of(Path.of(facts.get(4))) : Optional.empty();
        Git here = git.in(workTree.orElse(gitDirectory));
        if (git.environment().containsKey("GIT_DIR")) {
            here = here.with("GIT_DIR", gitDirectory.toString());
        }
        if (workTree.isPresent() && git.environment().containsKey("GIT_WORK_TREE")) {
            here = here.with("GIT_WORK_TREE", workTree.get().toString());
        }
        InProcess.install();
        FileRepositoryBuilder builder = new FileRepositoryBuilder()
                .setMustExist(true)
                .setGitDir(gitDirectory.toFile())
                .setGitCommonDir(commonDirectory.toFile());
        if (workTree.isPresent()) {
            builder.setWorkTree(workTree.get().toFile());
        } else {
            builder.setBare();
        }
        FileRepository jgit;
        try {
            jgit = (FileRepository) builder.build();
        } catch (IllegalArgumentException e) {
            throw new GitException(gitDirectory + ": " + e.getMessage(), e);
        }
        return new Repository(
                here,
                jgit,
                gitDirectory,
                commonDirectory,
                workTree,
                facts.get(2).equals("true"),
                shadow);
    }

    /** Makes an empty repository in the folder of {@code git}, which exists, and opens it. */
    public static Repository create(Git git) throws IOException {
        Git fresh = git.detached();
        fresh.attempt("init", "--quiet", "--object-format=sha1").orThrow();
        return open(fresh);
    }

    /** Returns the git program for this repository; it runs at the root of the work tree. */
    public Git git() {
        return git;
    }

    /** Returns the git folder of this work tree: {@code .git}, or {@code .git/worktrees/NAME} of a linked one. */
    public Path gitDirectory() {
        return gitDirectory;
    }

    /** Returns the git folder that all work trees share. */
    public Path commonDirectory() {
        return commonDirectory;
    }

    /** Returns the root of the work tree; empty in a bare repository and when opened from inside {@code .git}. */
    public Optional<Path> workTree() {
        return workTree;
    }

    public boolean isBare() {
        return bare;
    }

    /** Returns whether this is a work tree made by {@code git worktree add}. */
    public boolean isLinkedWorkTree() {
        return !gitDirectory.equals(commonDirectory);
    }

    public Head head() throws IOException {
        Ref head = jgit.exactRef("HEAD");
        if (head == null) {
            throw new GitException(gitDirectory + ": HEAD cannot be read; run git fsck");
        }
        Optional<String> branch =
                head.isSymbolic() ? Optional.of(head.getTarget().getName()) : Optional.empty();
        return new Head(branch, Optional.ofNullable(head.getObjectId()));
    }

    /** Returns the commit that a revision such as {@code HEAD~2} or {@code v1.0} names. */
    public Optional<ObjectId> resolve(String revision) throws IOException {
        GitResult result = git.attempt("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        return result.succeeded() ? Optional.of(ObjectId.fromString(result.text())) : Optional.empty();
    }

    /** Returns what is under way in this work tree, outermost first; mostly nothing. */
    public List<Operation> operations() throws IOException {
        List<Operation> found = new ArrayList<>();
        for (Operation operation : Operation.ALL) {
            String mark = operation.mark();
            // With reftable, CHERRY_PICK_HEAD and its like are refs and no files.
            if (Files.exists(gitDirectory.resolve(mark)) || (mark.endsWith("_HEAD") && jgit.exactRef(mark) != null)) {
                found.add(operation);
            }
        }
        return found;
    }

    /** Returns the empty tree if {@code commit} has no such folder. */
    public GitTree tree(ObjectId commit, String folder) throws IOException {
        return GitTree.of(this, commits().read(commit).tree(), folder);
    }

    public Commits commits() {
        return new Commits(this);
    }

    public Refs refs() {
        return new Refs(this);
    }

    /** Returns the work tree; a wrong call in a repository that has none. */
    public WorkTree files() {
        return new WorkTree(
                git, workTree.orElseThrow(() -> new IllegalStateException("no work tree: " + gitDirectory)));
    }

    /** Returns what merges into the branch that is checked out; in a {@link ShadowRepository} it only tries. */
    public Merging merging() {
        return shadow ? new MergeTrial(this) : files();
    }

    /** Returns the content of a blob. */
    public Bytes blob(ObjectId id) throws IOException {
        try (ObjectReader reader = reader()) {
            return Bytes.wrap(reader.open(id, Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE - 8));
        } catch (LargeObjectException e) {
            throw new GitException("git object " + id.name() + ": too large to be read at once", e);
        }
    }

    FileRepository jgit() {
        return jgit;
    }

    ObjectReader reader() {
        return jgit.newObjectReader();
    }

    @Override
    public void close() {
        jgit.close();
    }
}
