package gitzodb.cli;

/** The exit codes, as documented in {@code src/docs/commands.md}. */
enum ExitCode {
    /** Done and checked. */
    DONE(0),
    /** Differences, conflicts or findings. */
    FINDINGS(1),
    /** Refused, nothing changed. */
    REFUSED(2),
    /** Partly done; what is missing was named. */
    PARTLY(3),
    /** Wrong options or arguments. */
    USAGE(64),
    /** Bytes that are not what they should be. */
    BAD_DATA(65),
    /** The database cannot be reached. */
    UNREACHABLE(69),
    /** Somebody else holds the database or the binding. */
    BUSY(75),
    /** Not a repository, or something that should not happen. */
    FATAL(128),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
