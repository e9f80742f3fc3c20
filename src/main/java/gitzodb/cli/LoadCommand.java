package gitzodb.cli;

import gitzodb.git.GitConfig;
import gitzodb.git.Repository;
import gitzodb.load.FileOwner;
import gitzodb.load.LoadResult;
import gitzodb.load.PartLoad;
import gitzodb.sync.BoundDatabase;
import gitzodb.sync.FolderLoad;
import gitzodb.sync.RefusedException;
import gitzodb.sync.WorkTreeLoad;
import gitzodb.tree.FolderTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Selection;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "load",
        description = "Brings files into a database, in one transaction: those of the work tree, committed or not, into"
                + " the bound database; or any tree into any database, without a repository.",
        footer = {
            "%nInside the paths the tree wins: what it does not have is deleted. Outside nothing is touched, but that",
            "what holds an object that comes or goes lists it, or lists it no more. All or nothing."
        })
final class LoadCommand extends TreeCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "objects such as /Application/shop, or their files; all if none is given")
    private List<String> paths = List.of();

    @Option(names = "--into", paramLabel = "URL", description = "the database; the bound one if not given")
    private @Nullable String into;

    @Option(names = "--create", description = "with --into, make a new database; refuses an existing one")
    private boolean create;

    @Option(
            names = {"-o", "--override"},
            description = "let the tree win over what only the database has")
    private boolean override;

    @Option(names = "--no-recurse", description = "load the objects alone; they keep the children that they have")
    private boolean noRecurse;

    @Option(
            names = "--skip-errors",
            description = "leave what cannot be loaded as it is in the database, name it, and exit 3")
    private boolean skipErrors;

    @Option(
            names = "--allow",
            paramLabel = "CLASS",
            description = "with --into, a class that the database does not know yet")
    private List<String> allow = List.of();

    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console) throws IOException {
        if (into == null && (create || !allow.isEmpty())) {
            throw wrong("--create and --allow are for a database named with --into; for a bound one use"
                    + " 'git config --add zodb.NAME.allow CLASS'");
        }
        if (create && (!paths.isEmpty() || noRecurse || skipErrors || override)) {
            throw wrong("--create takes the whole tree as it is: no PATH, --no-recurse, --skip-errors or --override");
        }
        TreeFolder folder = folder();
        return ShownFiles.in(
                folder.shown(),
                () -> into == null ? intoBound(console, folder) : into(console, folder, into, allowed()));
    }

    private ExitCode into(Console console, TreeFolder folder, String url, Set<ClassName> allowed) throws IOException {
        FolderLoad load = new FolderLoad(Wiring.surroundings(console), folder.path());
        if (create) {
            LoadResult result = load.intoNew(url, dryRun.isOn());
            String done = result.tid().equals(Tid.NONE)
                    ? "made " + url + " without objects, as the tree has none"
                    : "loaded into " + url + ", transaction " + result.tid().hex();
            console.say(dryRun.say("the tree can be loaded", done));
            Loaded.describeRest(console, result);
            return ExitCode.DONE;
        }
        if (!override) {
            throw new RefusedException("the tree would win over whatever " + url
                    + " holds now; look with --override --dry-run, then load with --override");
        }
        FolderLoad.Request request =
                new FolderLoad.Request(selection(folder.path()), skipErrors, allowed, dryRun.isOn());
        return describe(console, folder, load.over(url, request));
    }

    private ExitCode intoBound(Console console, TreeFolder folder) throws IOException {
        ExitCode code;
        Optional<AfterLoad> afterLoad;
        try (Repository repository = DatabaseCommand.repository();
                BoundDatabase database = BoundDatabase.open(
                        Wiring.surroundings(console),
                        repository,
                        Optional.of(bound(GitConfig.read(repository.git()))))) {
            WorkTreeLoad.Request request =
                    new WorkTreeLoad.Request(selection(folder.path()), skipErrors, override, dryRun.isOn());
            DatabaseCommand.Use<PartLoad.Outcome> load = bound -> new WorkTreeLoad(bound, folder.path()).run(request);
            PartLoad.Outcome outcome =
                    dryRun.isOn() ? DatabaseCommand.inShadow(console, database, load) : load.of(database);
            code = describe(console, folder, outcome);
            afterLoad = dryRun.isOn() ? Optional.empty() : AfterLoad.of(database, outcome.loaded());
        }
        return afterLoad.isEmpty() || afterLoad.get().run(console) ? code : ExitCode.PARTLY;
    }

    private ExitCode describe(Console console, TreeFolder folder, PartLoad.Outcome outcome) {
        Loaded.describe(console, outcome.loaded(), dryRun.isOn(), isVerbose());
        outcome.skipped()
                .forEach(problem -> console.complain(problem.in(folder.shown()).toString()));
        if (outcome.skipped().isEmpty()) {
            return ExitCode.DONE;
        }
        console.complain("these objects stay as they are in the database, with all below them");
        return ExitCode.PARTLY;
    }

    private Selection selection(Path folder) throws IOException {
        List<ObjectPath> objects = new ArrayList<>();
        for (String path : paths) {
            objects.add(object(folder, path));
        }
        return Selection.of(objects, !noRecurse);
    }

    /** A path that begins with a slash is an object, unless there is such a file in the tree. */
    private static ObjectPath object(Path folder, String path) throws IOException {
        Path tree = real(folder);
        Path file = real(Path.of(path));
        if (path.startsWith("/") && !(file.startsWith(tree) && Files.exists(file))) {
            return LookCommand.path(path);
        }
        if (!file.startsWith(tree)) {
            throw new RefusedException(path + " is not in " + folder + "; an object is like /Application/shop");
        }
        String inTree = tree.relativize(file).toString();
        return FileOwner.of(new FolderTree(tree), inTree)
                .orElseThrow(() -> new RefusedException(
                        "no object has the file " + path + "; name its object, like /Application/shop"));
    }

    /** A folder may be reached through a link; the file itself may be gone. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path above = absolute.getParent();
        return above != null && Files.isDirectory(above)
                ? above.toRealPath().resolve(absolute.getFileName())
                : absolute;
    }

    private Set<ClassName> allowed() {
        Set<ClassName> names = new HashSet<>();
        for (String name : allow) {
            try {
                names.add(ClassName.parse(name));
            } catch (IllegalArgumentException wrong) {
                throw wrong("--allow: " + wrong.getMessage());
            }
        }
        return names;
    }
}
