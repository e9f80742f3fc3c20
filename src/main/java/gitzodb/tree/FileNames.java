package gitzodb.tree;

import gitzodb.classes.SourceAttribute;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The names of files that belong to one object, beside each other in one folder. {@code stem} is the object's name
 * ({@link Segment#name}), or {@link #SELF} in its own folder. {@code #} stands in no name of an object, so what
 * has one meets nobody.
 */
public final class FileNames {
    /** The name of a folder object's files inside its folder. */
    public static final String SELF = "__self__";

    public static final String XML = ".zodb.xml";
    public static final String SETTINGS = ".zodbconfig";
    public static final String IGNORE = ".zodbignore";
    public static final String ATTRIBUTES = ".gitattributes";

    /** Longest local part in UTF-8 bytes, so that a whole name has at most 255. */
    private static final int MAX_LOCAL = 40;

    private static final int MAX_KEY = 30;

    private FileNames() {}

    public static String xml(String stem) {
        return stem + XML;
    }

    /** True for the path of the XML of an object; a part of a tree, which has a # in its name, is none. */
    public static boolean isUnit(String path) {
        return path.endsWith(XML) && path.indexOf('#', path.lastIndexOf('/') + 1) < 0;
    }

    /** Returns the folder of what is below an object; other than its stem if a natural file may have that name. */
    public static String folder(String stem, boolean hasSource) {
        return hasSource ? stem + '#' : stem;
    }

    /**
     * Returns the name of the natural file of an object's own source.
     *
     * @param segment the object's last segment, whose name is the stem unless that is {@link #SELF}
     * @param first true for the object's first source, which needs no attribute in its name
     * @param siblings tells whether a segment whose {@link Segment#fold} is given stands beside the object
     */
    public static String source(
            Segment segment, String stem, SourceAttribute source, boolean first, Predicate<String> siblings) {
        if (first && fits(segment.text(), source) && !stem.equals(SELF)) {
            return stem;
        }
        String local = local(List.of(Segment.plain(source.name())));
        String suffix = (first ? "" : '.' + local) + source.extension();
        return stem.equals(SELF) || isFree(segment, suffix, siblings)
                ? stem + suffix
                : stem + '#' + local + source.extension();
    }

    /** Returns the name of the natural file of a source in a folded object, after holder and local name. */
    public static String foldedSource(
            Segment segment, String stem, List<Segment> local, String extension, Predicate<String> siblings) {
        String suffix = local(local) + extension;
        return stem + (stem.equals(SELF) || isFree(segment, '.' + suffix, siblings) ? '.' : '#') + suffix;
    }

    /** Returns the name of a part of a tree: of the tree at {@code local} the part that starts with a key. */
    public static String part(String stem, List<Segment> local, Segment firstKey) {
        String key = firstKey.mark().sign() + NameCodec.name(firstKey.text(), true);
        return stem + '#' + local(local) + '#' + shorten(key, firstKey.mark() + firstKey.text(), MAX_KEY) + XML;
    }

    /** True if the id has an extension that says what the source is. */
    static boolean fits(String id, SourceAttribute source) {
        int dot = id.lastIndexOf('.');
        return source.extension().isEmpty()
                || (dot > 0 && source.fitting().contains(id.substring(dot).toLowerCase(Locale.ROOT)));
    }

    /**
     * A name made of an id and a suffix yields to every sibling that could claim it: one whose id is the name, or the
     * name up to a dot behind the id. So it depends on these few ids alone.
     */
    private static boolean isFree(Segment segment, String suffix, Predicate<String> siblings) {
        String name = segment.text() + suffix;
        if (name.toLowerCase(Locale.ROOT).endsWith(XML)) {
            return false;
        }
        for (int cut = name.length(); cut > segment.text().length(); cut = name.lastIndexOf('.', cut - 1)) {
            if (siblings.test(new Segment(segment.mark(), name.substring(0, cut)).fold())) {
                return false;
            }
        }
        return true;
    }

    private static String local(List<Segment> segments) {
        StringBuilder out = new StringBuilder();
        for (Segment segment : segments) {
            if (!out.isEmpty()) {
                out.append('.');
            }
            out.append(segment.mark().sign())
                    .append(NameCodec.name(segment.text()).replace(".", "%2E"));
        }
        return shorten(out.toString(), ObjectPath.join(segments), MAX_LOCAL);
    }

    private static String shorten(String name, String full, int max) {
        return name.length() <= max && name.chars().allMatch(c -> c < 0x80) ? name : "%~" + NameCodec.hash(full);
    }

    /** Returns the path of a name in a folder; the top folder is the empty path. */
    public static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + '/' + name;
    }
}
