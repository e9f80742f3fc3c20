package gitzodb.cli;

import gitzodb.dump.DumpOptions;
import gitzodb.dump.DumpReport;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.LooseDatabase;
import gitzodb.sync.RefusedException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.FolderSink;
import gitzodb.tree.FolderTree;
import gitzodb.tree.ObjectPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Override
    ExitCode run(Console console, LooseDatabase database) throws IOException {
        List<ObjectPath> paths = new ArrayList<>();
        for (String object : objects) {
            paths.add(path(object));
        }
        boolean whole = paths.isEmpty() && !noRecurse;
        Optional<FileTree> present = Files.isDirectory(output) ? Optional.of(new FolderTree(output)) : Optional.empty();
        boolean existed = Files.exists(output);
        FirstSettings first = InitCommand.settings(exact, keepSecrets, settings);
        DumpReport report;
        try (FolderSink sink = open()) {
            DumpOptions options = new DumpOptions(paths, !noRecurse, skipErrors, isVerbose());
            report = database.dump(sink, options, first, present);
            boolean isTree = present.isPresent()
                    && present.get().find(FileNames.SETTINGS).isPresent();
            if (!whole && report.objects() > 0 && !isTree) {
                database.writeRules(sink, first);
            }
            if (whole && report.errors().isEmpty()) {
                sink.removeStale();
            }
        }
        if (report.objects() == 0 && !paths.isEmpty()) {
            if (!existed) {
                Trees.remove(output);
            }
            throw new RefusedException(
                    "no such object: " + String.join(", ", objects) + "; 'git zodb ls' shows what is there");
        }
        Dumped.describe(console, report);
        report.errors().forEach(problem -> console.complain(problem.toString()));
        return report.errors().isEmpty() && report.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }

    private FolderSink open() throws IOException {
        try {
            return FolderSink.open(output);
        } catch (java.nio.file.FileSystemException system) {
            throw system;
        } catch (IOException refused) {
            throw new RefusedException(String.valueOf(refused.getMessage()));
        }
    }
}
