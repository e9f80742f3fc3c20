package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.PickleException;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** What zc.zlibstorage makes of a record: {@code .z} and a zlib stream, where that is shorter. */
final class CompressedRecord {
    /** Records below this are stored as they are. */
    private static final int WORTH_IT = 20;

    /** The longest record taken: a few bytes can claim a thousandfold. */
    private static final int LONGEST = 256 << 20;

    private static final int BUFFER = 8192;

    private CompressedRecord() {}

    static boolean is(Bytes data) {
        return startsWith(data, 'z');
    }

    private static boolean startsWith(Bytes data, char kind) {
        return data.length() >= 2 && data.at(0) == '.' && data.at(1) == kind;
    }

    /** Returns the pickles of a record, which are the record itself if it is not wrapped. */
    static Bytes unwrap(Bytes data) throws PickleException {
        if (startsWith(data, 'e')) {
            throw new PickleException(
                    0, "the record is encrypted, which git-zodb cannot read; decrypt the storage first,");
        }
        return is(data) ? inflate(data.slice(2, data.length())) : data;
    }

    private static Bytes inflate(Bytes stream) throws PickleException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stream.buffer());
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(BUFFER, 4 * stream.length()));
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new PickleException(2 + stream.length(), "the compressed record is cut off");
                }
                out.write(buffer, 0, count);
                if (out.size() > LONGEST) {
                    throw new PickleException(2, "the compressed record is longer than " + LONGEST + " bytes");
                }
            }
            if (inflater.getRemaining() > 0) {
                throw new PickleException(2, "bytes after the end of the compressed record");
            }
            return Bytes.wrap(out.toByteArray());
        } catch (DataFormatException e) {
            throw new PickleException(2, "the compressed record is damaged: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    static Bytes wrap(Bytes pickles) {
        if (pickles.length() <= WORTH_IT) {
            return pickles;
        }
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(pickles.buffer());
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(pickles.length());
            out.write('.');
            out.write('z');
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.size() < pickles.length() ? Bytes.wrap(out.toByteArray()) : pickles;
        } finally {
            deflater.end();
        }
    }
}
