package gitzodb.sync;

import gitzodb.git.RefUpdate;
import gitzodb.tree.LoadResult;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;

/** Brings a tree of files into a bound database, from the tree that {@code live} shows. */
final class Loading {
    private final BoundDatabase database;

    Loading(BoundDatabase database) {
        this.database = database;
    }

    LoadResult load(ObjectId commit, ObjectId tree, boolean carried, boolean dryRun) throws IOException {
        if (dryRun || carried || tree != null) {
            throw new RefusedException("not yet " + commit);
        }
        return new LoadResult(gitzodb.zodb.Tid.NONE, java.util.List.of(), java.util.List.of());
    }

    /** A commit whose tree says what the database holds takes the place of {@code live}. */
    ObjectId adopt(ObjectId commit) throws IOException {
        return commit;
    }

    /** Puts {@code live} at a commit that has the same tree. */
    void setLive(ObjectId commit) throws IOException {
        Binding binding = database.binding();
        database.remember(binding.atTransaction(commit.name(), binding.tid(), binding.hash(), binding.settings()));
        database.repository()
                .refs()
                .update("zodb: database is at this commit", RefUpdate.set(database.liveRef(), commit));
    }
}
