package gitzodb.cli;

import gitzodb.git.Repository;
import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Reload;
import java.io.IOException;
import java.util.Optional;

/**
 * What the hooks run: {@code hook EVENT --name NAME …}. Which event it was makes no difference, since a reload decides by
 * what is; it is there for the eye.
 */
final class HookCommand {
    private HookCommand() {}

    static int run(String[] args) {
        Console console = Console.system(false);
        try {
            Optional<AfterLoad> afterLoad = reload(console, name(args));
            if (afterLoad.isPresent()) {
                afterLoad.get().run(console);
            }
            return console.flush() ? ExitCode.DONE.number() : ExitCode.FATAL.number();
        } catch (IOException | RuntimeException failure) {
            return Failures.report(failure, false);
        }
    }

    private static Optional<AfterLoad> reload(Console console, Optional<String> name) throws IOException {
        try (Repository repository = DatabaseCommand.repository();
                BoundDatabase database = BoundDatabase.open(Wiring.surroundings(console), repository, name)) {
            Reload.Result result = ShownFiles.in(database.binding().path(), () -> new Reload(database).runInHook());
            ReloadCommand.describe(console, result, false, false);
            return AfterLoad.of(database, result.loaded());
        }
    }

    private static Optional<String> name(String[] args) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("--name")) {
                return Optional.of(args[i + 1]);
            }
        }
        return Optional.empty();
    }
}
