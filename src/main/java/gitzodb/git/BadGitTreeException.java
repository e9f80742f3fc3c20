package gitzodb.git;

/** A folder in git with names that no work tree can hold: colliding, not UTF-8, or leading out of it. */
public final class BadGitTreeException extends GitException {
    private static final long serialVersionUID = 1L;

    BadGitTreeException(String message, Throwable cause) {
        super(message, cause);
    }
}
