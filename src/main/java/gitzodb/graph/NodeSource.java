package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads objects of one database state as nodes: a snapshot, its record reader, its class formats and a scanner. */
@FunctionalInterface
public interface NodeSource {
    /** Returns the node of an object; empty if it does not exist. */
    Optional<Node> read(Oid oid) throws IOException;

    /** Returns at most so many sources of the same state, at least one, each for a thread of its own. */
    default List<? extends NodeSource> apart(int count) throws IOException {
        return List.of(this);
    }
}
