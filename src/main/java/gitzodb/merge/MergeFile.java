package gitzodb.merge;

import gitzodb.bytes.Bytes;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;

/**
 * A merged file.
 *
 * @param content in canonical form; with {@code <conflict>}s if the merge is not clean
 */
public record MergeFile(Merge merge, Bytes content) {
    /** Bytes of the three versions together; a merge takes about twenty times as much memory. */
    public static final long LARGEST = 256L * 1024 * 1024;

    /**
     * Merges three versions of a file, which may hold conflicts.
     *
     * @param base empty if both sides added the file
     * @throws XmlFormatException if one is not of the format, or all are too large
     */
    public static MergeFile of(String path, Bytes base, Bytes ours, Bytes theirs, ConflictMarks marks)
            throws XmlFormatException {
        long size = (long) base.length() + ours.length() + theirs.length();
        if (size > LARGEST) {
            throw new XmlFormatException(path, 0, 0, "too large to merge, " + size + " bytes in three versions");
        }
        Element before = base.isEmpty() ? null : read(path, "base", base);
        Merge merge = Merge.of(before, read(path, "ours", ours), read(path, "theirs", theirs));
        return switch (merge) {
            case Merge.Clean(Element tree, var decisions) -> new MergeFile(merge, checked(path, tree));
            case Merge.Conflicted(Element tree, var decisions) -> {
                Bytes content = CanonicalXml.bytes(tree, marks);
                if (!CanonicalXml.bytes(XmlReader.readWithConflicts(path, content))
                        .equals(CanonicalXml.bytes(tree))) {
                    throw changed(path);
                }
                yield new MergeFile(merge, content);
            }
        };
    }

    /** Returns whether every place has one value. */
    public boolean isClean() {
        return merge instanceof Merge.Clean;
    }

    private static Element read(String path, String version, Bytes content) throws XmlFormatException {
        Element root = XmlReader.readWithConflicts(path, content);
        for (Element conflict : Conflict.in(root)) {
            try {
                Conflict.read(conflict);
            } catch (IllegalArgumentException e) {
                throw new XmlFormatException(
                        path, conflict.line(), conflict.column(), e.getMessage() + " (" + version + ")");
            }
        }
        return root;
    }

    /** Returns the file of an element, which the strict reader reads as the same element. */
    static Bytes checked(String path, Element tree) throws XmlFormatException {
        Bytes content = CanonicalXml.bytes(tree);
        if (!CanonicalXml.bytes(XmlReader.read(path, content)).equals(content)) {
            throw changed(path);
        }
        return content;
    }

    private static XmlFormatException changed(String path) {
        return new XmlFormatException(path, 0, 0, "the merged file reads as another one; this is a fault, report it");
    }
}
