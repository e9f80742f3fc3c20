package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Object ids as file names and back. A name is safe on Linux, macOS, Windows and in git; what is not safe is
 * {@code %XX} of its UTF-8 bytes (a lone surrogate as three bytes). Every id has one name, or one more while a sibling
 * differs from it in case only; every name says its id, unless it was shortened.
 */
public final class NameCodec {
    /** Longest name in UTF-8 bytes; file systems take 255, and extensions and local names come behind it. */
    static final int MAX_BYTES = 160;

    /** Begins the hash of a shortened name; no escape looks like it. */
    private static final String SHORTENED = "%~";

    /** The name of the empty id. */
    private static final String EMPTY = "%";

    private static final int HASH_DIGITS = 16;

    private static final Pattern DEVICE = Pattern.compile(
            "(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** What Windows may make of a long name. */
    private static final Pattern SHORT_NAME = Pattern.compile("(?<!%)~[0-9]");

    private static final String UNSAFE = "/\\:*?\"<>|%#";

    private NameCodec() {}

    /** Returns the name of an id that has no case twin among its siblings. */
    public static String name(String id) {
        return name(id, false);
    }

    /**
     * Returns the name of an id.
     *
     * @param twin true if a sibling has the same {@link #fold}: then every character that differs from its own case-fold
     *     is escaped, so that the two names differ by more than case
     */
    public static String name(String id, boolean twin) {
        String escaped = escape(id, twin);
        if (utf8Length(escaped) <= MAX_BYTES) {
            return escaped;
        }
        return cut(escaped, MAX_BYTES - SHORTENED.length() - HASH_DIGITS) + SHORTENED + hash(id);
    }

    /** True if an id is too long for its name, or the one it has beside a case twin, to say it. */
    public static boolean isLong(String id) {
        return id.length() > MAX_BYTES || (id.length() * Segment.MAX_GROWTH > MAX_BYTES && length(id) > MAX_BYTES);
    }

    /** True for a name that does not say its id. */
    public static boolean isShortened(String name) {
        return name.contains(SHORTENED);
    }

    /** Returns how many bytes the name of an id has at most, were it not shortened. */
    static int length(String id) {
        return isPlainLower(id) && !isReserved(id) ? id.length() : utf8Length(escape(id, true));
    }

    /** Returns what two ids have in common if file systems may take their names for one. */
    public static String fold(String id) {
        if (isPlainLower(id)) {
            return id;
        }
        StringBuilder folded = new StringBuilder(id.length());
        id.codePoints().forEach(c -> folded.append(fold(c)));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /**
     * Returns the name that a file system was given and lists in another normal form, as that of old Macs does: names of
     * a tree are in normal form C.
     *
     * @param isThere tells whether there is a file of another name in the same folder
     */
    static String composed(String name, Predicate<String> isThere) {
        if (Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return name;
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return isThere.test(composed) ? composed : name;
    }

    /**
     * Returns the id that a name says; empty if the name was shortened, so that the file says the id.
     *
     * @throws IllegalArgumentException if no id has this name
     */
    public static Optional<String> id(String name) {
        int cut = name.lastIndexOf(SHORTENED);
        if (cut >= 0) {
            if (!name.substring(cut + SHORTENED.length()).matches("[0-9a-f]{" + HASH_DIGITS + "}")) {
                throw new IllegalArgumentException("not an escape in a name: " + name.substring(cut));
            }
            return Optional.empty();
        }
        String id = name.equals(EMPTY) ? "" : unescape(name);
        if (!name.equals(name(id)) && !name.equals(name(id, true))) {
            throw new IllegalArgumentException("no object has the file name " + name + "; it would be " + name(id));
        }
        return Optional.of(id);
    }

    /** Returns the text with every {@code %XX} run read as UTF-8, surrogates passed through. */
    static String unescape(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        StringBuilder id = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); ) {
            if (name.charAt(i) != '%') {
                id.append(name.charAt(i++));
                continue;
            }
            ByteArrayOutputStream run = new ByteArrayOutputStream();
            for (; i < name.length() && name.charAt(i) == '%'; i += 3) {
                run.write(hexByte(name, i));
            }
            appendUtf8(id, run.toByteArray(), name);
        }
        return id.toString();
    }

    /** Appends {@code %XX} of the UTF-8 bytes of a code point, a surrogate included. */
    static void appendEscape(StringBuilder out, int codePoint) {
        if (codePoint < 0x80) {
            appendByte(out, codePoint);
        } else if (codePoint < 0x800) {
            appendByte(out, 0xC0 | (codePoint >> 6));
            appendByte(out, 0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            appendByte(out, 0xE0 | (codePoint >> 12));
            appendByte(out, 0x80 | ((codePoint >> 6) & 0x3F));
            appendByte(out, 0x80 | (codePoint & 0x3F));
        } else {
            appendByte(out, 0xF0 | (codePoint >> 18));
            appendByte(out, 0x80 | ((codePoint >> 12) & 0x3F));
            appendByte(out, 0x80 | ((codePoint >> 6) & 0x3F));
            appendByte(out, 0x80 | (codePoint & 0x3F));
        }
    }

    private static String escape(String id, boolean twin) {
        if (!twin && isPlainLower(id) && !isReserved(id)) {
            return id;
        }
        boolean ascii = id.chars().allMatch(c -> c < 0x80);
        boolean normal = ascii || Normalizer.isNormalized(id, Normalizer.Form.NFC);
        boolean reserved = isReserved(id);
        int suffix = id.toLowerCase(Locale.ROOT).endsWith(FileNames.XML) ? id.length() - FileNames.XML.length() : -1;
        StringBuilder out = new StringBuilder(id.length() + 8);
        for (int i = 0; i < id.length(); ) {
            int c = id.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean first = i == 0;
            boolean last = next == id.length();
            boolean escape = (first && (reserved || ".-@= ".indexOf(c) >= 0))
                    || (last && (c == '.' || c == ' '))
                    || i == suffix
                    || (c == '~' && !last && Character.isDigit(id.charAt(next)))
                    || !isSafe(c)
                    || (!normal && c >= 0x80)
                    || (twin && !fold(c).equals(Character.toString(c)));
            if (escape) {
                appendEscape(out, c);
            } else {
                out.appendCodePoint(c);
            }
            i = next;
        }
        return out.isEmpty() ? EMPTY : out.toString();
    }

    /** True for a file name that Linux, macOS, Windows and git can have, escaped or not. */
    public static boolean isPortable(String file) {
        if (file.isEmpty() || file.charAt(0) == '.' || DEVICE.matcher(file).matches()) {
            return false;
        }
        char last = file.charAt(file.length() - 1);
        return last != '.'
                && last != ' '
                && file.codePoints().allMatch(c -> c == '%' || c == '#' || isSafe(c))
                && !SHORT_NAME.matcher(file).find();
    }

    private static boolean isReserved(String id) {
        return id.regionMatches(true, 0, FileNames.SELF, 0, FileNames.SELF.length())
                || DEVICE.matcher(id).matches();
    }

    /** Quick test for the names that nearly all ids have; false costs time only. */
    private static boolean isPlainLower(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            if (!letter && (i == 0 || c != '-')) {
                return false;
            }
        }
        return !id.isEmpty();
    }

    private static boolean isSafe(int c) {
        if (c < 0x80) {
            return c >= ' ' && c != 0x7F && UNSAFE.indexOf(c) < 0;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String fold(int c) {
        if (c < 0x80) {
            return Character.toString(Character.toLowerCase(c));
        }
        StringBuilder folded = new StringBuilder();
        Character.toString(c).toUpperCase(Locale.ROOT).codePoints().forEach(u -> folded.appendCodePoint(lower(u)));
        return folded.toString();
    }

    private static int lower(int upper) {
        int lower = Character.toLowerCase(upper);
        return lower == upper ? upper : Character.toLowerCase(Character.toUpperCase(lower));
    }

    private static String cut(String escaped, int bytes) {
        int end = 0;
        int used = 0;
        while (end < escaped.length()) {
            int c = escaped.codePointAt(end);
            // All escapes of one character go together, so that what is left reads as text.
            int width = c == '%' ? escapeWidth(escaped, end) : Character.charCount(c);
            int size = c == '%' ? width : utf8Length(Character.toString(c));
            if (used + size > bytes) {
                break;
            }
            used += size;
            end += width;
        }
        return escaped.substring(0, end);
    }

    private static int escapeWidth(String escaped, int at) {
        int lead = hexByte(escaped, at);
        return lead < 0xC0 ? 3 : lead < 0xE0 ? 6 : lead < 0xF0 ? 9 : 12;
    }

    public static String hash(String id) {
        return hash(id, HASH_DIGITS);
    }

    public static String hash(String id, int digits) {
        return HexFormat.of().formatHex(sha256(id)).substring(0, digits);
    }

    /** Returns the first eight bytes of the hash, the highest first. */
    public static long print(String text) {
        return ByteBuffer.wrap(sha256(text)).getLong();
    }

    private static byte[] sha256(String id) {
        try {
            // UTF-16 keeps lone surrogates apart.
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_16BE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int utf8Length(String text) {
        return Bytes.utf8(text).length();
    }

    private static void appendByte(StringBuilder out, int value) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) value));
    }

    private static int hexByte(String name, int at) {
        if (at + 3 > name.length()
                || !HexFormat.isHexDigit(name.charAt(at + 1))
                || !HexFormat.isHexDigit(name.charAt(at + 2))) {
            throw new IllegalArgumentException("not an escape in a name: " + name.substring(at));
        }
        return HexFormat.fromHexDigits(name, at + 1, at + 3);
    }

    private static void appendUtf8(StringBuilder out, byte[] run, String name) {
        for (int i = 0; i < run.length; ) {
            int lead = run[i] & 0xFF;
            int size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
            if (size == 0 || i + size > run.length) {
                throw new IllegalArgumentException("escapes that are not UTF-8 in " + name);
            }
            int c = size == 1 ? lead : lead & (0xFF >> (size + 1));
            for (int j = 1; j < size; j++) {
                if ((run[i + j] & 0xC0) != 0x80) {
                    throw new IllegalArgumentException("escapes that are not UTF-8 in " + name);
                }
                c = (c << 6) | (run[i + j] & 0x3F);
            }
            if ((size == 3 && c < 0x800) || (size == 4 && (c < 0x10000 || c > Character.MAX_CODE_POINT))) {
                throw new IllegalArgumentException("escapes that are not UTF-8 in " + name);
            }
            out.appendCodePoint(c);
            i += size;
        }
    }
}
