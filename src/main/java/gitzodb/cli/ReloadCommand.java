package gitzodb.cli;

import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Reload;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "reload", description = "Brings the database to HEAD, as checkout brings the work tree.")
final class ReloadCommand extends DatabaseCommand {
    @Option(
            names = {"-n", "--dry-run"},
            description = "say what would be written, write nothing")
    private boolean dryRun;

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        Reload.Result result = new Reload(database).run(dryRun);
        describe(console, result, dryRun, isVerbose());
        loaded(database, result.loaded(), dryRun);
        return ExitCode.DONE;
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
