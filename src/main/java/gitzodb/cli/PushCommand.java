package gitzodb.cli;

import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Push;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "push", description = "Brings a commit into the database, in one transaction.")
final class PushCommand extends DatabaseCommand {
    @Parameters(arity = "0..1", paramLabel = "COMMIT", description = "what to push; HEAD if not given")
    private @Nullable String commit;

    @Option(
            names = "--force-with-lease",
            paramLabel = "LIVE",
            arity = "0..1",
            fallbackValue = "",
            description = "push even what is not a fast-forward, if the database is at LIVE (the last fetched state)")
    private @Nullable String lease;

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        Push.Result result = new Push(database).run(Optional.ofNullable(commit), lease(database), isDryRun());
        Loaded.describe(console, result.loaded(), isDryRun(), isVerbose());
        loaded(database, result.loaded());
        String pushed = result.commit().abbreviate(8).name();
        if (isDryRun()) {
            return ExitCode.DONE;
        }
        console.say("the database is at " + pushed);
        if (result.isCanonicalised()) {
            console.say("some files have another form in the database; 'git zodb pull' brings them");
        }
        return ExitCode.DONE;
    }

    @Override
    boolean isDryRun() {
        return dryRun.isOn();
    }

    private Optional<ObjectId> lease(BoundDatabase database) throws IOException {
        if (lease == null) {
            return Optional.empty();
        }
        String expected = lease.isEmpty() ? "refs/remotes/" + database.name() + "/live" : lease;
        Optional<ObjectId> id = database.repository().resolve(expected);
        if (id.isEmpty()) {
            throw new RefusedException("'" + expected + "' is no commit; run 'git zodb fetch' first");
        }
        return id;
    }
}
