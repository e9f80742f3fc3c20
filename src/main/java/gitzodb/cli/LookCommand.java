package gitzodb.cli;

import gitzodb.git.GitConfig;
import gitzodb.git.Repository;
import gitzodb.sync.BoundDatabase;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.LooseDatabase;
import gitzodb.sync.RefusedException;
import gitzodb.tree.ObjectPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that looks into a database, bound or not; needs no repository if the database is named. */
abstract class LookCommand extends ZodbCommand {
    @Option(names = "--from", paramLabel = "URL", description = "the database; the bound one if not given")
    private @Nullable String from;

    @Option(names = "--name", paramLabel = "NAME", description = "which bound database, if there are several")
    private @Nullable String name;

    private FirstSettings own = FirstSettings.USUAL;

    @Override
    final ExitCode run(Console console) throws IOException {
        try (LooseDatabase database = LooseDatabase.open(Wiring.surroundings(console), url())) {
            return run(console, database);
        }
    }

    /** Returns the settings of the tree of the bound database; the usual ones if the database is named by its URL. */
    final FirstSettings own() {
        return own;
    }

    abstract ExitCode run(Console console, LooseDatabase database) throws IOException;

    /** Returns a URL given in another way than by {@code --from}. */
    Optional<String> given() {
        return Optional.ofNullable(from);
    }

    private String url() throws IOException {
        Optional<String> given = given();
        if (given.isPresent()) {
            return given.get();
        }
        try (Repository repository = DatabaseCommand.repository()) {
            GitConfig config = GitConfig.read(repository.git());
            List<String> names = name == null ? BoundDatabase.names(config) : List.of(name);
            if (names.size() != 1) {
                throw new RefusedException(
                        names.isEmpty()
                                ? "no database is bound here; name one with --from URL"
                                : "several databases are bound here: " + String.join(", ", names)
                                        + "; say which with --name");
            }
            String bound = names.getFirst();
            String url = config.find("zodb." + bound + ".url")
                    .orElseThrow(() -> new RefusedException("no database '" + bound + "' is bound here"));
            own = FirstSettings.ofBound(repository, bound);
            return url;
        }
    }

    static ObjectPath path(String text) {
        try {
            return ObjectPath.typed(
                    text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException wrong) {
            throw wrong(wrong.getMessage() + "; a path is like /Application/shop");
        }
    }
}
