package gitzodb.graph;

import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The maps of a {@link HomeGraph}: nodes, homes, referrers, classes, and which structures are collections. */
final class GraphMaps {
    private static final byte[] PRESENT = {};

    private static final MapCodec<Reference> REFERENCE = new MapCodec<>() {
        @Override
        public byte[] encode(Reference reference) {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(reference.target)
                    .putLong(reference.source)
                    .array();
        }

        @Override
        public Reference decode(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Reference(in.getLong(), in.getLong());
        }
    };

    private final StoreMap<Oid, byte[]> nodes;
    private final StoreMap<Oid, Home> homes;
    private final StoreMap<Reference, byte[]> references;
    private final StoreMap<Oid, byte[]> collections;
    private final ClassIndex classes;
    private final WideNodes wide = new WideNodes();

    private record Reference(long target, long source) {}

    GraphMaps(MapStore store) {
        nodes = store.map("nodes", MapCodec.OID, MapCodec.RAW);
        homes = store.map("homes", MapCodec.OID, new HomeCodec());
        references = store.map("references", REFERENCE, MapCodec.RAW);
        collections = store.map("collections", MapCodec.OID, MapCodec.RAW);
        classes = new ClassIndex(store);
    }

    void clear() {
        nodes.clear();
        homes.clear();
        references.clear();
        collections.clear();
        classes.clear();
    }

    long size() {
        return nodes.size();
    }

    boolean has(Oid oid) {
        return nodes.has(oid);
    }

    @Nullable
    Node node(Oid oid) {
        byte[] bytes = nodes.get(oid);
        return bytes == null ? null : wide.node(oid, bytes);
    }

    /** Returns no edges for an object that is not there. */
    List<Edge> edges(Oid oid) {
        byte[] bytes = nodes.get(oid);
        return bytes == null ? List.of() : NodeCodec.edges(bytes);
    }

    /** Returns whether an object lists what it holds under a label. */
    boolean lists(Oid oid, Label label) {
        byte[] bytes = nodes.get(oid);
        return bytes != null && wide.lists(oid, bytes, LabelBytes.encode(label));
    }

    @Nullable
    NodeFacts facts(Oid oid) {
        byte[] bytes = nodes.get(oid);
        return bytes == null ? null : NodeCodec.facts(bytes);
    }

    @Nullable
    ClassName className(Oid oid) {
        byte[] bytes = nodes.get(oid);
        return bytes == null ? null : NodeCodec.className(bytes);
    }

    /** Looks at every object. */
    List<Oid> ofClass(ClassName name) {
        List<Oid> found = new ArrayList<>();
        nodes.scan(null, (oid, bytes) -> {
            if (NodeCodec.className(bytes).equals(name)) {
                found.add(oid);
            }
            return true;
        });
        return found;
    }

    /** Puts a node in the place of {@code old}, with what it refers to. */
    void put(Node node, @Nullable Node old) {
        nodes.put(node.oid(), NodeCodec.encode(node));
        long source = node.oid().value();
        if (old == null || !old.className().equals(node.className())) {
            classes.add(node.className(), node.oid());
            if (old != null) {
                classes.remove(old.className(), node.oid());
            }
        }
        if (old != null) {
            for (Edge edge : old.edges()) {
                references.remove(new Reference(edge.targetValue(), source));
            }
        }
        for (Edge edge : node.edges()) {
            references.put(new Reference(edge.targetValue(), source), PRESENT);
        }
    }

    void putReference(long target, long source) {
        references.put(new Reference(target, source), PRESENT);
    }

    /** Puts a node that differs from the one there in no edge, or whose references are put apart. */
    void replace(Node node) {
        nodes.put(node.oid(), NodeCodec.encode(node));
    }

    void remove(Oid oid) {
        Node node = node(oid);
        if (node != null) {
            node.edges().forEach(edge -> references.remove(new Reference(edge.targetValue(), oid.value())));
            classes.remove(node.className(), oid);
        }
        nodes.remove(oid);
        homes.remove(oid);
        collections.remove(oid);
    }

    ClassIndex classes() {
        return classes;
    }

    /** Returns the highest oid that any reference leads to, be there an object or not; null if there is no reference. */
    @Nullable
    Oid highestTarget() {
        Reference last = references.lastKey();
        return last == null ? null : new Oid(last.target);
    }

    /** Asks for the sources of edges to {@code target}, in ascending order, until the answer is true. */
    boolean anyReferrer(long target, LongPredicate question) {
        boolean[] found = new boolean[1];
        references.scan(new Reference(target, 0), (reference, present) -> {
            if (reference.target != target) {
                return false;
            }
            found[0] = question.test(reference.source);
            return !found[0];
        });
        return found[0];
    }

    @Nullable
    Home home(Oid oid) {
        return homes.get(oid);
    }

    /** True if this edge of {@code source} is the home of its target. */
    boolean isHome(Oid source, Edge edge) {
        Home home = homes.get(edge.target());
        return home != null && home.isAt(source, edge);
    }

    boolean hasHomes() {
        return homes.size() > 0;
    }

    void putHome(Oid oid, Home home) {
        homes.put(oid, home);
    }

    boolean isCollection(Oid oid) {
        return collections.has(oid);
    }

    void setCollection(Oid oid, boolean collection) {
        if (collection) {
            collections.put(oid, PRESENT);
        } else {
            collections.remove(oid);
        }
    }
}
