package gitzodb.it;

import gitzodb.classes.ClassFormats;
import gitzodb.formats.BuiltinFormats;
import gitzodb.git.Repository;
import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Progress;
import gitzodb.sync.Push;
import gitzodb.sync.Reload;
import gitzodb.sync.Surroundings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** What commands do with a bound database, without a JVM of their own. */
final class InProcess {
    /** One command. */
    @FunctionalInterface
    interface Use {
        void of(BoundDatabase database) throws IOException;
    }

    private InProcess() {}

    static void run(Checkout checkout, Use use) throws IOException {
        race(checkout, () -> {}, use);
    }

    /** Runs a command that has a rival. */
    static void race(Checkout checkout, RacingStorages.Rival rival, Use use) throws IOException {
        Surroundings surroundings = new Surroundings(
                new ClassFormats(BuiltinFormats.all()),
                new RacingStorages(rival),
                InstantSource.system(),
                Progress.NONE);
        try (Repository repository = Repository.open(checkout.workbench().git().git(checkout.folder()));
                BoundDatabase database = BoundDatabase.open(surroundings, repository, Optional.empty())) {
            use.of(database);
        }
    }

    static void push(BoundDatabase database) throws IOException {
        new Push(database).run(Optional.empty(), Optional.empty(), false);
    }

    static void reload(BoundDatabase database) throws IOException {
        new Reload(database).run(false);
    }
}
