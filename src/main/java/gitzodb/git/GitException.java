package gitzodb.git;

import java.io.IOException;

/** What git refuses, or what a repository holds that cannot be used; one line: what, where, what now. */
public class GitException extends IOException {
    private static final long serialVersionUID = 1L;

    public GitException(String message) {
        super(message);
    }

    public GitException(String message, Throwable cause) {
        super(message, cause);
    }
}
