package gitzodb.cli;

import gitzodb.tree.DumpReport;

/** Says what a dump wrote and left out. */
final class Dumped {
    private Dumped() {}

    static void describe(Console console, DumpReport report) {
        console.say(Words.count(report.objects(), "object") + " in " + Words.count(report.files(), "file"));
        if (!report.secrets().isEmpty()) {
            console.say("secrets left out of " + Words.count(report.secrets().size(), "object")
                    + " (they stay in the database):");
            report.secrets().forEach((path, names) -> console.say("  " + path + ": " + String.join(", ", names)));
        }
        if (!report.ignored().isEmpty()) {
            console.say("left out by .zodbignore: " + String.join(", ", report.ignored()));
        }
        report.dangling()
                .forEach((path, oids) -> console.say("  " + path + " refers to objects that do not exist: " + oids));
        if (report.unreachable() > 0) {
            console.say(Words.count(report.unreachable(), "object")
                    + " of the database cannot be reached from its root: in no tree, left alone");
        }
    }
}
