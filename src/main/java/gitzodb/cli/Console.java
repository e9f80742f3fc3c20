package gitzodb.cli;

import gitzodb.sync.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Standard output and error, in UTF-8 whatever the locale. Names and texts come from databases and repositories: control
 * characters other than line feed and tab are shown, never sent.
 */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean quiet;
    private final ProgressLine progress;

    Console(PrintStream out, PrintStream err, boolean quiet) {
        this.out = out;
        this.err = err;
        this.quiet = quiet;
        this.progress = new ProgressLine(err, InstantSource.system());
    }

    static Console system(boolean quiet) {
        return new Console(
                new PrintStream(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
                quiet);
    }

    /** Returns who shows progress: nobody unless a person looks at a terminal. */
    Progress progress() {
        return quiet || !Boolean.getBoolean("gitzodb.terminal") ? Progress.NONE : progress;
    }

    /** Prints a result line. */
    void print(String line) {
        progress.clear();
        out.print(visible(line));
        out.print('\n');
    }

    /** Writes bytes of a result as they are. */
    void write(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }

    /** Prints a remark that {@code -q} leaves out. */
    void say(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** Prints an error or a warning, one line: {@code git zodb: what, where, what now}. */
    void complain(String message) {
        out.flush();
        progress.clear();
        err.print("git zodb: " + visible(message.replace('\n', ' ')) + '\n');
    }

    void trace(Throwable failure) {
        failure.printStackTrace(err);
    }

    /** Sends what is printed; false if it could not be written, as to a closed pipe. */
    boolean flush() {
        out.flush();
        return !out.checkError();
    }

    static String visible(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean odd = (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || isBidi(c);
            if (odd && shown == null) {
                shown = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (shown != null) {
                if (odd) {
                    shown.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    shown.append(c);
                }
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static boolean isBidi(char c) {
        return c == '\u200e' || c == '\u200f' || (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
