package gitzodb.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Byte arrays for MVStore: a length and the bytes, ordered as unsigned. The arrays of one page have a CRC-32 before them,
 * since MVStore checks the frame of a page but not what is in it.
 */
final class BytesType extends BasicDataType<byte[]> {
    static final BytesType TYPE = new BytesType();

    private static final byte[] EMPTY = {};
    private static final int ARRAY_OVERHEAD = 16;

    private BytesType() {}

    @Override
    public int compare(byte[] a, byte[] b) {
        return a.length == Long.BYTES && b.length == Long.BYTES ? compareOids(a, b) : Arrays.compareUnsigned(a, b);
    }

    /** Most keys are oids, too short for the general comparison to pay. */
    private static int compareOids(byte[] a, byte[] b) {
        for (int i = 0; i < Long.BYTES; i++) {
            if (a[i] != b[i]) {
                return Byte.toUnsignedInt(a[i]) - Byte.toUnsignedInt(b[i]);
            }
        }
        return 0;
    }

    /** As inherited, but with a comparison that is known when this is compiled: it is what a map does most. */
    @Override
    public int binarySearch(byte[] key, Object storage, int size, int initialGuess) {
        byte[][] keys = arrays(storage);
        int low = 0;
        int high = size - 1;
        int at = initialGuess > 0 && initialGuess <= size ? initialGuess - 1 : high >>> 1;
        while (low <= high) {
            int order = compare(key, keys[at]);
            if (order == 0) {
                return at;
            }
            if (order > 0) {
                low = at + 1;
            } else {
                high = at - 1;
            }
            at = (low + high) >>> 1;
        }
        return -(low + 1);
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
    public void write(WriteBuffer out, Object storage, int count) {
        int start = out.position();
        out.putInt(0);
        for (int i = 0; i < count; i++) {
            write(out, arrays(storage)[i]);
        }
        out.putInt(start, crc(out.getBuffer(), start + Integer.BYTES, out.position()));
    }

    @Override
    public void read(ByteBuffer in, Object storage, int count) {
        int expected = in.getInt();
        int start = in.position();
        for (int i = 0; i < count; i++) {
            arrays(storage)[i] = read(in);
        }
        if (crc(in, start, in.position()) != expected) {
            throw new IllegalStateException("page with a wrong checksum");
        }
    }

    private static int crc(ByteBuffer buffer, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(buffer.duplicate().clear().position(from).limit(to));
        return (int) crc.getValue();
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }

    private static byte[][] arrays(Object storage) {
        return (byte[][]) storage;
    }
}
