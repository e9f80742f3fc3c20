package gitzodb.cli;

import gitzodb.dump.DumpOptions;
import gitzodb.dump.DumpReport;
import gitzodb.files.FolderRemoval;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.LooseDatabase;
import gitzodb.sync.RefusedException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.FolderComparison;
import gitzodb.tree.FolderSink;
import gitzodb.tree.FolderTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dump",
        description = "Writes objects as files into a folder; makes no commits and needs no repository.")
final class DumpCommand extends LookCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "OBJECT",
            description = "paths such as /Application/shop; all if none is given")
    private List<String> objects = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "an empty folder, or a tree of git-zodb, which is brought up to date")
    private Path output = Path.of("");

    @Option(names = "--exact", description = "keep all that can be kept: derived attributes and secrets")
    private boolean exact;

    @Option(names = "--keep-secrets", description = "write password hashes and the like, and not placeholders")
    private boolean keepSecrets;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "a .zodbconfig for the tree, such as one with rules for classes")
    private @Nullable Path settings;

    @Option(names = "--no-recurse", description = "leave out what is below the objects")
    private boolean noRecurse;

    @Option(names = "--skip-errors", description = "go on after an object that cannot be read or written, and exit 3")
    private boolean skipErrors;

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console, LooseDatabase database) throws IOException {
        List<ObjectPath> paths = new ArrayList<>();
        for (String object : objects) {
            paths.add(path(object));
        }
        boolean whole = paths.isEmpty() && !noRecurse;
        Optional<FileTree> present = Files.isDirectory(output) ? Optional.of(new FolderTree(output)) : Optional.empty();
        boolean existed = Files.exists(output);
        FirstSettings first = first(present);
        DumpOptions options = new DumpOptions(paths, !noRecurse, skipErrors, isVerbose());
        DumpReport report;
        if (dryRun.isOn()) {
            FolderComparison comparison = open(FolderComparison::open);
            report = write(comparison, database, options, first, present);
            boolean removing = whole && report.errors().isEmpty();
            console.say("would write " + comparison.added() + " new and " + comparison.changed()
                    + " changed files, and remove " + (removing ? comparison.stale() : 0));
        } else {
            try (FolderSink sink = open(FolderSink::open)) {
                report = write(sink, database, options, first, present);
                if (whole && report.errors().isEmpty()) {
                    sink.removeStale();
                }
            }
        }
        if (report.objects() == 0 && !paths.isEmpty()) {
            if (!existed && !dryRun.isOn()) {
                FolderRemoval.remove(output);
            }
            throw new RefusedException(
                    "no such object: " + String.join(", ", objects) + "; 'git zodb ls' shows what is there");
        }
        Dumped.describe(console, report, Optional.empty());
        report.errors().forEach(problem -> console.complain(problem.toString()));
        return report.errors().isEmpty() && report.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }

    /** A tree that is there has its own settings; a new one of the bound database has those of its tree. */
    private FirstSettings first(Optional<FileTree> present) throws IOException {
        boolean isTree =
                present.isPresent() && present.get().find(FileNames.SETTINGS).isPresent();
        return settings != null || isTree
                ? InitCommand.settings(exact, keepSecrets, settings)
                : new FirstSettings(exact, keepSecrets || own().keepSecrets(), own().file());
    }

    private DumpReport write(
            TreeSink sink, LooseDatabase database, DumpOptions options, FirstSettings first, Optional<FileTree> present)
            throws IOException {
        DumpReport report = database.dump(sink, options, first, present);
        boolean whole = objects.isEmpty() && !noRecurse;
        boolean isTree =
                present.isPresent() && present.get().find(FileNames.SETTINGS).isPresent();
        if (!whole && report.objects() > 0 && !isTree) {
            database.writeRules(sink, first);
        }
        return report;
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open(Path folder) throws IOException;
    }

    private <T> T open(Opening<T> opening) throws IOException {
        try {
            return opening.open(output);
        } catch (java.nio.file.FileSystemException system) {
            throw system;
        } catch (IOException refused) {
            throw new RefusedException(String.valueOf(refused.getMessage()));
        }
    }
}
