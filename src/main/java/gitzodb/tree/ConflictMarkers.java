package gitzodb.tree;

import gitzodb.bytes.Bytes;

/** Finds what a failed line merge leaves in a file. */
public final class ConflictMarkers {
    /** The attribute of an element that says of its file that the marks of a conflict in it are content. */
    public static final String ATTRIBUTE = "markers";

    private static final int WIDTH = 7;

    private ConflictMarkers() {}

    /** Returns the line of the first {@code <<<<<<<} that a {@code =======} and {@code >>>>>>>} follow; 0 if there is none. */
    public static int line(Bytes content) {
        int line = 1;
        int found = 0;
        byte[] order = {'<', '=', '>'};
        int next = 0;
        for (int start = 0; start < content.length(); ) {
            if (isMarker(content, start, order[next])) {
                if (next == 0) {
                    found = line;
                }
                if (++next == order.length) {
                    return found;
                }
            }
            int end = start;
            while (end < content.length() && content.at(end) != '\n') {
                end++;
            }
            start = end + 1;
            line++;
        }
        return 0;
    }

    private static boolean isMarker(Bytes content, int start, byte sign) {
        int end = start + WIDTH;
        if (end > content.length()) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (content.at(i) != sign) {
                return false;
            }
        }
        return end == content.length() || " \r\n".indexOf(content.at(end)) >= 0;
    }
}
