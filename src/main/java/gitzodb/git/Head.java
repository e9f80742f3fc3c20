package gitzodb.git;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Where HEAD stands.
 *
 * @param branch full name of the branch, {@code refs/heads/main}; empty when HEAD is detached
 * @param commit empty when the branch is unborn
 */
public record Head(Optional<String> branch, Optional<ObjectId> commit) {
    /** Returns whether the branch has no commit yet. */
    public boolean isUnborn() {
        return commit.isEmpty();
    }
}
