package gitzodb.cli;

import gitzodb.load.LoadResult;
import gitzodb.zodb.Tid;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Says what a load did to a database. */
final class Loaded {
    private static final int SHOWN = 20;

    private Loaded() {}

    static void describe(Console console, LoadResult result, boolean dryRun, boolean all) {
        if (result.changes().isEmpty()) {
            console.say("nothing to write: the database has it all");
            return;
        }
        Map<LoadResult.Kind, Integer> counts = new EnumMap<>(LoadResult.Kind.class);
        int shown = 0;
        for (LoadResult.Change change : result.changes()) {
            counts.merge(change.kind(), 1, Integer::sum);
            if (all || shown++ < SHOWN) {
                console.say("  " + String.format(Locale.ROOT, "%-8s", word(change.kind())) + " " + change.path());
            }
        }
        if (!all && result.changes().size() > SHOWN) {
            console.say("  … and " + (result.changes().size() - SHOWN) + " more (-v shows all)");
        }
        StringBuilder sum = new StringBuilder(dryRun ? "would write: " : "written: ");
        String comma = "";
        for (Map.Entry<LoadResult.Kind, Integer> count : counts.entrySet()) {
            sum.append(comma).append(count.getValue()).append(' ').append(word(count.getKey()));
            comma = ", ";
        }
        if (!result.tid().equals(Tid.NONE)) {
            sum.append(", transaction ").append(result.tid().hex());
        }
        console.say(sum.toString());
        describeRest(console, result);
    }

    /** Says what Zope has to do after a load. */
    static void describeRest(Console console, LoadResult result) {
        describeLocked(console, result);
        for (LoadResult.StaleNote note : result.stale()) {
            console.say("  stale in Zope: " + note.path() + ": " + note.what() + "; refresh with " + note.call());
        }
    }

    /** A secret that nobody has is worth a line each, whatever else is too long to show. */
    private static void describeLocked(Console console, LoadResult result) {
        for (LoadResult.Locked locked : result.locked()) {
            // The text of a page template is a secret only where it is an export of accounts or passwords.
            console.say(
                    locked.name().equals("_text")
                            ? "  empty: " + locked.path()
                                    + ": a text with passwords, which is in no tree; if it is part of"
                                    + " a snapshot of a setup tool, take a new snapshot there and delete this one"
                            : "  locked: " + locked.path() + ": its " + locked.name()
                                    + " is in no tree and was not in the database; set a new one in Zope");
        }
    }

    private static String word(LoadResult.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
