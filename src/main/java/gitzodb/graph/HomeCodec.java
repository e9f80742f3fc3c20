package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Homes as bytes. Grammar, numbers as in {@link CodecBuffer}: one byte for the kind, seven numbers for the weight, then
 * for all but the root {@code parent}, {@code label length + 1} (0 for none) and {@code label}.
 */
@SuppressWarnings("EnumOrdinal") // the order of the kinds is part of the format
final class HomeCodec implements MapCodec<Home> {
    private static final EdgeKind[] KINDS = EdgeKind.values();

    @Override
    public byte[] encode(Home home) {
        CodecBuffer out = new CodecBuffer();
        out.put(home.kind().ordinal());
        Weight weight = home.weight();
        out.putNumber(weight.back());
        out.putNumber(weight.position());
        out.putNumber(weight.otherKey());
        out.putNumber(weight.hidden());
        out.putNumber(weight.textKey());
        out.putNumber(weight.attribute());
        out.putNumber(weight.contained());
        Oid parent = home.parent();
        if (parent != null) {
            byte[] label = home.labelBytes();
            out.putNumber(parent.value());
            out.putNumber(label == null ? 0 : label.length + 1);
            if (label != null) {
                out.putRaw(label);
            }
        }
        return out.toArray();
    }

    @Override
    public Home decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        EdgeKind kind = KINDS[in.get()];
        Weight weight = new Weight(count(in), count(in), count(in), count(in), count(in), count(in), count(in));
        if (!in.hasRemaining()) {
            return new Home(null, null, kind, weight);
        }
        Oid parent = new Oid(CodecBuffer.number(in));
        return new Home(parent, label(in), kind, weight);
    }

    private static byte @Nullable [] label(ByteBuffer in) {
        int length = count(in);
        if (length == 0) {
            return null;
        }
        byte[] label = new byte[length - 1];
        in.get(label);
        return label;
    }

    private static int count(ByteBuffer in) {
        return (int) CodecBuffer.number(in);
    }
}
