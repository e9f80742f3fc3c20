package gitzodb.cli;

import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Pull;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "pull", description = "Fetches, and merges what the database has into the branch that is checked out.")
final class PullCommand extends DatabaseCommand {
    @Option(names = "--rebase", description = "put the branch's own commits on top instead of merging")
    private boolean rebase;

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    boolean isDryRun() {
        return dryRun.isOn();
    }

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        Pull.Result result = new Pull(database).run(rebase);
        console.say(FetchCommand.describe(database, result.fetched(), isDryRun()));
        Dumped.warn(console, result.fetched().unreadable());
        String push = "; 'git zodb push' brings the branch's own changes to the database";
        return switch (result.outcome()) {
            case UP_TO_DATE -> say(console, "the branch has all of it already");
            case FAST_FORWARD ->
                say(
                        console,
                        dryRun.say(
                                "would fast-forward the branch to the database",
                                "fast-forward: the branch is as the database"));
            case MERGED -> say(console, dryRun.say("would merge without conflicts", "merged" + push));
            case REBASED -> say(console, dryRun.say("would rebase without conflicts", "rebased" + push));
            case UNSOUND -> {
                result.conflicts().forEach(console::print);
                console.complain("the files are merged, but "
                        + Words.count(result.conflicts().size(), "fault")
                        + " came of it; mend them and run 'git commit', or 'git merge --abort'");
                yield ExitCode.FINDINGS;
            }
            case CONFLICTS -> {
                result.conflicts().forEach(path -> console.print("conflict: " + path));
                console.complain(Words.count(result.conflicts().size(), "file")
                        + dryRun.say(
                                " would be in conflict",
                                " in conflict; 'git zodb resolve' or edit and 'git add' them, then 'git commit' or"
                                        + " 'git rebase --continue'"));
                yield ExitCode.FINDINGS;
            }
        };
    }

    private static ExitCode say(Console console, String line) {
        console.say(line);
        return ExitCode.DONE;
    }
}
