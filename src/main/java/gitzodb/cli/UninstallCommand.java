package gitzodb.cli;

import gitzodb.git.HookInstall;
import gitzodb.git.Repository;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "uninstall", description = "Takes the hooks out again, byte for byte.")
final class UninstallCommand extends ZodbCommand {
    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console) throws IOException {
        try (Repository repository = DatabaseCommand.repository()) {
            InstallCommand.apply(console, HookInstall.planRemoval(repository), dryRun.isOn(), "hooks are taken out");
        }
        return ExitCode.DONE;
    }
}
