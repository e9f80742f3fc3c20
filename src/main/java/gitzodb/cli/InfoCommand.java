package gitzodb.cli;

import gitzodb.sync.LooseDatabase;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Tid;
import gitzodb.zodb.TidClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    /** What is said of a database. */
    private record Facts(
            String description,
            String generation,
            Tid tid,
            long objects,
            long bytes,
            Map<ClassName, LooseDatabase.ClassCount> counts) {}

    @Override
    ExitCode run(Console console, LooseDatabase database) throws IOException {
        Facts facts = facts(database);
        List<Map.Entry<ClassName, LooseDatabase.ClassCount>> listed = new ArrayList<>();
        if (classes || sizes) {
            listed.addAll(facts.counts.entrySet());
            listed.sort(Comparator.<Map.Entry<ClassName, LooseDatabase.ClassCount>>comparingLong(entry ->
                            sizes ? entry.getValue().bytes() : entry.getValue().objects())
                    .reversed());
        }
        if (json) {
            console.print(json(facts, listed));
        } else {
            words(console, facts, listed);
        }
        return ExitCode.DONE;
    }

    private static Facts facts(LooseDatabase database) throws IOException {
        SortedMap<ClassName, LooseDatabase.ClassCount> counts = database.classes();
        try (Snapshot snapshot = database.storage().snapshot()) {
            return new Facts(
                    database.storage().description(),
                    switch (database.storage().generation()) {
                        case PYTHON2 -> "Python 2 (FS21)";
                        case PYTHON3 -> "Python 3 (FS30)";
                    },
                    snapshot.tid(),
                    counts.values().stream()
                            .mapToLong(LooseDatabase.ClassCount::objects)
                            .sum(),
                    counts.values().stream()
                            .mapToLong(LooseDatabase.ClassCount::bytes)
                            .sum(),
                    counts);
        }
    }

    private static void words(
            Console console, Facts facts, List<Map.Entry<ClassName, LooseDatabase.ClassCount>> listed) {
        console.print("database:    " + facts.description);
        console.print("pickles of:  " + facts.generation);
        console.print("transaction: " + facts.tid.hex() + ", " + TidClock.time(facts.tid));
        console.print("objects:     " + facts.objects + ", " + facts.bytes + " bytes, of " + facts.counts.size()
                + (facts.counts.size() == 1 ? " class" : " classes"));
        for (Map.Entry<ClassName, LooseDatabase.ClassCount> each : listed) {
            console.print(String.format(
                    Locale.ROOT,
                    "%12d %8d  %s",
                    each.getValue().bytes(),
                    each.getValue().objects(),
                    each.getKey()));
        }
    }

    private static String json(Facts facts, List<Map.Entry<ClassName, LooseDatabase.ClassCount>> listed)
            throws IOException {
        return Json.object(json -> {
            json.writeStringField("database", facts.description);
            json.writeStringField("pickles", facts.generation);
            json.writeStringField("tid", facts.tid.hex());
            json.writeStringField("time", TidClock.time(facts.tid).toString());
            json.writeNumberField("objects", facts.objects);
            json.writeNumberField("bytes", facts.bytes);
            json.writeArrayFieldStart("classes");
            for (Map.Entry<ClassName, LooseDatabase.ClassCount> each : listed) {
                json.writeStartObject();
                json.writeStringField("class", each.getKey().toString());
                json.writeNumberField("objects", each.getValue().objects());
                json.writeNumberField("bytes", each.getValue().bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
