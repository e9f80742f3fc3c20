package gitzodb.cli;

import gitzodb.git.Git;
import gitzodb.git.Repository;
import gitzodb.git.ShadowRepository;
import gitzodb.load.LoadResult;
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

    private Optional<AfterLoad> afterLoad = Optional.empty();

    @Override
    final ExitCode run(Console console) throws IOException {
        ExitCode code = runOpen(console);
        return afterLoad.isEmpty() || afterLoad.get().run(console) || code != ExitCode.DONE ? code : ExitCode.PARTLY;
    }

    private ExitCode runOpen(Console console) throws IOException {
        try (Repository repository = repository();
                BoundDatabase database =
                        BoundDatabase.open(Wiring.surroundings(console), repository, Optional.ofNullable(name))) {
            return ShownFiles.in(
                    database.binding().path(),
                    () -> isDryRun()
                            ? inShadow(console, database, copy -> run(console, copy))
                            : run(console, database));
        }
    }

    /** What is done with a bound database. */
    @FunctionalInterface
    interface Use<T> {
        T of(BoundDatabase database) throws IOException;
    }

    /** Does something with a copy of the repository and its binding, which then goes: for a dry run. */
    static <T> T inShadow(Console console, BoundDatabase real, Use<T> use) throws IOException {
        try (ShadowRepository shadow = ShadowRepository.of(real.repository());
                BoundDatabase copy = BoundDatabase.open(
                        Wiring.surroundings(console), shadow.repository(), Optional.of(real.name()))) {
            return use.of(copy);
        }
    }

    /** Returns whether nothing is to change; a command that writes has an option for it. */
    boolean isDryRun() {
        return false;
    }

    abstract ExitCode run(Console console, BoundDatabase database) throws IOException;

    /** Takes note of what was written, for the command that runs when the database is let go. */
    final void loaded(BoundDatabase database, LoadResult result) throws IOException {
        afterLoad = isDryRun() ? Optional.empty() : AfterLoad.of(database, result);
    }

    static Repository repository() throws IOException {
        return Repository.open(git());
    }

    /** Returns git in the current folder. */
    static Git git() throws IOException {
        return Git.find(System.getenv(), Path.of("").toAbsolutePath());
    }
}
