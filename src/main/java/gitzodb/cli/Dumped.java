package gitzodb.cli;

import gitzodb.dump.DumpReport;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Says what a dump wrote and left out. */
final class Dumped {
    private static final int MOST_DERIVED = 5;

    private Dumped() {}

    /** Names the objects whose records cannot be read; {@code -q} leaves no warning out. */
    static void warn(Console console, SortedMap<Oid, String> unreadable) {
        unreadable.forEach(
                (oid, what) -> console.complain(
                        "warning: object " + oid + " at " + what
                                + "; its bytes are kept, with whatever secrets are in them; what it refers to is unknown and may be missing"));
    }

    /** @param name of the database, if it is bound */
    static void describe(Console console, DumpReport report, Optional<String> name) {
        console.say(Words.count(report.objects(), "object") + " in " + Words.count(report.files(), "file"));
        if (!report.secrets().isEmpty()) {
            console.say("secrets left out, they stay in the database: " + counts(report.secrets())
                    + name.map(bound -> " (to put them into git, set secrets = keep in .zodbconfig and run 'git"
                                    + " config zodb." + bound + ".secrets keep')")
                            .orElse(" (--keep-secrets writes them)"));
        }
        if (!report.ignored().isEmpty()) {
            console.say("left out by the ignore rules: " + String.join(", ", report.ignored()));
        }
        describeDerived(console, report, name);
        report.dangling()
                .forEach((path, oids) -> console.say("  " + path + " refers to objects that do not exist: " + oids));
        warn(console, report.unreadable());
        if (report.unreachable() > 0) {
            console.say(Words.count(report.unreachable(), "object")
                    + " of the database cannot be reached from its root: in no tree, left alone");
        }
    }

    private static void describeDerived(Console console, DumpReport report, Optional<String> name) {
        if (report.derived().isEmpty()) {
            return;
        }
        Set<String> lines = new LinkedHashSet<>();
        for (DumpReport.Derived part :
                report.derived().stream().limit(MOST_DERIVED).toList()) {
            console.say(part.path() + " follows from other content: " + Words.count(part.files(), "file") + ", "
                    + part.percent() + " % of the bytes");
            lines.addAll(part.part().lines());
        }
        console.say("to keep that out of the tree, put these lines into .zodbignore in the tree folder, then "
                + (name.isPresent() ? "commit, 'git zodb push' and 'git zodb pull':" : "dump again:"));
        lines.forEach(line -> console.say("  " + line));
    }

    private static String counts(Map<ClassName, Integer> secrets) {
        return secrets.entrySet().stream()
                .map(count -> count.getValue() + " in " + count.getKey())
                .collect(Collectors.joining(", "));
    }
}
