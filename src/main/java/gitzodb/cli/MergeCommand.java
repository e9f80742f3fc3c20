package gitzodb.cli;

import gitzodb.git.Repository;
import gitzodb.merge.Choice;
import gitzodb.sync.RefusedException;
import gitzodb.sync.WholeMerge;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        description = "Merges a revision, all files in one process, and checks the whole before it is committed.",
        footer = "%nExit 1 if there are conflicts or faults; nothing is committed then.")
final class MergeCommand extends ZodbCommand {
    @Parameters(paramLabel = "REV", description = "what to merge")
    private String revision = "";

    @Option(
            names = "--favor",
            paramLabel = "SIDE",
            description = "ours, theirs or union: which value stays where there is a conflict")
    private @Nullable String favor;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "of the commit")
    private @Nullable String message;

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console) throws IOException {
        try (Repository repository = DatabaseCommand.repository()) {
            ObjectId commit = repository
                    .resolve(revision)
                    .orElseThrow(() -> new RefusedException("'" + revision + "' is no revision"));
            WholeMerge merge = new WholeMerge(repository, Wiring.formats(), favor(), revision);
            String text = message == null ? "Merge '" + revision + "'" : message;
            return describe(console, dryRun.isOn() ? merge.preview(commit) : merge.run(commit, text, true));
        }
    }

    private Optional<Choice> favor() {
        return favor == null
                ? Optional.empty()
                : Optional.of(
                        switch (favor.toLowerCase(Locale.ROOT)) {
                            case "ours" -> Choice.OURS;
                            case "theirs" -> Choice.THEIRS;
                            case "union" -> Choice.UNION;
                            default -> throw wrong("--favor is ours, theirs or union");
                        });
    }

    private ExitCode describe(Console console, WholeMerge.Result result) {
        result.said().lines().forEach(console::print);
        String files = Words.count(result.merged(), "file") + " that both sides changed";
        return switch (result.outcome()) {
            case UP_TO_DATE -> say(console, "the branch has all of it already");
            case FAST_FORWARD -> say(console, dryRun.say("would be a fast-forward", "fast-forward"));
            case MERGED -> say(console, dryRun.say("would merge without conflicts, ", "merged, ") + files);
            case CONFLICTS -> {
                result.conflicts().forEach(file -> ConflictsCommand.print(console, file));
                console.complain(Words.count(result.conflicts().size(), "file")
                        + dryRun.say(
                                " would be in conflict",
                                " in conflict; 'git zodb resolve' settles them, 'git commit' ends the merge"));
                yield ExitCode.FINDINGS;
            }
            case UNSOUND -> {
                result.problems().forEach(problem -> console.print(problem.toString()));
                console.complain("the files are merged, but "
                        + Words.count(result.problems().size(), "fault")
                        + " came of it; mend them and run 'git commit', or 'git merge --abort'");
                yield ExitCode.FINDINGS;
            }
        };
    }

    private static ExitCode say(Console console, String line) {
        console.say(line);
        return ExitCode.DONE;
    }
}
