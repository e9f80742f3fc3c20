package gitzodb.git;

/** The folder is in no git repository, or in one that git refuses to open. */
public final class NotARepositoryException extends GitException {
    private static final long serialVersionUID = 1L;

    public NotARepositoryException(String message) {
        super(message);
    }
}
