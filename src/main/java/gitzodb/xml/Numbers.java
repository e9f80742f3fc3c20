package gitzodb.xml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as text. */
final class Numbers {
    /** Ints of more bits are written in hexadecimal: decimal is slow to read beyond about a thousand digits. */
    static final int DECIMAL_BITS = 3320;

    private static final int MAX_DIGITS = 1_000;
    private static final Pattern INT = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern HEX = Pattern.compile("-?0x(0|[1-9a-f][0-9a-f]*)");
    private static final Pattern FLOAT = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?");

    private Numbers() {}

    static BigInteger decimal(String text) throws Malformed {
        if (text.length() > MAX_DIGITS + 1 || !INT.matcher(text).matches()) {
            throw new Malformed("not an int: " + shown(text));
        }
        return new BigInteger(text);
    }

    static BigInteger hex(String text) throws Malformed {
        if (!HEX.matcher(text).matches()) {
            throw new Malformed("not a hexadecimal int: " + shown(text));
        }
        boolean negative = text.startsWith("-");
        BigInteger magnitude = new BigInteger(text.substring(negative ? 3 : 2), 16);
        return negative ? magnitude.negate() : magnitude;
    }

    static String hex(BigInteger number) {
        return (number.signum() < 0 ? "-0x" : "0x") + number.abs().toString(16);
    }

    /** Returns the shortest text that reads back to the same bits, as Python writes it; not for NaN. */
    static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        int point = digits.length() - exact.scale();
        String sign = value < 0 ? "-" : "";
        if (point > 16 || point < -3) {
            String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
            int exponent = point - 1;
            String padded = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
            return sign + digits.charAt(0) + rest + "e" + (exponent < 0 ? "-" : "+") + padded;
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? sign + digits + "0".repeat(point - digits.length()) + ".0"
                : sign + digits.substring(0, point) + "." + digits.substring(point);
    }

    static double parse(String text) throws Malformed {
        if (text.equals("inf") || text.equals("-inf")) {
            return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        if (text.length() > MAX_DIGITS || !FLOAT.matcher(text).matches()) {
            throw new Malformed("not a float: " + shown(text));
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new Malformed("float too large: " + shown(text));
        }
        return value;
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
