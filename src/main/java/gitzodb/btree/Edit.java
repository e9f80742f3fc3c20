package gitzodb.btree;

import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.util.Map;
import java.util.Set;

/**
 * What to write so that a stored tree has new content.
 *
 * @param changed stored nodes with their new states; the root among them if it changed
 * @param added new nodes
 * @param removed stored nodes that are no longer part of the tree
 * @param read every stored node that was looked at: it must still be at the revision that was read, or the edit is void
 */
public record Edit(Map<Oid, ObjectState> changed, Map<Oid, ObjectState> added, Set<Oid> removed, Set<Oid> read) {
    public boolean isEmpty() {
        return changed.isEmpty() && added.isEmpty() && removed.isEmpty();
    }
}
