package gitzodb.sync;

import gitzodb.git.Commits;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** The commit from which the changes of HEAD and those of the database are counted. */
final class LastInStep {
    private LastInStep() {}

    /**
     * Returns the commit at which both were last in step, or a later one that both have: a merge of {@code live} made by
     * git itself is recorded nowhere. Without a record the best common ancestor, if there is one.
     */
    static Optional<ObjectId> of(BoundDatabase database, ObjectId live, ObjectId head) throws IOException {
        Commits commits = database.repository().commits();
        Optional<ObjectId> recorded = database.repository().refs().find(database.baseRef());
        Optional<ObjectId> common = commits.mergeBase(live, head);
        if (recorded.isEmpty() || common.isEmpty()) {
            return recorded.or(() -> common);
        }
        return commits.isAncestor(recorded.get(), common.get()) ? common : recorded;
    }
}
