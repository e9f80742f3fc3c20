package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The operands that protocol 0 spells as text; each method throws NumberFormatException if the text is malformed. */
final class TextOperand {
    /** Digits of the longest number taken: reading decimal digits costs their square. */
    static final int MOST_DIGITS = 160_000;

    private static final int LONGEST_FLOAT = 2_000;
    private static final Pattern FLOAT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private TextOperand() {}

    /** Reads an int as C's {@code strtol} with base 0 does: {@code 0x} and a leading zero choose the base. */
    static BigInteger integer(Bytes line) {
        String text = line.latin1().strip();
        if (text.length() > MOST_DIGITS) {
            throw new NumberFormatException("a number of " + text.length() + " digits");
        }
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        String lower = digits.length() > 1 ? digits.substring(0, 2).toLowerCase(Locale.ROOT) : "";
        BigInteger magnitude = switch (lower) {
            case "0x" -> digits(digits.substring(2), 16);
            case "0o" -> digits(digits.substring(2), 8);
            case "0b" -> digits(digits.substring(2), 2);
            default -> digits(digits, lower.startsWith("0") ? 8 : 10);
        };
        return negative ? magnitude.negate() : magnitude;
    }

    private static BigInteger digits(String digits, int base) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), base) < 0) {
                throw new NumberFormatException("no digit of base " + base + ": " + digits.charAt(i));
            }
        }
        return new BigInteger(digits, base);
    }

    /** Reads the text of LONG, which may end in {@code L}. */
    static BigInteger longInteger(Bytes line) {
        boolean marked = !line.isEmpty() && line.at(line.length() - 1) == 'L';
        return integer(marked ? line.slice(0, line.length() - 1) : line);
    }

    static double floating(Bytes line) {
        String text = line.latin1().strip();
        if (text.length() > LONGEST_FLOAT) {
            throw new NumberFormatException("a float of " + text.length() + " characters");
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan", "+nan" -> Double.NaN;
            case "-nan" -> Double.longBitsToDouble(Double.doubleToRawLongBits(Double.NaN) | Long.MIN_VALUE);
            default -> {
                if (!FLOAT.matcher(text).matches()) {
                    throw new NumberFormatException("not a float");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    /** Reads a quoted Python literal of 8-bit text. */
    static Bytes string(Bytes line) {
        int end = line.length();
        while (end > 0 && line.at(end - 1) >= 0 && line.at(end - 1) <= ' ') {
            end--;
        }
        if (end < 2 || line.at(0) != line.at(end - 1) || (line.at(0) != '\'' && line.at(0) != '"')) {
            throw new NumberFormatException("no quotes around the string");
        }
        Bytes quoted = line.slice(1, end - 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(quoted.length());
        for (int at = 0; at < quoted.length(); ) {
            at = quoted.at(at) == '\\' ? escape(quoted, at + 1, out) : plain(quoted, at, out);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static int plain(Bytes quoted, int at, ByteArrayOutputStream out) {
        out.write(quoted.at(at));
        return at + 1;
    }

    /** Takes the escape whose letter is at {@code at}; returns where to go on. */
    private static int escape(Bytes quoted, int at, ByteArrayOutputStream out) {
        if (at == quoted.length()) {
            throw new NumberFormatException("the string ends in a backslash");
        }
        char letter = (char) (quoted.at(at) & 0xff);
        int named = "\\'\"abfnrtv".indexOf(letter);
        if (named >= 0) {
            out.write("\\'\"\u0007\b\f\n\r\t\u000b".charAt(named));
            return at + 1;
        }
        if (letter == 'x') {
            out.write(hex(quoted, at + 1, 2));
            return at + 3;
        }
        if (letter >= '0' && letter <= '7') {
            int value = 0;
            int next = at;
            while (next < Math.min(quoted.length(), at + 3) && quoted.at(next) >= '0' && quoted.at(next) <= '7') {
                value = value * 8 + quoted.at(next++) - '0';
            }
            out.write(value);
            return next;
        }
        out.write('\\');
        return plain(quoted, at, out);
    }

    /** Reads {@code raw-unicode-escape}: Latin-1 with backslash u and U. */
    static Value.Leaf unicode(Bytes line) {
        IntStream.Builder points = IntStream.builder();
        int backslashes = 0;
        for (int at = 0; at < line.length(); ) {
            int letter = line.at(at) & 0xff;
            backslashes = letter == '\\' ? backslashes + 1 : 0;
            char next = at + 1 < line.length() ? (char) line.at(at + 1) : 0;
            if (letter == '\\' && backslashes % 2 == 1 && (next == 'u' || next == 'U')) {
                int digits = next == 'u' ? 4 : 8;
                int point = hex(line, at + 2, digits);
                if (point < 0 || point > Character.MAX_CODE_POINT) {
                    throw new NumberFormatException("no Unicode character");
                }
                points.add(point);
                backslashes = 0;
                at += 2 + digits;
            } else {
                points.add(letter);
                at++;
            }
        }
        return PythonUtf8.ofCodePoints(points.build().toArray());
    }

    private static int hex(Bytes text, int from, int count) {
        if (from + count > text.length()) {
            throw new NumberFormatException("an escape is cut off");
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text.at(i) < 0 ? -1 : Character.digit(text.at(i), 16);
            if (digit < 0) {
                throw new NumberFormatException("no hexadecimal digit in an escape");
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
