package gitzodb.xml;

import java.io.IOException;

/** XML that is not of this format; says file, line and column, both from 1 (0 if unknown). */
public final class XmlFormatException extends IOException {
    private static final long serialVersionUID = 1L;

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
