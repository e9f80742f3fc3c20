package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.ConflictMarkers;
import gitzodb.tree.FileTree;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlLimits;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An XML file of a tree as it was read.
 *
 * @param root its element; null if something is wrong with the file
 * @param line where that is; 0 if it is the whole file
 * @param problem what is wrong; empty if nothing is
 */
record ParsedFile(@Nullable Element root, int line, String problem) {
    /** Reads a file, which a tree may have parsed already. */
    static ParsedFile read(FileTree tree, String file) throws IOException {
        return tree instanceof ReadAhead ahead ? ahead.parsed(file) : of(file, tree.read(file));
    }

    static ParsedFile of(String file, Bytes content) {
        if (content.length() > XmlLimits.FILE_LENGTH) {
            return new ParsedFile(null, 0, "longer than " + XmlLimits.FILE_LENGTH + " bytes");
        }
        int marker = ConflictMarkers.line(content);
        ParsedFile unmerged = new ParsedFile(null, marker, "unmerged: conflict marker; settle the merge first");
        try {
            Element root = XmlReader.read(file, content);
            return marker > 0 ? unmerged : new ParsedFile(root, 0, "");
        } catch (XmlFormatException e) {
            // A conflict of our driver is well-formed, and the reader says where it is.
            boolean known = marker == 0 || e.isConflict();
            return known ? new ParsedFile(null, e.line(), TreeWalk.tail(e)) : unmerged;
        }
    }
}
