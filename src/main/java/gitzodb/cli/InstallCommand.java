package gitzodb.cli;

import gitzodb.git.ClassArchive;
import gitzodb.git.HookInstall;
import gitzodb.git.Repository;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                Path directory = repository.workTree().orElse(repository.gitDirectory());
                ClassArchive.make(java, jar, archive, directory, List.of("status"), System.getenv());
            }
        } catch (IOException | URISyntaxException failure) {
            console.say("no class-data archive, starts are slower: " + failure.getMessage());
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
