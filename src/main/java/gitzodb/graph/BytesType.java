package gitzodb.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Byte arrays for MVStore: a length and the bytes, ordered as unsigned. */
final class BytesType extends BasicDataType<byte[]> {
    static final BytesType TYPE = new BytesType();

    private static final byte[] EMPTY = {};
    private static final int ARRAY_OVERHEAD = 16;

    private BytesType() {}

    @Override
    public int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    @Override
    public int getMemory(byte[] bytes) {
        return ARRAY_OVERHEAD + bytes.length;
    }

    @Override
    public void write(WriteBuffer out, byte[] bytes) {
        out.putVarInt(bytes.length).put(bytes);
    }

    @Override
    public byte[] read(ByteBuffer in) {
        int length = DataUtils.readVarInt(in);
        if (length == 0) {
            return EMPTY;
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalStateException("value of " + length + " bytes in a page with " + in.remaining());
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }
}
