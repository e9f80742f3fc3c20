package gitzodb.cli;

import gitzodb.git.HookInstall;
import gitzodb.git.Repository;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "uninstall", description = "Takes the hooks out again, byte for byte.")
final class UninstallCommand extends ZodbCommand {
    @Option(
            names = {"-n", "--dry-run"},
            description = "say what would be done")
    private boolean dryRun;

    @Override
    ExitCode run(Console console) throws IOException {
        try (Repository repository = DatabaseCommand.repository()) {
            InstallCommand.apply(console, HookInstall.planRemoval(repository), dryRun, "hooks are taken out");
        }
        return ExitCode.DONE;
    }
}
