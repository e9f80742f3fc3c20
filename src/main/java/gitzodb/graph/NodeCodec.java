package gitzodb.graph;

import gitzodb.bytes.Wtf8;
import gitzodb.graph.Node.Shape;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes as bytes. Grammar, numbers as in {@link CodecBuffer}: {@code format} (one byte) {@code flags} (one byte: shape in
 * two bits, class arguments, id, name) {@code [id] [name]} {@code tid} (eight bytes) {@code module class}
 * {@code count edge*}; an edge is {@code target}, kind and role in a nibble each, {@code label length + 1} (0 for a node
 * edge) and {@code label}.
 */
@SuppressWarnings("EnumOrdinal") // the order of shapes, kinds and roles is part of the format
final class NodeCodec {
    private static final int FORMAT = 1;
    private static final int SHAPE_MASK = 3;
    private static final int CLASS_ARGS = 4;
    private static final int ID = 8;
    private static final int NAME = 16;
    private static final Shape[] SHAPES = Shape.values();
    private static final EdgeKind[] KINDS = EdgeKind.values();
    private static final Edge.Role[] ROLES = Edge.Role.values();

    private NodeCodec() {}

    static byte[] encode(Node node) {
        CodecBuffer out = new CodecBuffer();
        int flags = node.shape().ordinal();
        flags |= node.classArgs() ? CLASS_ARGS : 0;
        flags |= node.id() != null ? ID : 0;
        flags |= node.name() != null ? NAME : 0;
        out.put(FORMAT);
        out.put(flags);
        putName(out, node.id());
        putName(out, node.name());
        out.putLong(node.tid().value());
        out.putBytes(Wtf8.encode(node.className().module()));
        out.putBytes(Wtf8.encode(node.className().name()));
        out.putNumber(node.edges().size());
        for (Edge edge : node.edges()) {
            out.putNumber(edge.targetValue());
            out.put((edge.kind().ordinal() << 4) | edge.role().ordinal());
            byte[] label = edge.labelBytes();
            out.putNumber(label == null ? 0 : label.length + 1);
            if (label != null) {
                out.putRaw(label);
            }
        }
        return out.toArray();
    }

    static NodeFacts facts(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int flags = flags(in);
        Shape shape = SHAPES[flags & SHAPE_MASK];
        byte[] id = (flags & ID) != 0 ? CodecBuffer.bytes(in) : null;
        byte[] name = (flags & NAME) != 0 ? CodecBuffer.bytes(in) : null;
        return new NodeFacts(shape, id, name);
    }

    static Node decode(Oid oid, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int flags = flags(in);
        Shape shape = SHAPES[flags & SHAPE_MASK];
        String id = (flags & ID) != 0 ? LabelBytes.text(CodecBuffer.bytes(in)) : null;
        String name = (flags & NAME) != 0 ? LabelBytes.text(CodecBuffer.bytes(in)) : null;
        Tid tid = new Tid(in.getLong());
        ClassName className = new ClassName(text(in), text(in));
        return new Node(oid, tid, className, (flags & CLASS_ARGS) != 0, id, name, shape, edges(in));
    }

    /** Decodes the class alone. */
    static ClassName className(byte[] bytes) {
        ByteBuffer in = atClass(bytes);
        return new ClassName(text(in), text(in));
    }

    /** Decodes the edges alone. */
    static List<Edge> edges(byte[] bytes) {
        ByteBuffer in = atClass(bytes);
        CodecBuffer.skip(in);
        CodecBuffer.skip(in);
        return edges(in);
    }

    private static ByteBuffer atClass(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int texts = Integer.bitCount(flags(in) & (ID | NAME));
        for (int i = 0; i < texts; i++) {
            CodecBuffer.skip(in);
        }
        return in.position(in.position() + Long.BYTES);
    }

    private static List<Edge> edges(ByteBuffer in) {
        int count = (int) CodecBuffer.number(in);
        List<Edge> edges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long target = CodecBuffer.number(in);
            int kinds = in.get();
            int length = (int) CodecBuffer.number(in);
            byte[] label = length == 0 ? null : new byte[length - 1];
            if (label != null) {
                in.get(label);
            }
            edges.add(new Edge(target, label, KINDS[kinds >> 4], ROLES[kinds & 15]));
        }
        return edges;
    }

    private static int flags(ByteBuffer in) {
        int format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException("node of format " + format);
        }
        return in.get();
    }

    private static void putName(CodecBuffer out, @Nullable String name) {
        if (name != null) {
            out.putBytes(LabelBytes.escaped(name));
        }
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = CodecBuffer.bytes(in);
        return Wtf8.decode(bytes);
    }
}
