package gitzodb.btree;

import gitzodb.zodb.Oid;
import java.io.IOException;

/** A BTree that breaks its own rules; the message names the root and the node. */
public final class BrokenTreeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Oid node;

    BrokenTreeException(Oid node, String message) {
        super("broken BTree: node " + node + " " + message);
        this.node = node;
    }

    /** Returns the node at which the fault was found. */
    public Oid node() {
        return node;
    }
}
