package gitzodb.cli;

import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Fetch;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "fetch", description = "Brings what the database has into git, on NAME/live.")
final class FetchCommand extends DatabaseCommand {
    @Option(names = "--squash", description = "make one commit of all new transactions")
    private boolean squash;

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    boolean isDryRun() {
        return dryRun.isOn();
    }

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        Fetch.Result result = new Fetch(database).run(squash);
        console.say(describe(database, result, isDryRun()));
        Dumped.warn(console, result.unreadable());
        return ExitCode.DONE;
    }

    /** Returns one line in the manner of git fetch. */
    static String describe(BoundDatabase database, Fetch.Result result, boolean dryRun) {
        return (dryRun && result.isChange() ? "would fetch: " : "") + describe(database, result);
    }

    private static String describe(BoundDatabase database, Fetch.Result result) {
        String ref = database.name() + "/live";
        if (!result.isChange()) {
            return result.transactions() == 0
                    ? ref + " is up to date"
                    : ref + " is up to date: " + Words.count(result.transactions(), "transaction") + " changed nothing"
                            + " that is in the tree";
        }
        String now = result.live().abbreviate(8).name();
        if (result.dumped().isPresent()) {
            return ref + " is at " + now + ", a snapshot of the whole database";
        }
        String then = result.before().map(id -> id.abbreviate(8).name()).orElse("nothing");
        return then + ".." + now + "  " + ref + ": " + Words.count(result.transactions(), "transaction") + ", "
                + Words.count(result.commits(), "commit");
    }
}
