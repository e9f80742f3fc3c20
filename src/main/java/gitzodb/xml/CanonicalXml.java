package gitzodb.xml;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes an element as the one text it has (xml-format.md §1). */
public final class CanonicalXml {
    private static final Set<String> SEQUENCES = Set.of(
            "list",
            "tuple",
            "set",
            "frozenset",
            "entry",
            "args",
            "call",
            "items",
            "newargs",
            "state",
            "class",
            "property",
            "datetime",
            "time");
    private static final int LINE_LENGTH = 100;
    private static final byte[] HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".getBytes(StandardCharsets.UTF_8);

    private final OutputStream out;
    private final byte[] buffer = new byte[8192];
    private int filled;
    private long written;

    private final @Nullable ConflictMarks marks;

    private CanonicalXml(OutputStream out, @Nullable ConflictMarks marks) {
        this.out = out;
        this.marks = marks;
    }

    /**
     * Writes a file with this root; does not close {@code out}.
     *
     * @throws XmlFormatException if the file would be beyond {@link XmlLimits}, or hold what XML cannot
     */
    public static void write(Element root, OutputStream out) throws IOException {
        write(root, out, null);
    }

    private static void write(Element root, OutputStream out, @Nullable ConflictMarks marks) throws IOException {
        CanonicalXml xml = new CanonicalXml(out, marks);
        xml.bytes(HEAD);
        xml.element(root);
        xml.flush();
    }

    /** Returns the bytes of a file with this root. */
    public static Bytes bytes(Element root) throws XmlFormatException {
        return toBytes(root, null);
    }

    /** Returns the bytes of a file with this root, in which {@code <conflict>}s have marks as git leaves them. */
    public static Bytes bytes(Element root, ConflictMarks marks) throws XmlFormatException {
        return toBytes(root, marks);
    }

    private static Bytes toBytes(Element root, @Nullable ConflictMarks marks) throws XmlFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(root, out, marks);
        } catch (XmlFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private record Open(Element element, Iterator<Element> children) {}

    private void element(Element root) throws IOException {
        Deque<Open> open = new ArrayDeque<>();
        start(root, open);
        while (!open.isEmpty()) {
            Open last = open.getFirst();
            if (last.children.hasNext()) {
                Element child = last.children.next();
                if (last.element.name().equals(ConflictMarks.CONFLICT)) {
                    mark(before -> before.before(child.name(), conflicts(open)));
                }
                start(child, open);
            } else {
                if (last.element.name().equals(ConflictMarks.CONFLICT)) {
                    mark(after -> after.end(conflicts(open)));
                }
                open.pop();
                indent(open.size());
                close(last.element);
                put('\n');
            }
        }
    }

    /** How many conflicts are around the innermost one. */
    private static int conflicts(Deque<Open> open) {
        return (int) open.stream()
                        .filter(each -> each.element.name().equals(ConflictMarks.CONFLICT))
                        .count()
                - 1;
    }

    private void mark(Function<ConflictMarks, String> line) throws IOException {
        if (marks != null) {
            bytes(("<!--\n" + line.apply(marks) + "\n-->\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void start(Element element, Deque<Open> open) throws IOException {
        if (open.size() >= XmlLimits.DEPTH) {
            throw refused("elements nested deeper than " + XmlLimits.DEPTH);
        }
        indent(open.size());
        if (element.children().isEmpty() || isShort(element, open.size())) {
            inline(element);
        } else {
            open(element);
            put('>');
            open.push(new Open(element, element.children().iterator()));
        }
        put('\n');
    }

    private void inline(Element element) throws IOException {
        open(element);
        if (element.children().isEmpty() && element.text().isEmpty()) {
            put('/');
            put('>');
            return;
        }
        put('>');
        if (element.text().length() > XmlLimits.TEXT_LENGTH) {
            throw refused("text of " + element.text().length() + " characters in one element");
        }
        escaped(element.text(), false);
        for (Element child : element.children()) {
            inline(child);
        }
        close(element);
    }

    private void open(Element element) throws IOException {
        put('<');
        plain(element.name());
        if (element.attributes().size() > XmlLimits.ATTRIBUTES) {
            throw refused(element.attributes().size() + " attributes in one element");
        }
        for (Element.Attribute attribute : element.attributes()) {
            if (attribute.value().length() > XmlLimits.ATTRIBUTE_LENGTH) {
                throw refused("attribute of " + attribute.value().length() + " characters");
            }
            put(' ');
            plain(attribute.name());
            put('=');
            put('"');
            escaped(attribute.value(), true);
            put('"');
        }
    }

    private void close(Element element) throws IOException {
        put('<');
        put('/');
        plain(element.name());
        put('>');
    }

    private static boolean isShort(Element element, int depth) {
        if (!SEQUENCES.contains(element.name())) {
            return false;
        }
        int left = LINE_LENGTH - 2 * depth - length(element);
        for (Element child : element.children()) {
            left -= length(child) + length(child.text(), false);
            if (left < 0 || !child.children().isEmpty() || child.text().indexOf('\n') >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The code points of an element's tags. */
    private static int length(Element element) {
        boolean empty = element.children().isEmpty() && element.text().isEmpty();
        int length =
                empty ? 3 + element.name().length() : 5 + 2 * element.name().length();
        for (Element.Attribute attribute : element.attributes()) {
            length += 4 + attribute.name().length() + length(attribute.value(), true);
        }
        return length;
    }

    private static int length(String text, boolean attribute) {
        if (text.length() > 2 * LINE_LENGTH) {
            return text.length() / 2;
        }
        int length = text.codePointCount(0, text.length());
        for (int i = 0; i < text.length(); i++) {
            String escape = escape(text.charAt(i), attribute);
            length += escape.isEmpty() ? 0 : escape.length() - 1;
        }
        return length;
    }

    /** Returns what stands for a character, {@code ""} if it stands for itself. */
    private static String escape(char c, boolean attribute) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> attribute ? "&quot;" : "";
            case '\t' -> attribute ? "&#9;" : "";
            case '\n' -> attribute ? "&#10;" : "";
            default -> "";
        };
    }

    private void escaped(String text, boolean attribute) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                String escape = c < '?' ? escape(c, attribute) : "";
                if (!escape.isEmpty()) {
                    plain(escape);
                } else if (Characters.isForbidden(c)) {
                    throw refused("character that XML cannot hold");
                } else {
                    put(c);
                }
            } else {
                i += beyondAscii(text, i) - 1;
            }
        }
    }

    /** Writes one code point and returns how many UTF-16 units it took. */
    private int beyondAscii(String text, int at) throws IOException {
        int point = text.codePointAt(at);
        if (Characters.isForbidden(point)) {
            throw refused("character that XML cannot hold");
        }
        if (point < 0x800) {
            put(0xc0 | point >> 6);
        } else if (point < 0x10000) {
            put(0xe0 | point >> 12);
            put(0x80 | point >> 6 & 0x3f);
        } else {
            put(0xf0 | point >> 18);
            put(0x80 | point >> 12 & 0x3f);
            put(0x80 | point >> 6 & 0x3f);
        }
        put(0x80 | point & 0x3f);
        return Character.charCount(point);
    }

    private void plain(String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    private void indent(int depth) throws IOException {
        for (int i = 0; i < depth; i++) {
            put(' ');
            put(' ');
        }
    }

    private void bytes(byte[] bytes) throws IOException {
        for (byte b : bytes) {
            put(b);
        }
    }

    private void put(int b) throws IOException {
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled++] = (byte) b;
    }

    private void flush() throws IOException {
        written += filled;
        if (written > XmlLimits.FILE_LENGTH) {
            throw refused("file longer than " + XmlLimits.FILE_LENGTH + " bytes");
        }
        out.write(buffer, 0, filled);
        filled = 0;
    }

    private static XmlFormatException refused(String message) {
        return new XmlFormatException("(output)", 0, 0, message);
    }
}
