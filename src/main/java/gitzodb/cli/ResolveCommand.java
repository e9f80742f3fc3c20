package gitzodb.cli;

import gitzodb.bytes.Bytes;
import gitzodb.git.Repository;
import gitzodb.git.Unmerged;
import gitzodb.merge.Choice;
import gitzodb.sync.Conflicts;
import gitzodb.sync.RefusedException;
import gitzodb.xml.Element;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resolve",
        description = "Settles what a merge left in conflict; what has none left is added to the index.",
        footer = "%nIn a rebase 'ours' is the branch that is rebased onto, as in git. Exit 1 if a conflict is left.")
final class ResolveCommand extends ZodbCommand {
    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "files, or folders for all below; from where you are")
    private List<String> paths = List.of();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** Which value is to stay. */
    static final class Which {
        @Option(names = "--ours", description = "our value where there is a conflict")
        private boolean ours;

        @Option(names = "--theirs", description = "their value")
        private boolean theirs;

        @Option(names = "--base", description = "the value of before")
        private boolean base;

        @Option(names = "--union", description = "the members of both; of texts the lines of both")
        private boolean union;

        @Option(names = "--value", paramLabel = "FILE", description = "the XML element in a file")
        private @Nullable Path value;
    }

    @Option(names = "--at", paramLabel = "PLACE", description = "one place only, as 'git zodb conflicts' shows it")
    private @Nullable String at;

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console) throws IOException {
        int left = 0;
        try (Repository repository = DatabaseCommand.repository()) {
            Conflicts conflicts = new Conflicts(repository, dryRun.isOn());
            Path value = which.value;
            Element element =
                    value == null ? null : XmlReader.read(value.toString(), Bytes.wrap(Files.readAllBytes(value)));
            String prefix = repository.git().run("rev-parse", "--show-prefix");
            for (String path : paths) {
                List<Unmerged> files = conflicts.at(fromTop(prefix, path));
                if (files.isEmpty()) {
                    throw new RefusedException(path + " is in no conflict; 'git zodb conflicts' lists what is");
                }
                for (Unmerged file : files) {
                    Conflicts.Settled settled = element == null
                            ? conflicts.settle(file, at, choice())
                            : conflicts.settle(file, at, element);
                    left += settled.left();
                    console.say(settled.path() + ": " + dryRun.say("would be ", "") + words(settled));
                }
            }
        }
        return left == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static String words(Conflicts.Settled settled) {
        if (settled.left() > 0) {
            return "settled, but for " + Words.count(settled.left(), "conflict");
        }
        return settled.isGone() ? "settled, removed" : "settled";
    }

    private Choice choice() {
        if (which.ours) {
            return Choice.OURS;
        }
        if (which.theirs) {
            return Choice.THEIRS;
        }
        if (which.base) {
            return Choice.BASE;
        }
        if (which.union) {
            return Choice.UNION;
        }
        throw new IllegalStateException("the parser lets no other choice through");
    }

    /** Returns a path from the top of the work tree, {@code ""} for the top. */
    private static String fromTop(String prefix, String path) throws RefusedException {
        Path whole = Path.of(prefix).resolve(path).normalize();
        if (whole.isAbsolute() || whole.startsWith("..")) {
            throw new RefusedException(path + " is outside the work tree");
        }
        return whole.toString();
    }
}
