package gitzodb.cli;

import gitzodb.sync.LooseDatabase;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.TidClock;
import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "info", description = "Describes a database: its kind, its last transaction, its classes.")
final class InfoCommand extends LookCommand {
    @Parameters(arity = "0..1", paramLabel = "URL", description = "the database; the bound one if not given")
    private @Nullable String url;

    @Option(names = "--classes", description = "count the objects of each class, most first")
    private boolean classes;

    @Option(names = "--sizes", description = "with --classes, the bytes of their records, largest first")
    private boolean sizes;

    @Override
    Optional<String> given() {
        return url != null ? Optional.of(url) : super.given();
    }

    @Override
    ExitCode run(Console console, LooseDatabase database) throws IOException {
        console.print("database:    " + database.storage().description());
        console.print("pickles of:  "
                + (switch (database.storage().generation()) {
                    case PYTHON2 -> "Python 2 (FS21)";
                    case PYTHON3 -> "Python 3 (FS30)";
                }));
        try (Snapshot snapshot = database.storage().snapshot()) {
            console.print("transaction: " + snapshot.tid().hex() + ", " + TidClock.time(snapshot.tid()));
        }
        SortedMap<ClassName, LooseDatabase.ClassCount> counts = database.classes();
        long objects = counts.values().stream()
                .mapToLong(LooseDatabase.ClassCount::objects)
                .sum();
        long bytes = counts.values().stream()
                .mapToLong(LooseDatabase.ClassCount::bytes)
                .sum();
        console.print("objects:     " + objects + ", " + bytes + " bytes, of "
                + Words.count(counts.size(), "class").replace("classs", "classes"));
        if (classes || sizes) {
            Comparator<Map.Entry<ClassName, LooseDatabase.ClassCount>> order = Comparator.comparingLong(
                    entry -> sizes ? entry.getValue().bytes() : entry.getValue().objects());
            counts.entrySet().stream()
                    .sorted(order.reversed())
                    .forEach(entry -> console.print(String.format(
                            Locale.ROOT,
                            "%12d %8d  %s",
                            entry.getValue().bytes(),
                            entry.getValue().objects(),
                            entry.getKey())));
        }
        return ExitCode.DONE;
    }
}
