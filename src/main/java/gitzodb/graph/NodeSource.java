package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.Optional;

/** Reads objects of one database state as nodes: a snapshot, its record reader, its class formats and a scanner. */
@FunctionalInterface
public interface NodeSource {
    /** Returns the node of an object; empty if it does not exist. */
    Optional<Node> read(Oid oid) throws IOException;
}
