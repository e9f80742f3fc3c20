package gitzodb.cli;

import gitzodb.sync.FolderLoad;
import gitzodb.sync.RefusedException;
import gitzodb.tree.LoadResult;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "load",
        description = "Brings a tree of files into a database, in one transaction; needs no repository.",
        footer =
                "%nThe tree wins: what it does not have is deleted from the database. In a repository use 'git zodb push'.")
final class LoadCommand extends ZodbCommand {
    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "the tree, as 'git zodb dump' writes it")
    private Path dir = Path.of("");

    @Option(names = "--into", required = true, paramLabel = "URL", description = "the database")
    private String into = "";

    @Option(names = "--create", description = "make a new database; refuses an existing one")
    private boolean create;

    @Option(names = "--override", description = "let the tree win over a database that it has no history with")
    private boolean override;

    @Option(names = "--allow", paramLabel = "CLASS", description = "a class that the database does not know yet")
    private List<String> allow = List.of();

    @Option(
            names = {"-n", "--dry-run"},
            description = "say what would be written, write nothing")
    private boolean dryRun;

    @Override
    ExitCode run(Console console) throws IOException {
        FolderLoad load = new FolderLoad(Wiring.surroundings(console), dir);
        if (create) {
            Tid tid = load.intoNew(into, dryRun);
            console.say(dryRun ? "the tree can be loaded" : "loaded into " + into + ", transaction " + tid.hex());
            return ExitCode.DONE;
        }
        if (!override) {
            throw new RefusedException("the tree would win over whatever " + into
                    + " holds now; look with --override --dry-run, then load with --override");
        }
        LoadResult result = load.over(into, allowed(), dryRun);
        Loaded.describe(console, result, dryRun, isVerbose());
        return ExitCode.DONE;
    }

    private Set<ClassName> allowed() throws RefusedException {
        Set<ClassName> names = new HashSet<>();
        for (String name : allow) {
            try {
                names.add(ClassName.parse(name));
            } catch (IllegalArgumentException wrong) {
                throw new RefusedException("--allow: " + wrong.getMessage());
            }
        }
        return names;
    }
}
