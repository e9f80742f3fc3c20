package gitzodb.sync;

import gitzodb.git.GitTree;
import gitzodb.git.Head;
import gitzodb.git.Repository;
import gitzodb.git.TreeChange;
import gitzodb.tree.FileNames;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/** Where database and git stand to each other. Fetches first, so that it speaks of the database as it is. */
public final class Status {
    /** What became of a file on one side. */
    public enum Change {
        NONE('.'),
        MODIFIED('M'),
        ADDED('A'),
        DELETED('D');

        private final char letter;

        Change(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    /**
     * One file of the tree folder that differs from where both were last in step.
     *
     * @param path as git shows it, from the top of the work tree
     */
    public record Line(String path, Change inDatabase, Change inGit) {
        public boolean isOnBothSides() {
            return inDatabase != Change.NONE && inGit != Change.NONE;
        }
    }

    /**
     * The answer.
     *
     * @param head empty before the first commit
     * @param ahead how many commits the database has that HEAD has not
     * @param behind how many commits HEAD has that the database has not
     * @param unreadable how many objects have records that nobody can read, at most {@link Binding#MOST_UNREADABLE}
     * @param lines what differs; empty when in step
     */
    public record Report(
            String database,
            String url,
            ObjectId live,
            Tid tid,
            Head head,
            int ahead,
            int behind,
            boolean reloadPending,
            int unreadable,
            List<Line> lines) {
        public boolean isInStep() {
            return lines.isEmpty() && !reloadPending;
        }
    }

    private static final int COUNTED = 10_000;

    private final BoundDatabase database;
    private final Repository repository;

    public Status(BoundDatabase database) {
        this.database = database;
        this.repository = database.repository();
    }

    public Report run() throws IOException {
        ObjectId live = new Fetch(database).run(false).live();
        Head head = repository.head();
        List<Line> lines = List.of();
        int ahead = 0;
        int behind = 0;
        if (head.commit().isEmpty()) {
            ahead = repository.commits().firstParents(live, COUNTED).size();
            lines = lines(Optional.empty(), live, Optional.empty());
        } else {
            ObjectId commit = head.commit().get();
            if (!folder(commit).equals(folder(live))) {
                ahead = repository.commits().between(commit, live, COUNTED).size();
                behind = repository.commits().between(live, commit, COUNTED).size();
                lines = lines(LastInStep.of(database, live, commit), live, Optional.of(commit));
            }
        }
        return new Report(
                database.name(),
                database.url(),
                live,
                database.binding().tid(),
                head,
                ahead,
                behind,
                isReloadPending(head),
                database.binding().unreadable().size(),
                lines);
    }

    /** HEAD is neither what is loaded nor a later commit of it: it was switched or reset, and the database was not. */
    private boolean isReloadPending(Head head) throws IOException {
        if (database.isReloadRefused()) {
            return true;
        }
        Optional<String> loaded = database.binding().tree();
        Optional<ObjectId> base = repository.refs().find(database.baseRef());
        if (head.commit().isEmpty() || loaded.isEmpty() || base.isEmpty()) {
            return false;
        }
        ObjectId commit = head.commit().get();
        return !folder(commit).name().equals(loaded.get())
                && !repository.commits().isAncestor(base.get(), commit);
    }

    private List<Line> lines(Optional<ObjectId> base, ObjectId live, Optional<ObjectId> head) throws IOException {
        Map<String, Change> inDatabase = changes(base, Optional.of(live));
        Map<String, Change> inGit = changes(base, head);
        TreeMap<String, Line> lines = new TreeMap<>();
        inDatabase.forEach((path, change) ->
                lines.put(path, new Line(path, change, inGit.getOrDefault(path, Change.NONE))));
        inGit.forEach((path, change) -> lines.putIfAbsent(path, new Line(path, Change.NONE, change)));
        return new ArrayList<>(lines.values());
    }

    private Map<String, Change> changes(Optional<ObjectId> from, Optional<ObjectId> to) throws IOException {
        TreeMap<String, Change> changes = new TreeMap<>();
        if (to.isEmpty()) {
            return changes;
        }
        String path = database.binding().path();
        try (GitTree after = repository.tree(to.get(), path)) {
            if (from.isEmpty()) {
                after.files().forEach(file -> changes.put(FileNames.join(path, file.path()), Change.ADDED));
                return changes;
            }
            try (GitTree before = repository.tree(from.get(), path)) {
                for (TreeChange change : before.changesTo(after)) {
                    Change kind =
                            change.isAdded() ? Change.ADDED : change.isRemoved() ? Change.DELETED : Change.MODIFIED;
                    changes.put(FileNames.join(path, change.path()), kind);
                }
            }
        }
        return changes;
    }

    private ObjectId folder(ObjectId commit) throws IOException {
        return repository.commits().folder(commit, database.binding().path());
    }
}
