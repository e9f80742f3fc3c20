package gitzodb.git;

import org.jspecify.annotations.Nullable;

/**
 * A file that two trees do not have in common.
 *
 * @param before absent if the file is new
 * @param after absent if the file is gone
 */
public record TreeChange(
        String path, @Nullable TreeEntry before, @Nullable TreeEntry after) implements Comparable<TreeChange> {
    public TreeChange {
        if (before == null && after == null) {
            throw new IllegalArgumentException("no change: " + path);
        }
    }

    public boolean isAdded() {
        return before == null;
    }

    public boolean isRemoved() {
        return after == null;
    }

    /** By path, in the order of {@link String}. */
    @Override
    public int compareTo(TreeChange other) {
        return path.compareTo(other.path);
    }
}
