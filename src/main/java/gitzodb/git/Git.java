package gitzodb.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The git program, run in one folder with one environment. Arguments are passed as they are, never through a shell; a
 * path needs {@code --} before it. Hooks that run below do not start git-zodb again ({@code GIT_ZODB=0}). Immutable.
 */
public final class Git {
    /** Time for one call, enough for a checkout of a large tree on a slow disk. */
    public static final Duration TIME_LIMIT = Duration.ofMinutes(30);

    private final Path executable;
    private final Path directory;
    private final Map<String, String> environment;

    private Git(Path executable, Path directory, Map<String, String> environment) {
        this.executable = executable;
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * Returns the first {@code git} on the PATH of {@code environment}, which is also the environment it runs in; inside
     * {@code git zodb} git itself puts its own folder first.
     */
    public static Git find(Map<String, String> environment, Path directory) throws GitException {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : List.of("git", "git.exe")) {
                Path candidate = Path.of(folder).resolve(name);
                if (candidate.isAbsolute() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    TreeMap<String, String> ours = new TreeMap<>(environment);
                    ours.put("GIT_ZODB", "0");
                    ours.put("LC_ALL", "C");
                    ours.put("LANGUAGE", "C");
                    ours.put("GIT_TERMINAL_PROMPT", "0");
                    return new Git(candidate, directory, ours);
                }
            }
        }
        throw new GitException("git: not found on PATH; install git " + GitVersion.OLDEST + " or newer");
    }

    /** Returns the same program for another folder. */
    public Git in(Path otherDirectory) {
        return new Git(executable, otherDirectory, environment);
    }

    /** Returns the same program with one variable of its environment set. */
    public Git with(String variable, String value) {
        TreeMap<String, String> changed = new TreeMap<>(environment);
        changed.put(variable, value);
        return new Git(executable, directory, changed);
    }

    /**
     * Returns the same program without the variables that tie it to one repository ({@code GIT_DIR} and the like), for
     * work in another one.
     */
    public Git detached() {
        return without(REPOSITORY_VARIABLES);
    }

    /** As {@link #detached}, but with the configuration that was given on the command line ({@code git -c}). */
    Git untied() {
        return without(REPOSITORY_VARIABLES.stream()
                .filter(name -> !name.startsWith("GIT_CONFIG_"))
                .toList());
    }

    private Git without(List<String> variables) {
        TreeMap<String, String> changed = new TreeMap<>(environment);
        changed.keySet().removeAll(variables);
        return new Git(executable, directory, changed);
    }

    public Path executable() {
        return executable;
    }

    public Path directory() {
        return directory;
    }

    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public GitVersion version() throws IOException {
        return GitVersion.parse(run("version"));
    }

    /** Runs git and returns what it printed, decoded as UTF-8, without the final newline. */
    public String run(String... arguments) throws IOException {
        return run(List.of(arguments));
    }

    /** As {@link #run(String...)}. */
    public String run(List<String> arguments) throws IOException {
        return attempt(arguments).orThrow().text();
    }

    /** Runs git and returns how it ended, whatever its exit status. */
    public GitResult attempt(String... arguments) throws IOException {
        return attempt(List.of(arguments));
    }

    /** As {@link #attempt(String...)}. */
    public GitResult attempt(List<String> arguments) throws IOException {
        return attempt(arguments, new byte[0]);
    }

    /** Runs git with {@code input} on its standard input and returns how it ended. */
    public GitResult attempt(List<String> arguments, byte[] input) throws IOException {
        return GitProcess.run(executable, arguments, directory, environment, input, TIME_LIMIT);
    }

    /** What {@code git rev-parse --local-env-vars} lists. */
    private static final List<String> REPOSITORY_VARIABLES = List.of(
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_CONFIG",
            "GIT_CONFIG_COUNT",
            "GIT_CONFIG_PARAMETERS",
            "GIT_DIR",
            "GIT_GRAFT_FILE",
            "GIT_IMPLICIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_INTERNAL_SUPER_PREFIX",
            "GIT_NO_REPLACE_OBJECTS",
            "GIT_OBJECT_DIRECTORY",
            "GIT_PREFIX",
            "GIT_QUARANTINE_PATH",
            "GIT_REFLOG_ACTION",
            "GIT_REPLACE_REF_BASE",
            "GIT_SHALLOW_FILE",
            "GIT_WORK_TREE");
}
