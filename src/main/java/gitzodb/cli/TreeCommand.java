package gitzodb.cli;

import gitzodb.git.GitConfig;
import gitzodb.git.Repository;
import gitzodb.sync.BoundDatabase;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that works on a tree of files, in a work tree or anywhere; needs no database. */
abstract class TreeCommand extends ZodbCommand {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "the tree folder; that of the bound database if not given")
    private @Nullable Path dir;

    @Option(names = "--name", paramLabel = "NAME", description = "which bound database, if there are several")
    private @Nullable String name;

    /**
     * A tree folder.
     *
     * @param shown as the user named it, or as git shows it
     */
    record TreeFolder(Path path, String shown) {}

    /** Returns the folder named, else the one that is bound. */
    TreeFolder folder() throws IOException {
        if (dir != null) {
            String text = dir.toString();
            return new TreeFolder(dir, text.equals(".") ? "" : text);
        }
        try (Repository repository = DatabaseCommand.repository()) {
            Path top = repository
                    .workTree()
                    .orElseThrow(() -> new RefusedException(
                            repository.gitDirectory() + " has no work tree; name a folder with --dir"));
            String path = path(repository);
            return new TreeFolder(top.resolve(path), path);
        }
    }

    /** Returns the tree folder of the bound database, relative to the work tree. */
    String path(Repository repository) throws IOException {
        GitConfig config = GitConfig.read(repository.git());
        String bound = bound(config);
        return config.find("zodb." + bound + ".path")
                .orElseThrow(() -> new RefusedException("no database '" + bound + "' is bound here"));
    }

    /** Returns the name of the bound database. */
    String bound(GitConfig config) throws IOException {
        List<String> names = name == null ? BoundDatabase.names(config) : List.of(name);
        if (names.size() != 1) {
            throw new RefusedException(
                    names.isEmpty()
                            ? "no database is bound here; name a folder with --dir"
                            : "several databases are bound here: " + String.join(", ", names)
                                    + "; say which with --name");
        }
        return names.getFirst();
    }
}
