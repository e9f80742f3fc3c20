package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text of {@code enc="escaped"}: {@code \\}, {@code \r}, and {@code \}{@code uHHHH} for a code point of text; {@code \xHH}
 * for a byte of an 8-bit string.
 */
final class EscapedText {
    private EscapedText() {}

    /** Escapes text that may hold any UTF-16 unit. */
    static String ofText(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(out, point, false));
        return out.toString();
    }

    /** Escapes UTF-8 with surrogates passed through; adjacent ones stay apart. */
    static String ofOddText(Bytes utf8) throws Malformed {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < utf8.length()) {
            int lead = utf8.at(at) & 0xff;
            int size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            if (at + size > utf8.length()) {
                throw new Malformed("text cut short");
            }
            int point = size == 1 ? lead : lead & (0xff >> (size + 1));
            for (int i = 1; i < size; i++) {
                point = point << 6 | utf8.at(at + i) & 0x3f;
            }
            if (!Character.isValidCodePoint(point)) {
                throw new Malformed("text beyond Unicode");
            }
            append(out, point, false);
            at += size;
        }
        return out.toString();
    }

    /** Escapes bytes that are UTF-8. */
    static String ofUtf8(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(out, point, true));
        return out.toString();
    }

    /** Escapes bytes of unknown encoding. */
    static String ofBytes(Bytes bytes) {
        StringBuilder out = new StringBuilder(bytes.length() + 16);
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i) & 0xff;
            if (b < 0x80) {
                append(out, b, true);
            } else {
                hexByte(out, b);
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int point, boolean bytes) {
        if (point == '\\') {
            out.append("\\\\");
        } else if (point == '\r') {
            out.append("\\r");
        } else if (!Characters.isForbidden(point)) {
            out.appendCodePoint(point);
        } else if (bytes) {
            for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                hexByte(out, b);
            }
        } else {
            out.append("\\u").append(HexFormat.of().toHexDigits((char) point));
        }
    }

    private static void hexByte(StringBuilder out, int b) {
        out.append("\\x").append(HexFormat.of().toHexDigits((byte) b));
    }

    /** Reads escaped text: odd if it spells a surrogate pair as two code points. */
    static Value text(String escaped) throws Malformed {
        StringBuilder out = new StringBuilder(escaped.length());
        boolean odd = false;
        boolean afterHigh = false;
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                out.append(c);
                afterHigh = false;
                continue;
            }
            char kind = at(escaped, ++i);
            if (kind == 'u') {
                char unit = (char) hex(escaped, i + 1, 4);
                i += 4;
                odd |= afterHigh && Character.isLowSurrogate(unit);
                afterHigh = Character.isHighSurrogate(unit);
                out.append(unit);
            } else {
                out.append(simple(kind));
                afterHigh = false;
            }
        }
        return odd ? new Value.OddText(surrogates(escaped)) : new Value.Text(out.toString());
    }

    private static Bytes surrogates(String escaped) throws Malformed {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            int point = escaped.codePointAt(i);
            i += Character.charCount(point) - 1;
            if (point != '\\') {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char kind = at(escaped, ++i);
            point = kind == 'u' ? hex(escaped, i + 1, 4) : simple(kind);
            i += kind == 'u' ? 4 : 0;
            if (Character.isSurrogate((char) point)) {
                out.write(0xe0 | point >> 12);
                out.write(0x80 | point >> 6 & 0x3f);
                out.write(0x80 | point & 0x3f);
            } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Reads escaped bytes. */
    static Bytes bytes(String escaped) throws Malformed {
        ByteArrayOutputStream out = new ByteArrayOutputStream(escaped.length());
        int plain = 0;
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '\\') {
                out.writeBytes(escaped.substring(plain, i).getBytes(StandardCharsets.UTF_8));
                char kind = at(escaped, ++i);
                if (kind == 'x') {
                    out.write(hex(escaped, i + 1, 2));
                    i += 2;
                } else {
                    out.write(simple(kind));
                }
                plain = i + 1;
            }
        }
        out.writeBytes(escaped.substring(plain).getBytes(StandardCharsets.UTF_8));
        return Bytes.wrap(out.toByteArray());
    }

    private static char simple(char kind) throws Malformed {
        return switch (kind) {
            case '\\' -> '\\';
            case 'r' -> '\r';
            default -> throw new Malformed("unknown escape \\" + kind);
        };
    }

    private static char at(String text, int index) throws Malformed {
        if (index >= text.length()) {
            throw new Malformed("escape cut short");
        }
        return text.charAt(index);
    }

    private static int hex(String text, int from, int digits) throws Malformed {
        if (from + digits > text.length()) {
            throw new Malformed("escape cut short");
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                throw new Malformed("escape with other than hexadecimal digits");
            }
            value = value << 4 | HexFormat.fromHexDigit(text.charAt(i));
        }
        return value;
    }
}
