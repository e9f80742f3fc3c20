package gitzodb.graph;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Oid;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of many edges that were decoded last: a folder of thousands is asked for with each of its children. One is
 * known by the very array it was decoded from, so that what was written meanwhile is never missed. Thread-safe.
 */
final class WideNodes {
    /** Bytes from which on it is worth while: some fifty children. */
    private static final int WIDE = 2048;

    /** Decoded, and with their labels, that is about six times as much. */
    private static final int KEPT_BYTES = 3 << 20;

    private static final class Wide {
        private final byte[] bytes;
        private final Node node;
        private final Set<Bytes> listed;

        Wide(byte[] bytes, Node node) {
            this.bytes = bytes;
            this.node = node;
            this.listed = listedBy(node);
        }

        @SuppressWarnings("ReferenceEquality") // another array may have other bytes, and to compare them takes as long
        boolean isOf(byte[] array) {
            return bytes == array;
        }
    }

    private final Map<Oid, Wide> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int keptBytes;

    Node node(Oid oid, byte[] bytes) {
        return bytes.length < WIDE ? NodeCodec.decode(oid, bytes) : wide(oid, bytes).node;
    }

    /** Returns whether a node has an edge of {@link Edge.Role#LISTED} with this label. */
    boolean lists(Oid oid, byte[] bytes, byte[] label) {
        if (bytes.length >= WIDE) {
            return wide(oid, bytes).listed.contains(Bytes.wrap(label));
        }
        for (Edge edge : NodeCodec.edges(bytes)) {
            if (edge.role() == Edge.Role.LISTED && Arrays.equals(edge.labelBytes(), label)) {
                return true;
            }
        }
        return false;
    }

    private synchronized Wide wide(Oid oid, byte[] bytes) {
        Wide known = kept.get(oid);
        if (known != null && known.isOf(bytes)) {
            return known;
        }
        Node node = NodeCodec.decode(oid, bytes);
        Wide wide = new Wide(bytes, node);
        Wide before = kept.put(oid, wide);
        keptBytes += bytes.length - (before == null ? 0 : before.bytes.length);
        Iterator<Wide> oldest = kept.values().iterator();
        while (keptBytes > KEPT_BYTES && kept.size() > 1) {
            keptBytes -= oldest.next().bytes.length;
            oldest.remove();
        }
        return wide;
    }

    private static Set<Bytes> listedBy(Node node) {
        Set<Bytes> labels = new HashSet<>();
        for (Edge edge : node.edges()) {
            byte[] label = edge.labelBytes();
            if (edge.role() == Edge.Role.LISTED && label != null) {
                labels.add(Bytes.wrap(label));
            }
        }
        return labels;
    }
}
