package gitzodb.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A blob as it stands in a pack: type and length, then the content deflated. One after the other, for one thread. */
final class PackedBlob implements AutoCloseable {
    /** The fastest; git packs anew whenever it tidies up. */
    private static final int LEVEL = Deflater.BEST_SPEED;

    /** From this length on it is looked at a few samples first; each is shorter than the buffer, deflated or not. */
    private static final int SAMPLED = 1 << 13;

    private static final int SAMPLES = 4;
    private static final int SAMPLE = 1 << 9;

    private final Deflater deflater = new Deflater(LEVEL);
    private final ObjectInserter.Formatter ids = new ObjectInserter.Formatter();
    private byte[] bytes = new byte[1 << 14];
    private int length;

    ObjectId id(byte[] content) {
        return ids.idFor(Constants.OBJ_BLOB, content);
    }

    void pack(byte[] content) {
        length = 0;
        deflater.setLevel(isDense(content) ? Deflater.NO_COMPRESSION : LEVEL);
        header(content.length);
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        while (!deflater.finished()) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            length += deflater.deflate(bytes, length, bytes.length - length);
        }
    }

    /** True for what does not get shorter, such as a picture: finding that out piece by piece takes longest of all. */
    private boolean isDense(byte[] content) {
        if (content.length < SAMPLED) {
            return false;
        }
        int shortened = 0;
        deflater.setLevel(LEVEL);
        for (int i = 1; i <= SAMPLES; i++) {
            // Not at the start, where there may be a header of another kind.
            deflater.reset();
            deflater.setInput(content, (int) ((long) (content.length - SAMPLE) * i / SAMPLES), SAMPLE);
            deflater.finish();
            shortened += deflater.deflate(bytes, 0, bytes.length);
        }
        return shortened >= SAMPLE * SAMPLES;
    }

    /** The type in three bits and the length: four bits, then seven a byte, the lowest first, the high bit for "more". */
    private void header(int size) {
        int rest = size >>> 4;
        bytes[length++] = (byte) ((rest > 0 ? 0x80 : 0) | (Constants.OBJ_BLOB << 4) | (size & 0xf));
        while (rest > 0) {
            bytes[length++] = (byte) ((rest > 0x7f ? 0x80 : 0) | (rest & 0x7f));
            rest >>>= 7;
        }
    }

    int length() {
        return length;
    }

    int crc() {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public void close() {
        deflater.end();
        ids.close();
    }
}
