package gitzodb.cli;

import gitzodb.git.ClassArchive;
import gitzodb.git.HookInstall;
import gitzodb.git.Repository;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "install", description = "Puts the hooks into this repository, so that the database follows HEAD.")
final class InstallCommand extends ZodbCommand {
    @Option(
            names = {"-n", "--dry-run"},
            description = "say what would be done")
    private boolean dryRun;

    @Override
    ExitCode run(Console console) throws IOException {
        try (Repository repository = DatabaseCommand.repository()) {
            install(console, repository, dryRun);
        }
        return ExitCode.DONE;
    }

    static void install(Console console, Repository repository, boolean dryRun) throws IOException {
        apply(console, HookInstall.plan(repository, launcher()), dryRun, "hooks are installed");
        if (!dryRun) {
            archive(console, repository);
        }
    }

    /** Makes the next starts faster; that it cannot be done is no failure. */
    private static void archive(Console console, Repository repository) {
        try {
            Path jar = Path.of(InstallCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path archive = ClassArchive.place(jar, repository);
            boolean fits = Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
            if (!fits && Files.isRegularFile(jar)) {
                Path java = Path.of(System.getProperty("java.home"), "bin", "java");
                rehearse(java, jar, archive);
            }
        } catch (IOException | URISyntaxException failure) {
            console.say("no class-data archive, starts are slower: " + failure.getMessage());
        }
    }

    private static void rehearse(Path java, Path jar, Path archive) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        // Nothing of this repository and this user: no hooks, an own folder, a name for commits.
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_ZODB", "0");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (String who : List.of("GIT_AUTHOR_", "GIT_COMMITTER_")) {
            environment.put(who + "NAME", "nobody");
            environment.put(who + "EMAIL", "nobody@example.org");
        }
        Path folder = Files.createTempDirectory("git-zodb-rehearsal-");
        try {
            ClassArchive.make(java, jar, archive, folder, List.of("rehearse"), environment);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static void apply(Console console, HookInstall plan, boolean dryRun, String done) throws IOException {
        if (dryRun) {
            plan.steps().forEach(console::print);
            return;
        }
        plan.apply();
        console.say(done);
    }

    private static Path launcher() throws RefusedException {
        String launcher = System.getProperty("gitzodb.launcher");
        if (launcher == null) {
            throw new RefusedException("hooks need the launcher; run git-extension/git-zodb install");
        }
        return Path.of(launcher);
    }
}
