package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** Finds what a failed line merge leaves in a file. */
public final class ConflictMarkers {
    /** The attribute of an element that says of its file that the marks of a conflict in it are content. */
    public static final String ATTRIBUTE = "markers";

    private static final byte[] SIGNS = {'<', '=', '>'};
    private static final int WIDTH = 7;
    private static final int BUFFER = 1 << 13;

    private int line = 1;
    private int found;

    /** The marker looked for, as an index of {@link #SIGNS}. */
    private int next;

    /** How many signs the line begins with; -1 for a line that is no marker. */
    private int signs;

    private ConflictMarkers() {}

    /** Returns the line of the first {@code <<<<<<<} that a {@code =======} and {@code >>>>>>>} follow; 0 if there is none. */
    public static int line(Bytes content) {
        if (!mayHaveAny(content)) {
            return 0;
        }
        try {
            return line(content.stream(), Math.min(BUFFER, content.length() + 1));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Looks at one byte in as many as a marker is wide: nearly all files have none, and a dump looks at every one. */
    private static boolean mayHaveAny(Bytes content) {
        int end = content.length();
        for (int i = WIDTH - 1; i < end; i += WIDTH) {
            if (content.at(i) == SIGNS[0] && isRun(content, i)) {
                return true;
            }
        }
        return false;
    }

    /** True if the sign at a place is one of a marker's many. */
    private static boolean isRun(Bytes content, int place) {
        int from = place;
        while (from > 0 && content.at(from - 1) == SIGNS[0]) {
            from--;
        }
        int to = place + 1;
        while (to < content.length() && to - from < WIDTH && content.at(to) == SIGNS[0]) {
            to++;
        }
        return to - from >= WIDTH;
    }

    /** As {@link #line(Bytes)}, for content of any size. */
    public static int line(InputStream content) throws IOException {
        return line(content, BUFFER);
    }

    private static int line(InputStream content, int size) throws IOException {
        ConflictMarkers markers = new ConflictMarkers();
        byte[] buffer = new byte[size];
        for (int length; (length = content.read(buffer)) >= 0; ) {
            if (markers.end(buffer, length)) {
                return markers.found;
            }
        }
        return markers.signs == WIDTH && markers.isLast() ? markers.found : 0;
    }

    /** True if the last marker ends in this piece. */
    private boolean end(byte[] piece, int length) {
        for (int i = 0; i < length; i++) {
            byte b = piece[i];
            if (signs == WIDTH) {
                if ((b == ' ' || b == '\r' || b == '\n') && isLast()) {
                    return true;
                }
                signs = -1;
            } else if (signs >= 0) {
                signs = b == SIGNS[next] ? signs + 1 : -1;
            }
            if (b == '\n') {
                line++;
                signs = 0;
            }
        }
        return false;
    }

    private boolean isLast() {
        if (next == 0) {
            found = line;
        }
        next++;
        return next == SIGNS.length;
    }
}
