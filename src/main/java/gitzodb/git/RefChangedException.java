package gitzodb.git;

/** Another process moved a ref between reading and writing it; nothing was changed, the caller may read and try again. */
public final class RefChangedException extends GitException {
    private static final long serialVersionUID = 1L;

    public RefChangedException(String message) {
        super(message);
    }
}
