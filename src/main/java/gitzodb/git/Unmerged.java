package gitzodb.git;

/**
 * A file that a merge left in conflict, and which versions of it git has.
 *
 * @param path from the top of the work tree
 */
public record Unmerged(String path, boolean base, boolean ours, boolean theirs) {
    /** One of the three versions. */
    public enum Version {
        BASE(1),
        OURS(2),
        THEIRS(3);

        private final int stage;

        Version(int stage) {
            this.stage = stage;
        }

        int stage() {
            return stage;
        }
    }

    public boolean has(Version version) {
        return switch (version) {
            case BASE -> base;
            case OURS -> ours;
            case THEIRS -> theirs;
        };
    }

    Unmerged with(int stage) {
        return new Unmerged(path, base || stage == 1, ours || stage == 2, theirs || stage == 3);
    }
}
