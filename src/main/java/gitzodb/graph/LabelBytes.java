package gitzodb.graph;

import gitzodb.bytes.Wtf8;
import gitzodb.zodb.Label;
import gitzodb.zodb.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Labels as bytes that compare, unsigned, as labels do: step by step, attributes before keys before other keys before
 * positions, texts by code points, a label before those it is the start of.
 *
 * <p>A step is one byte for its type and then a text, or a position in four bytes, big-endian. A text is UTF-8, lone
 * surrogates as three bytes each, {@code 00} written as {@code 00 FF}, and ends with {@code 00 01}.
 */
final class LabelBytes {
    private static final int ATTRIBUTE = 1;
    private static final int KEY = 2;
    private static final int OTHER_KEY = 3;
    private static final int POSITION = 4;

    private LabelBytes() {}

    static byte[] encode(Label label) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32);
        for (Step step : label.steps()) {
            switch (step) {
                case Step.Attribute(String name) -> put(out, ATTRIBUTE, name);
                case Step.Key(String text) -> put(out, KEY, text);
                case Step.OtherKey(String form) -> put(out, OTHER_KEY, form);
                case Step.Position(int index) -> {
                    out.write(POSITION);
                    for (int shift = 24; shift >= 0; shift -= 8) {
                        out.write(index >>> shift);
                    }
                }
            }
        }
        return out.toByteArray();
    }

    static Label decode(byte[] bytes) {
        List<Step> steps = new ArrayList<>(2);
        for (int at = 0; at < bytes.length; at = next(bytes, at)) {
            int type = bytes[at];
            if (type == POSITION) {
                int index = 0;
                for (int i = 1; i <= Integer.BYTES; i++) {
                    index = (index << 8) | (bytes[at + i] & 0xff);
                }
                steps.add(new Step.Position(index));
            } else {
                String text = Wtf8.decode(unescape(bytes, at + 1, next(bytes, at) - 2));
                steps.add(
                        switch (type) {
                            case ATTRIBUTE -> new Step.Attribute(text);
                            case KEY -> new Step.Key(text);
                            case OTHER_KEY -> new Step.OtherKey(text);
                            default -> throw new IllegalStateException("step of type " + type);
                        });
            }
        }
        return new Label(steps);
    }

    /** True if the last step is an attribute or text key of this name, given as {@link #escaped}. */
    static boolean endsWith(byte[] label, byte[] escapedName) {
        int last = 0;
        for (int at = 0; at < label.length; at = next(label, at)) {
            last = at;
        }
        return (label[last] == ATTRIBUTE || label[last] == KEY)
                && Arrays.equals(label, last + 1, label.length - 2, escapedName, 0, escapedName.length);
    }

    /** True for one attribute step and nothing more. */
    static boolean isAttribute(byte[] label) {
        return label[0] == ATTRIBUTE && next(label, 0) == label.length;
    }

    static byte[] escaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 2);
        escape(out, text);
        return out.toByteArray();
    }

    /** The inverse of {@link #escaped}. */
    static String text(byte[] escaped) {
        return Wtf8.decode(unescape(escaped, 0, escaped.length));
    }

    private static void put(ByteArrayOutputStream out, int type, String text) {
        out.write(type);
        escape(out, text);
        out.write(0);
        out.write(1);
    }

    private static void escape(ByteArrayOutputStream out, String text) {
        for (byte b : Wtf8.encode(text)) {
            out.write(b);
            if (b == 0) {
                out.write(0xff);
            }
        }
    }

    private static byte[] unescape(byte[] bytes, int from, int to) {
        byte[] result = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            result[length++] = bytes[i];
            if (bytes[i] == 0) {
                i++;
            }
        }
        return length == result.length ? result : Arrays.copyOf(result, length);
    }

    /** Returns where the step after the one at {@code at} begins. */
    private static int next(byte[] bytes, int at) {
        if (bytes[at] == POSITION) {
            return at + 1 + Integer.BYTES;
        }
        int i = at + 1;
        while (bytes[i] != 0 || bytes[i + 1] != 1) {
            i += bytes[i] == 0 ? 2 : 1;
        }
        return i + 2;
    }
}
