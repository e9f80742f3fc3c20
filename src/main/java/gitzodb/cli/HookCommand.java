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
        try (Repository repository = DatabaseCommand.repository();
                BoundDatabase database = BoundDatabase.open(Wiring.surroundings(console), repository, name(args))) {
            ReloadCommand.describe(console, new Reload(database).runInHook(), false, false);
            return console.flush() ? ExitCode.DONE.number() : ExitCode.FATAL.number();
        } catch (IOException | RuntimeException failure) {
            return Failures.report(failure, false);
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
