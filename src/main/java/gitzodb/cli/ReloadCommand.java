package gitzodb.cli;

import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Reload;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "reload", description = "Brings the database to HEAD, as checkout brings the work tree.")
final class ReloadCommand extends DatabaseCommand {
    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        Reload.Result result = new Reload(database).run(isDryRun());
        describe(console, result, isDryRun(), isVerbose());
        loaded(database, result.loaded());
        return ExitCode.DONE;
    }

    @Override
    boolean isDryRun() {
        return dryRun.isOn();
    }

    static void describe(Console console, Reload.Result result, boolean dryRun, boolean all) {
        Loaded.describe(console, result.loaded(), dryRun, all);
        if (!result.carried().isEmpty()) {
            console.say(Words.count(result.carried().size(), "file")
                    + " changed in the database only, carried along; 'git zodb pull' brings them into git");
        }
        if (!dryRun) {
            console.say(
                    "the database is at HEAD, " + result.head().abbreviate(8).name());
        }
    }
}
