package gitzodb.tree;

import java.io.IOException;

/** A file of a tree that cannot be used; the message starts with its path in the tree and says what to do about it. */
public final class TreeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /** @param path the file or folder, relative to the tree folder */
    public TreeException(String path, String message) {
        super(path + ": " + message);
        this.path = path;
    }

    /** Returns the same with the file named from above the tree folder. */
    public TreeException in(String folder) {
        String message = String.valueOf(getMessage()).substring(path.length() + ": ".length());
        TreeException named = new TreeException(FileNames.join(folder, path), message);
        named.initCause(this);
        return named;
    }

    public String path() {
        return path;
    }
}
