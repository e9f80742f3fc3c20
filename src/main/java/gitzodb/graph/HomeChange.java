package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.util.SortedSet;

/**
 * What an update did to the reachable objects.
 *
 * @param changed objects there before and after whose record is another one, and nodes of BTrees that others refer to, or
 *     ceased to, in another way
 * @param rehomed objects there before and after whose path, or the path of whose home parent, changed in a label, a kind
 *     or a class: with an object all that is below it
 * @param added objects that became reachable
 * @param removed objects that are not reachable any more
 */
public record HomeChange(SortedSet<Oid> changed, SortedSet<Oid> rehomed, SortedSet<Oid> added, SortedSet<Oid> removed) {
    public boolean isEmpty() {
        return changed.isEmpty() && rehomed.isEmpty() && added.isEmpty() && removed.isEmpty();
    }
}
