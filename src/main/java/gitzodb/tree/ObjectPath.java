package gitzodb.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an object is, from the root of the database: the path of the object that has a file, and for a folded object its
 * local name in there. Written {@code /Application/shop/tool#guards/publish}; {@code /} is the root.
 *
 * @param segments from the root to the object with a file
 * @param local from there to the folded object; empty for the object with the file
 */
public record ObjectPath(List<Segment> segments, List<Segment> local) {
    public static final ObjectPath ROOT = new ObjectPath(List.of(), List.of());

    /**
     * Longest path of an object with a file and longest local name, in bytes of file names that are not shortened. File
     * systems take paths of 4,096 bytes; the name of the file, of 255, and the folder of the work tree are to be added.
     */
    private static final int MAX_LENGTH = 1_000;

    /** What makes another sign of the sign of an attribute. */
    private static final String ATTRIBUTE_SIGNS = "=:-.";

    /** Most segments of either: each is a folder, which every look at a file goes through. */
    private static final int MAX_SEGMENTS = 100;

    private static final Segment FAR = new Segment(Segment.Mark.FAR, "far");
    private static final int FAR_DIGITS = 32;

    public ObjectPath {
        segments = List.copyOf(segments);
        local = List.copyOf(local);
    }

    /** Returns the path of a node of the BTree at this path; the tree itself is number 0. */
    public ObjectPath node(int number) {
        if (number == 0) {
            return this;
        }
        List<Segment> longer = new ArrayList<>(local);
        longer.add(new Segment(Segment.Mark.NODE, Integer.toString(number)));
        return new ObjectPath(segments, longer);
    }

    /** Returns the path of the object with the file. */
    public ObjectPath owner() {
        return local.isEmpty() ? this : new ObjectPath(segments, List.of());
    }

    /**
     * Returns the path of an object with a file: the segments, or a place near the root, named after them, if they are too
     * long for a file system or if a folder of them would need a shortened name, which no file says in full.
     *
     * @param known how many of the segments, from the first on, lead to an object with a file
     */
    static ObjectPath owned(List<Segment> segments, int known) {
        for (int i = known; i < segments.size() - 1; i++) {
            if (NameCodec.isLong(segments.get(i).text())) {
                return new ObjectPath(far(segments), List.of());
            }
        }
        return new ObjectPath(isFar(segments) ? far(segments) : segments, List.of());
    }

    /** Returns the path of an object that is folded into the file of {@code owner}. */
    static ObjectPath folded(List<Segment> owner, List<Segment> local) {
        return new ObjectPath(owner, isFar(local) ? far(local) : local);
    }

    /** True for an object with a file whose path does not say what holds it. */
    public boolean isFar() {
        return !segments.isEmpty() && segments.getFirst().equals(FAR) && segments.size() == 2;
    }

    /** True if {@link #isFar} is true for it, or for an object above it. */
    public boolean isBelowFar() {
        return !segments.isEmpty() && segments.getFirst().equals(FAR);
    }

    private static boolean isFar(List<Segment> segments) {
        long atMost = 0;
        for (Segment segment : segments) {
            atMost += (long) Segment.MAX_GROWTH * (segment.text().length() + 1);
        }
        if (segments.size() > MAX_SEGMENTS || atMost <= MAX_LENGTH) {
            return segments.size() > MAX_SEGMENTS;
        }
        int length = 0;
        for (Segment segment : segments) {
            length += segment.length();
            if (length > MAX_LENGTH) {
                return true;
            }
        }
        return false;
    }

    private static List<Segment> far(List<Segment> segments) {
        return List.of(FAR, Segment.plain(NameCodec.hash(join(segments), FAR_DIGITS)));
    }

    public boolean isRoot() {
        return segments.isEmpty() && local.isEmpty();
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is no path in canonical form
     */
    public static ObjectPath parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with /, not: " + text);
        }
        int hash = text.indexOf('#');
        String owner = hash < 0 ? text : text.substring(0, hash);
        List<Segment> segments = owner.length() == 1 ? List.of() : split(owner.substring(1));
        ObjectPath path = new ObjectPath(segments, hash < 0 ? List.of() : split(text.substring(hash + 1)));
        if (!path.toString().equals(text)) {
            throw new IllegalArgumentException("not written as " + path + ": " + text);
        }
        return path;
    }

    /**
     * Reads a path as users type it: in canonical form, or with more escapes than that has, such as those of file names,
     * or with a {@code %} that begins none.
     *
     * @throws IllegalArgumentException if it does not start with a slash, or holds bytes that are no UTF-8
     */
    public static ObjectPath typed(String text) {
        if (!text.startsWith("/")) {
            return parse(text);
        }
        int hash = text.indexOf('#');
        String owner = hash < 0 ? text : text.substring(0, hash);
        return new ObjectPath(
                owner.length() == 1 ? List.of() : splitTyped(owner.substring(1)),
                hash < 0 ? List.of() : splitTyped(text.substring(hash + 1)));
    }

    private static List<Segment> splitTyped(String text) {
        List<Segment> segments = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            segments.add(segment(part.length() == 1 ? part : part.replaceAll("%(?![0-9A-Fa-f]{2})", "%25")));
        }
        return segments;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("/");
        append(out, segments);
        if (!local.isEmpty()) {
            out.append('#');
            append(out, local);
        }
        return out.toString();
    }

    /** Writes segments with {@code /} between them, as a local name has it. */
    public static String join(List<Segment> segments) {
        StringBuilder out = new StringBuilder();
        append(out, segments);
        return out.toString();
    }

    private static List<Segment> split(String text) {
        List<Segment> segments = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            segments.add(segment(part));
        }
        return segments;
    }

    /** Reads one segment as {@link #join} writes it. */
    public static Segment segment(String part) {
        Segment.Mark mark = Segment.Mark.of(part);
        String text = part.equals("%") ? "" : part.substring(mark.sign().length());
        return new Segment(mark, NameCodec.unescape(text));
    }

    private static void append(StringBuilder out, List<Segment> segments) {
        boolean first = true;
        for (Segment segment : segments) {
            if (!first) {
                out.append('/');
            }
            first = false;
            out.append(segment.mark().sign());
            appendText(out, segment);
        }
    }

    private static void appendText(StringBuilder out, Segment segment) {
        String text = segment.text();
        if (text.isEmpty() && segment.mark() == Segment.Mark.PLAIN) {
            out.append('%');
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean sign = i == 0
                    && (c == '@' || (segment.mark() == Segment.Mark.ATTRIBUTE && ATTRIBUTE_SIGNS.indexOf(c) >= 0));
            if (sign || c == '/' || c == '#' || c == '%' || !isShown(c)) {
                NameCodec.appendEscape(out, c);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
    }

    private static boolean isShown(int c) {
        return c >= ' ' && (c < 0x7F || c >= 0xA0) && (c < 0xD800 || c >= 0xE000) && c != 0xFFFE && c != 0xFFFF;
    }
}
