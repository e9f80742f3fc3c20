package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/** The files that are checked out and the index, asked and changed through git. */
public final class WorkTree implements Merging {
    private final Git git;
    private final Path root;

    WorkTree(Git git, Path root) {
        this.git = git.in(root);
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** Returns the files below a folder that a merge left in conflict, sorted. */
    public List<String> unmerged(String folder) throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        for (String entry : git.attempt("ls-files", "--unmerged", "-z", "--", pathspec(folder))
                .orThrow()
                .parts()) {
            paths.add(entry.substring(entry.indexOf('\t') + 1));
        }
        return List.copyOf(paths);
    }

    /** Returns the files that a merge left in conflict, sorted by path. */
    public List<Unmerged> unmerged() throws IOException {
        List<String> lines =
                git.attempt("ls-files", "--unmerged", "-z").orThrow().parts();
        return List.copyOf(Unmerged.parse(lines).values());
    }

    /** Settles a file by one of its versions; by none, if it is not there in it. */
    public void take(Unmerged file, Unmerged.Version version) throws IOException {
        if (file.has(version)) {
            git.run("checkout-index", "--force", "--stage=" + version.stage(), "--", file.path());
            add(file.path());
        } else {
            remove(file.path());
        }
    }

    /** Takes a file out of the index and the work tree. */
    public void remove(String path) throws IOException {
        git.run("rm", "--quiet", "--force", "--", pathspec(path));
    }

    /** Returns the bytes of one of the versions of a file; empty if it has none. */
    public Bytes read(Unmerged file, Unmerged.Version version) throws IOException {
        return file.has(version)
                ? git.attempt("cat-file", "blob", ":" + version.stage() + ":" + file.path())
                        .orThrow()
                        .output()
                : Bytes.EMPTY;
    }

    /** Takes a file of the work tree as settled. */
    public void add(String path) throws IOException {
        git.run("add", "--", pathspec(path));
    }

    /**
     * Merges the lines of a file, and where they conflict takes those of a side.
     *
     * @param favor {@code ours}, {@code theirs} or {@code union}
     * @return empty if the file is no text
     */
    public Optional<Bytes> mergeLines(Unmerged file, String favor) throws IOException {
        List<Path> versions = new ArrayList<>();
        try {
            for (Unmerged.Version version :
                    List.of(Unmerged.Version.OURS, Unmerged.Version.BASE, Unmerged.Version.THEIRS)) {
                Path content = Files.createTempFile("git-zodb-", ".tmp");
                versions.add(content);
                Files.write(content, read(file, version).toArray());
            }
            List<String> arguments = new ArrayList<>(List.of("merge-file", "-q", "-p", "--" + favor));
            versions.forEach(version -> arguments.add(version.toString()));
            GitResult merged = git.attempt(arguments);
            return merged.succeeded() ? Optional.of(merged.output()) : Optional.empty();
        } finally {
            for (Path version : versions) {
                Files.deleteIfExists(version);
            }
        }
    }

    /**
     * Returns the files below a folder that differ from HEAD in the index or on disk, and those that git does not know
     * and does not ignore; sorted. Takes no lock and leaves the index as it is.
     */
    public List<String> dirty(String folder) throws IOException {
        GitResult status = git.with("GIT_OPTIONAL_LOCKS", "0")
                .attempt(
                        "status",
                        "--porcelain=v1",
                        "-z",
                        "--untracked-files=all",
                        "--no-renames",
                        "--",
                        pathspec(folder))
                .orThrow();
        TreeSet<String> paths = new TreeSet<>();
        for (String entry : status.parts()) {
            paths.add(entry.substring(3));
        }
        return List.copyOf(paths);
    }

    @Override
    public GitResult fastForward(ObjectId commit) throws IOException {
        return git.attempt("merge", "--quiet", "--ff-only", commit.name());
    }

    @Override
    public Merged merge(ObjectId commit, String message) throws IOException {
        return merged(git.attempt("merge", "--quiet", "--no-edit", "-m", message, commit.name()));
    }

    @Override
    public Merged rebase(ObjectId onto) throws IOException {
        return merged(git.attempt("rebase", "--quiet", onto.name()));
    }

    private Merged merged(GitResult result) throws IOException {
        return new Merged(result, result.succeeded() ? List.of() : unmerged(""));
    }

    /** Checks out the first commit of a branch that had none, or any commit over a clean tree; keeps changed files. */
    public GitResult resetKeep(ObjectId commit) throws IOException {
        return git.attempt("reset", "--quiet", "--keep", commit.name());
    }

    /** Brings some files in the index and on disk to a commit; changes in them are lost. */
    public void restore(ObjectId commit, List<String> paths) throws IOException {
        if (paths.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>(
                List.of("restore", "--source=" + commit.name(), "--staged", "--worktree", "--pathspec-from-file=-"));
        arguments.add("--pathspec-file-nul");
        StringBuilder list = new StringBuilder();
        for (String path : paths) {
            list.append(pathspec(path)).append('\0');
        }
        git.attempt(arguments, list.toString().getBytes(StandardCharsets.UTF_8)).orThrow();
    }

    private static String pathspec(String path) {
        return ":(top,literal)" + path;
    }
}
