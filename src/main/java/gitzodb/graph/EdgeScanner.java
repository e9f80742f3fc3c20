package gitzodb.graph;

import gitzodb.classes.ClassFormats;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.io.IOException;

/** Finds the edges of an object in its state as the tree shows it. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class EdgeScanner {
    private final ClassFormats formats;

    public EdgeScanner(ClassFormats formats) {
        this.formats = formats;
    }

    /** Returns the node of an object from its state as {@code ClassFormat.toTree} made it. */
    public Node scan(Oid oid, Tid tid, ObjectState treeState) throws IOException {
        throw new UnsupportedOperationException(formats.toString());
    }
}
