package gitzodb.cli;

import gitzodb.git.HookInstall;
import gitzodb.git.Repository;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
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
