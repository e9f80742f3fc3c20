package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository and its work tree, bound to a site. Commands fail the test unless they succeed. */
record Checkout(Workbench workbench, Path folder, Site site) {
    /** Runs git; returns both outputs. */
    String git(String... arguments) throws IOException {
        return run("git", arguments).ok().text();
    }

    /** Runs git, whatever comes of it. */
    Ran tryGit(String... arguments) throws IOException {
        return run("git", arguments);
    }

    /** Runs {@code git zodb}; returns both outputs. */
    String zodb(String... arguments) throws IOException {
        return tryZodb(arguments).ok().text();
    }

    /** Runs {@code git zodb}, whatever comes of it. */
    Ran tryZodb(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("zodb"));
        words.addAll(List.of(arguments));
        return run("git", words.toArray(String[]::new));
    }

    private Ran run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return workbench.run(folder, command.toArray(String[]::new));
    }

    /** Another checkout of the same kind at another place, such as a linked work tree. */
    Checkout at(Path otherFolder) {
        return new Checkout(workbench, otherFolder, site);
    }

    String id(String revision) throws IOException {
        return git("rev-parse", "--verify", revision);
    }

    /** The file tree of a revision, as one id. */
    String tree(String revision) throws IOException {
        return git("rev-parse", revision + ":zodb");
    }

    Path file(String path) {
        return folder.resolve("zodb").resolve(path);
    }

    String read(String path) throws IOException {
        return Files.readString(file(path));
    }

    void write(String path, String content) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), content);
    }

    void replace(String path, String old, String replacement) throws IOException {
        String content = read(path);
        assertThat(content).contains(old);
        write(path, content.replace(old, replacement));
    }

    /** Commits all that is in the work tree. */
    void commit(String subject) throws IOException {
        git("add", "--all");
        git("commit", "--quiet", "-m", subject);
    }

    /** Changes a file and commits it. */
    void commitFile(String path, String content) throws IOException {
        write(path, content);
        commit("Change " + path);
    }

    /** The paths that a revision changed, below the tree folder, as git names them: {@code M Application/x.py}. */
    List<String> changes(String revision) throws IOException {
        String text = git("diff-tree", "-r", "-M", "--no-commit-id", "--name-status", revision);
        return text.lines()
                .map(line -> line.replace('\t', ' ').replace("zodb/", ""))
                .toList();
    }

    /** How the database stands to git, for scripts, with paths below the tree folder; empty when in step. */
    String status() throws IOException {
        return zodb("status", "--porcelain").replace(" zodb/", " ");
    }

    /** Fails unless database, tracking branch and HEAD hold the same. */
    void mustBeInStep() throws IOException {
        assertThat(status()).isEmpty();
        assertThat(tree("zodb/live")).isEqualTo(tree("HEAD"));
    }

    /** Fails unless a clean checkout of HEAD is what a dump of the database gives. */
    void mustEqualDump() throws IOException {
        Path dump = Files.createTempDirectory(workbench.folder(), "dump").resolve("zodb");
        zodb("dump", "--from", site.dataFs().toString(), "-o", dump.toString());
        Ran difference = workbench.run(folder, "diff", "-r", file("").toString(), dump.toString());
        assertThat(difference.text()).isEmpty();
        assertThat(git("status", "--porcelain")).isEmpty();
    }
}
