package gitzodb.tree;

import java.util.Comparator;

/**
 * One thing that is wrong with a tree.
 *
 * @param file the path in the tree folder; empty if the problem is in no file
 * @param line from 1; 0 if not known
 * @param object the path of the object; empty if not known
 * @param message what is wrong, in one line
 * @param kind whether the tree is wrong, or only the user has not said that it may be so
 */
public record Problem(String file, int line, String object, String message, Kind kind) implements Comparable<Problem> {
    /** What a problem is for its user. */
    public enum Kind {
        /** The tree has to be mended. */
        BAD,
        /** The tree is sound; it is loaded once the user says so. */
        REFUSED
    }

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparing(Problem::object)
            .thenComparing(Problem::message)
            .thenComparing(Problem::kind);

    public Problem {
        message = message.lines().findFirst().orElse("").strip();
    }

    public Problem(String file, int line, String object, String message) {
        this(file, line, object, message, Kind.BAD);
    }

    /** Returns it with the file named from above the tree folder. */
    public Problem in(String folder) {
        return file.isEmpty() ? this : new Problem(FileNames.join(folder, file), line, object, message, kind);
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code file:line: object: message}, without what is not known. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!file.isEmpty()) {
            text.append(file);
            if (line > 0) {
                text.append(':').append(line);
            }
            text.append(": ");
        }
        if (!object.isEmpty()) {
            text.append(object).append(": ");
        }
        return text.append(message).toString();
    }
}
