package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import gitzodb.bytes.Wtf8;
import org.jspecify.annotations.Nullable;

/** UTF-8 as Python pickles it: surrogates are passed through ({@code surrogatepass}), all else is strict. */
final class PythonUtf8 {
    private PythonUtf8() {}

    /** Returns {@link Value.Text}, or {@link Value.OddText} where Java would join two code points; null if malformed. */
    static Value.@Nullable Leaf read(Bytes utf8) {
        String text = utf8.utf8();
        return text.indexOf('\uFFFD') < 0 ? new Value.Text(text) : readSlowly(utf8);
    }

    private static Value.@Nullable Leaf readSlowly(Bytes utf8) {
        StringBuilder text = new StringBuilder(utf8.length());
        boolean afterHighSurrogate = false;
        boolean odd = false;
        for (int at = 0; at < utf8.length(); ) {
            int lead = utf8.at(at) & 0xff;
            int length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
            if (lead >= 0xf8 || (lead >= 0x80 && lead < 0xc0) || at + length > utf8.length()) {
                return null;
            }
            int point = length == 1 ? lead : lead & (0x7f >> length);
            for (int i = 1; i < length; i++) {
                int next = utf8.at(at + i) & 0xff;
                if ((next & 0xc0) != 0x80) {
                    return null;
                }
                point = (point << 6) | (next & 0x3f);
            }
            int least = length == 1 ? 0 : length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
            if (point < least || point > Character.MAX_CODE_POINT) {
                return null;
            }
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            odd |= afterHighSurrogate && surrogate && point >= Character.MIN_LOW_SURROGATE;
            afterHighSurrogate = surrogate && point < Character.MIN_LOW_SURROGATE;
            text.appendCodePoint(point);
            at += length;
        }
        return odd ? new Value.OddText(utf8) : new Value.Text(text.toString());
    }

    /** Returns text given as code points, of which a pair of surrogates may be two. */
    static Value.Leaf ofCodePoints(int[] points) {
        boolean odd = false;
        for (int i = 1; i < points.length; i++) {
            odd |= isSurrogate(points[i - 1], Character.MIN_HIGH_SURROGATE)
                    && isSurrogate(points[i], Character.MIN_LOW_SURROGATE);
        }
        if (!odd) {
            return new Value.Text(new String(points, 0, points.length));
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(3 * points.length);
        for (int point : points) {
            out.writeBytes(write(Character.toString(point)));
        }
        return new Value.OddText(Bytes.wrap(out.toByteArray()));
    }

    private static boolean isSurrogate(int point, char first) {
        return point >= first && point < first + 0x400;
    }

    static byte[] write(String text) {
        return Wtf8.encode(text);
    }
}
