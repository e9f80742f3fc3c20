package gitzodb.xml;

import java.io.IOException;

/** XML that is not of this format; says file, line and column, both from 1 (0 if unknown). */
public final class XmlFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final String CONFLICT = "unresolved merge conflict at ";

    private final String reason;
    private final String file;
    private final int line;
    private final int column;

    public XmlFormatException(String file, int line, int column, String message) {
        super(file + ":" + line + ":" + column + ": " + message);
        this.reason = message;
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** Returns the same about a file that is named otherwise. */
    public XmlFormatException about(String otherFile) {
        XmlFormatException named = new XmlFormatException(otherFile, line, column, reason);
        named.initCause(this);
        return named;
    }

    /** Returns whether the file is of the form, but for a {@code <conflict>} that is to be settled. */
    public boolean isConflict() {
        return reason.startsWith(CONFLICT);
    }

    static XmlFormatException conflict(String file, int line, int column, String at) {
        String next = "; 'git zodb resolve' settles it, or an editor";
        return new XmlFormatException(file, line, column, CONFLICT + at + next);
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
