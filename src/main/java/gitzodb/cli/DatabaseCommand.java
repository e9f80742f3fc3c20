package gitzodb.cli;

import gitzodb.git.Git;
import gitzodb.git.Repository;
import gitzodb.sync.BoundDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that works on a bound database. */
abstract class DatabaseCommand extends ZodbCommand {
    @Option(names = "--name", paramLabel = "NAME", description = "which database, if several are bound")
    private @Nullable String name;

    @Override
    final ExitCode run(Console console) throws IOException {
        try (Repository repository = repository();
                BoundDatabase database =
                        BoundDatabase.open(Wiring.surroundings(console), repository, Optional.ofNullable(name))) {
            return run(console, database);
        }
    }

    abstract ExitCode run(Console console, BoundDatabase database) throws IOException;

    static Repository repository() throws IOException {
        return Repository.open(git());
    }

    /** Returns git in the current folder. */
    static Git git() throws IOException {
        return Git.find(System.getenv(), Path.of("").toAbsolutePath());
    }
}
