package gitzodb.sync;

import gitzodb.dump.DumpReport;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What becomes of records that cannot be read. They are more often a sign of damage than content, so nobody gets them into
 * a tree without having asked for it.
 */
final class Unreadable {
    /** The key below {@code zodb.NAME} of git's configuration, and the value that lets them in. */
    static final String KEY = "unreadable";

    static final String KEEP = "keep";

    private Unreadable() {}

    /** Refuses records that cannot be read, unless the local configuration of the database says to keep their bytes. */
    static void refuse(DumpReport report, BoundDatabase database) throws IOException {
        if (report.unreadable().isEmpty()) {
            return;
        }
        String key = "zodb." + database.name() + "." + KEY;
        if (!database.config().find(key).equals(Optional.of(KEEP))) {
            throw refusal(
                    report.unreadable(),
                    "repair the database, or keep such records as their bytes: 'git config " + key + " " + KEEP
                            + "', or --skip-errors with init and clone");
        }
    }

    static StateException refusal(SortedMap<Oid, String> unreadable, String advice) {
        Oid first = unreadable.firstKey();
        String others = unreadable.size() == 1 ? "" : ", and " + (unreadable.size() - 1) + " more that cannot be read";
        return new StateException("object " + first + " at " + unreadable.get(first) + others + "; " + advice);
    }
}
