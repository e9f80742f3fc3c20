package gitzodb.git;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Brings commits into the branch that is checked out, or finds out what would come of that. */
public sealed interface Merging permits WorkTree, MergeTrial {
    /**
     * How a merge or rebase ended.
     *
     * @param conflicts the files in conflict, as git names them, sorted; none if git refused to begin
     */
    record Merged(GitResult result, List<String> conflicts) {
        public Merged {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** Moves the branch and the files to a later commit, or to the first one; git refuses over changed files. */
    GitResult fastForward(ObjectId commit) throws IOException;

    Merged merge(ObjectId commit, String message) throws IOException;

    /** Puts the commits of the branch on top of another commit. */
    Merged rebase(ObjectId onto) throws IOException;
}
