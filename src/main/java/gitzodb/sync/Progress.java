package gitzodb.sync;

/** Hears how far a long task is; called often, returns at once. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (task, done, total) -> {};

    /**
     * Takes note.
     *
     * @param task what is being done, in a few words
     * @param done how much of it
     * @param total of how much; 0 if not known
     */
    void advanced(String task, long done, long total);
}
