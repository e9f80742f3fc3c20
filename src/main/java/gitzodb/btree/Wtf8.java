package gitzodb.btree;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;

/** UTF-8 with lone surrogates passed through, which plain UTF-8 of Java would replace. */
final class Wtf8 {
    private Wtf8() {}

    /** Compares by code point. */
    static int compare(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) || Character.isSurrogate(b)
                        ? encode(left).compareTo(encode(right))
                        : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    static Bytes encode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point < 0x80) {
                out.write(point);
            } else if (point < 0x800) {
                out.write(0xC0 | (point >> 6));
                out.write(0x80 | (point & 0x3F));
            } else if (point < 0x10000) {
                out.write(0xE0 | (point >> 12));
                out.write(0x80 | ((point >> 6) & 0x3F));
                out.write(0x80 | (point & 0x3F));
            } else {
                out.write(0xF0 | (point >> 18));
                out.write(0x80 | ((point >> 12) & 0x3F));
                out.write(0x80 | ((point >> 6) & 0x3F));
                out.write(0x80 | (point & 0x3F));
            }
        }
        return Bytes.wrap(out.toByteArray());
    }
}
