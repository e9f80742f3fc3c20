package gitzodb.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts our hooks and our merge driver into a repository and takes them out: hooks in the configuration where git knows
 * them there (2.54), else in the hooks folder, whichever is in force. Planned first, then done whole or not at all; doing it twice changes
 * nothing.
 */
public final class HookInstall {
    /** The events that can leave a database behind HEAD. */
    public static final List<String> EVENTS = List.of(
            "post-checkout", "post-merge", "post-commit", "post-rewrite", "post-index-change", "reference-transaction");

    private static final String ALIAS = "alias.zodb";

    private final Repository repository;
    private final List<FileChange> files = new ArrayList<>();
    private final List<ConfigChange> settings = new ArrayList<>();

    private HookInstall(Repository repository) {
        this.repository = repository;
    }

    /**
     * Plans what puts the hooks in.
     *
     * @param launcher the program {@code git-zodb}; its hooks are in {@code hooks/} beside it or beside its folder
     */
    public static HookInstall plan(Repository repository, Path launcher) throws IOException {
        return plan(repository, launcher, repository.git().version());
    }

    static HookInstall plan(Repository repository, Path launcher, GitVersion version) throws IOException {
        HookInstall plan = new HookInstall(repository);
        Path ours = hooksOf(launcher);
        GitConfig config = GitConfig.read(repository.git());
        if (version.atLeast(GitVersion.CONFIG_HOOKS)) {
            // A block from the days of an older git would run every hook twice.
            plan.removeFiles();
            for (String event : EVENTS) {
                String path = HookFile.quote(ours.resolve(event));
                plan.set(config, section(event) + ".event", event);
                plan.set(config, section(event) + ".command", "test ! -x " + path + " || " + path);
            }
        } else {
            plan.removeSettings(config);
            Path hooks = hooksFolder(repository);
            for (String event : EVENTS) {
                HookFile.install(hooks, event, ours.resolve(event)).ifPresent(plan.files::add);
            }
        }
        plan.alias(config, launcher);
        MergeDriver.settings(launcher).forEach((name, value) -> plan.set(config, name, value));
        MergeDriver.install(repository).ifPresent(plan.files::add);
        return plan;
    }

    /** Plans what takes everything out that {@link #plan} puts in, by whichever version of git. */
    public static HookInstall planRemoval(Repository repository) throws IOException {
        HookInstall plan = new HookInstall(repository);
        GitConfig config = GitConfig.read(repository.git());
        plan.removeFiles();
        plan.removeSettings(config);
        if (config.find(ALIAS).filter(HookInstall::isOurAlias).isPresent()) {
            plan.settings.add(ConfigChange.unset(ALIAS));
        }
        MergeDriver.NAMES.stream()
                .filter(name -> config.find(name).isPresent())
                .forEach(name -> plan.settings.add(ConfigChange.unset(name)));
        MergeDriver.uninstall(repository).ifPresent(plan.files::add);
        return plan;
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return files.isEmpty() && settings.isEmpty();
    }

    /** Returns what would be done, one line each. */
    public List<String> steps() {
        List<String> steps = new ArrayList<>();
        files.forEach(change -> steps.add(change.describe()));
        settings.forEach(change -> steps.add(change.describe()));
        return steps;
    }

    /** Does it; if a step fails, what was done is taken back and the failure reported. */
    public void apply() throws IOException {
        List<FileChange> done = new ArrayList<>();
        List<ConfigChange> set = new ArrayList<>();
        try {
            for (FileChange change : files) {
                change.apply();
                done.add(change);
            }
            for (ConfigChange change : settings) {
                change.apply(repository.git());
                set.add(change);
            }
        } catch (IOException e) {
            for (ConfigChange change : set.reversed()) {
                change.undo(repository.git());
            }
            for (FileChange change : done.reversed()) {
                change.undo();
            }
            throw new GitException(
                    "hooks of " + repository.gitDirectory() + ": " + e.getMessage()
                            + "; nothing was changed, correct that and try again",
                    e);
        }
    }

    /** Returns the hooks folder in force: {@code core.hooksPath}, or the one of the repository. */
    public static Path hooksFolder(Repository repository) throws IOException {
        return Path.of(repository.git().run("rev-parse", "--path-format=absolute", "--git-path", "hooks"));
    }

    private void removeFiles() throws IOException {
        Path hooks = hooksFolder(repository);
        for (String event : EVENTS) {
            HookFile.uninstall(hooks, event).ifPresent(files::add);
        }
    }

    private void removeSettings(GitConfig config) {
        for (String event : EVENTS) {
            for (String key : List.of(".event", ".command")) {
                if (config.find(section(event) + key).isPresent()) {
                    settings.add(ConfigChange.unset(section(event) + key));
                }
            }
        }
    }

    private void set(GitConfig config, String name, String value) {
        if (!config.all(name).equals(List.of(value))) {
            settings.add(ConfigChange.set(name, value));
        }
    }

    /** {@code git zodb} works in this repository for a user who never touched PATH. */
    private void alias(GitConfig config, Path launcher) {
        Optional<String> present = config.find(ALIAS);
        boolean needed = !onPath(repository.git().environment().getOrDefault("PATH", ""));
        if (needed && present.filter(value -> !isOurAlias(value)).isEmpty()) {
            // Git runs an alias at the root of the work tree; the user's folder is below.
            set(config, ALIAS, ALIAS_START + HookFile.quote(launcher));
        }
    }

    private static final String ALIAS_START = "!cd \"./${GIT_PREFIX-}\" && exec ";

    private static boolean isOurAlias(String value) {
        return value.startsWith(ALIAS_START) && value.endsWith("git-zodb'");
    }

    private static boolean onPath(String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "git-zodb"))) {
                return true;
            }
        }
        return false;
    }

    private static String section(String event) {
        return "hook.zodb-" + event;
    }

    private static Path hooksOf(Path launcher) throws GitException {
        Path folder = launcher.toAbsolutePath().normalize().getParent();
        for (Path at = folder; at != null && folder != null; at = at.equals(folder) ? folder.getParent() : null) {
            if (Files.isRegularFile(at.resolve("hooks").resolve("follow.sh"))) {
                return at.resolve("hooks");
            }
        }
        throw new GitException(launcher + ": no folder hooks beside it; install git-zodb again");
    }
}
