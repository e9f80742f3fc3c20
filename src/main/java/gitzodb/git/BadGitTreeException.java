package gitzodb.git;

/** A folder in git that is damaged. */
public final class BadGitTreeException extends GitException {
    private static final long serialVersionUID = 1L;

    BadGitTreeException(String message, Throwable cause) {
        super(message, cause);
    }
}
