package gitzodb.load;

import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.util.List;

/**
 * What a load wrote.
 *
 * @param tid the transaction; {@link Tid#NONE} if the database was as the tree says and nothing was written
 * @param changes the objects written, by path
 * @param stale what a running Zope has to refresh by itself
 * @param locked secrets that neither the tree nor the database had
 */
public record LoadResult(Tid tid, List<Change> changes, List<StaleNote> stale, List<Locked> locked) {
    /** Says that the database was as the tree says. */
    public static final LoadResult NOTHING = new LoadResult(Tid.NONE, List.of(), List.of(), List.of());

    public LoadResult {
        changes = List.copyOf(changes);
        stale = List.copyOf(stale);
        locked = List.copyOf(locked);
    }

    /** What became of an object. */
    public enum Kind {
        CHANGED,
        NEW,
        /** Not in the tree any more: no reference leads to it, its record stays until the database is packed. */
        GONE,
        /** The same object under another path. */
        MOVED
    }

    /**
     * One object.
     *
     * @param path its path from the root; of a moved object the new one
     */
    public record Change(Kind kind, Oid oid, String path) {}

    /**
     * What no load can refresh, since it takes Zope's own code.
     *
     * @param path the object concerned
     * @param what goes stale, in words
     * @param call what to call in Zope to refresh it
     */
    public record StaleNote(String path, String what, String call) {}

    /**
     * A secret for which the database got what lets nobody in: an account that is locked, a connection to nothing.
     *
     * @param path the object
     * @param name its attribute, or the key in it
     */
    public record Locked(String path, String name) {}
}
