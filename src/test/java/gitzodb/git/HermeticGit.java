package gitzodb.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Git that knows nothing of this machine and its user: a home of its own, fixed names and dates. Below the folder given
 * are {@code home/} and whatever a test makes. {@code GITZODB_GIT} in the environment names the folder of another git
 * than the one on the PATH.
 */
public final class HermeticGit {
    private final Path folder;
    private final TreeMap<String, String> environment = new TreeMap<>();

    private HermeticGit(Path folder) {
        this.folder = folder;
    }

    /** Prepares a folder, which exists, such as one of JUnit's {@code @TempDir}. */
    public static HermeticGit in(Path folder) throws IOException {
        Path real = folder.toRealPath();
        HermeticGit git = new HermeticGit(real);
        Path home = Files.createDirectories(real.resolve("home"));
        // Not /dev/null: a tool that writes its configuration by a rename would replace it.
        Path global = Files.writeString(home.resolve(".gitconfig"), """
                [user]
                \tname = Ida
                \temail = ida@example.org
                [init]
                \tdefaultBranch = main
                [advice]
                \tdetachedHead = false
                [gc]
                \tauto = 0
                """);
        Path system = Files.writeString(home.resolve("system.gitconfig"), "");
        git.environment.put("HOME", home.toString());
        git.environment.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
        git.environment.put("GIT_CONFIG_GLOBAL", global.toString());
        git.environment.put("GIT_CONFIG_SYSTEM", system.toString());
        git.environment.put("GIT_CEILING_DIRECTORIES", real.toString());
        git.environment.put("GIT_AUTHOR_DATE", "2026-01-02T03:04:05+0000");
        git.environment.put("GIT_COMMITTER_DATE", "2026-01-02T03:04:05+0000");
        git.environment.put("GIT_EDITOR", "true");
        git.environment.put("LC_ALL", "C");
        git.environment.put("TZ", "UTC");
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        String other = System.getenv("GITZODB_GIT");
        git.environment.put("PATH", other == null ? path : other + ":" + path);
        return git;
    }

    public Path folder() {
        return folder;
    }

    public Path home() {
        return folder.resolve("home");
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** Sets a variable for everything that is started from now on. */
    public HermeticGit with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Returns git as the product runs it. */
    public Git git(Path directory) throws GitException {
        return Git.find(environment, directory);
    }

    /** Makes an empty repository with a work tree; its path. */
    public Path init(String name) throws IOException {
        Path work = Files.createDirectories(folder.resolve(name));
        run(work, "init", "--quiet");
        return work;
    }

    /** Runs git as a user does, hooks included; fails the test unless it succeeds. Returns both outputs. */
    public String run(Path directory, String... arguments) throws IOException {
        return checked(result(directory, arguments));
    }

    /** Runs git as a user does, whatever comes of it. */
    public GitResult result(Path directory, String... arguments) throws IOException {
        return GitProcess.run(
                git(directory).executable(),
                List.of(arguments),
                directory,
                environment,
                new byte[0],
                Duration.ofSeconds(60));
    }

    /** Runs a script of {@code /bin/sh}; fails the test unless it succeeds. Returns both outputs. */
    public String sh(Path directory, String script) throws IOException {
        return checked(shResult(directory, script));
    }

    public GitResult shResult(Path directory, String script) throws IOException {
        return GitProcess.run(
                Path.of("/bin/sh"), List.of("-c", script), directory, environment, new byte[0], Duration.ofSeconds(60));
    }

    private static String checked(GitResult result) {
        String text = result.text() + (result.errors().isEmpty() ? "" : "\n" + result.errors());
        if (!result.succeeded()) {
            throw new AssertionError(String.join(" ", result.arguments()) + " → " + result.status() + "\n" + text);
        }
        return text.strip();
    }

    /** Writes a file of a work tree, folders included. */
    public static void write(Path work, String path, String content) throws IOException {
        write(work.resolve(path), content);
    }

    /** Writes a file, folders included. */
    static void write(Path file, String content) throws IOException {
        Path above = file.getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** Writes a file and commits it with all other changes. */
    public void commit(Path work, String path, String content) throws IOException {
        write(work, path, content);
        run(work, "add", "--all");
        run(work, "commit", "--quiet", "-m", "change " + path);
    }
}
