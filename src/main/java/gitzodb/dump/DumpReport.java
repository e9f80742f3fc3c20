package gitzodb.dump;

import gitzodb.tree.DerivedPart;
import gitzodb.tree.Problem;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a dump has to say.
 *
 * @param objects objects with a file that were written
 * @param files files that were put
 * @param deleted files that were deleted
 * @param unreachable objects that no path from the root leads to, which no tree holds; -1 if not counted
 * @param secrets how many values were left out as secrets, by class of the object that holds them
 * @param ignored paths of objects left out by {@code .zodbignore}
 * @param dangling oids referred to that do not exist, by the path of the object with the reference
 * @param unreadable objects whose records cannot be read: where each is, and why
 * @param errors what could not be written
 * @param derived large parts that follow from other content, of a full dump only
 */
public record DumpReport(
        long objects,
        long files,
        long deleted,
        long unreachable,
        SortedMap<ClassName, Integer> secrets,
        SortedSet<String> ignored,
        SortedMap<String, SortedSet<Oid>> dangling,
        SortedMap<Oid, String> unreadable,
        List<Problem> errors,
        List<Derived> derived) {
    /**
     * An object that holds what Zope can make again.
     *
     * @param path of the object
     * @param files of it and of what is below it
     * @param bytes in these files
     * @param percent of the bytes of the whole tree
     */
    public record Derived(String path, DerivedPart part, long files, long bytes, int percent) {}
}
