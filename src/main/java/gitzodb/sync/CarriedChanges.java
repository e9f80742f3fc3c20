package gitzodb.sync;

import gitzodb.git.Commit;
import gitzodb.git.Commits;
import gitzodb.pickle.Generation;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/** Who made the changes that a reload keeps because only the database has them. */
final class CarriedChanges {
    /** More transactions than this are not told apart: the extension of a transaction has 64 KiB. */
    private static final int LIMIT = 1000;

    private CarriedChanges() {}

    /**
     * Returns the transactions whose commits {@code live} has beyond {@code base}, oldest first. One that carried changes
     * itself stands for those that it names, one that a commit was pushed with has none of its own.
     */
    static List<Tid> between(BoundDatabase database, Snapshot now, ObjectId base, ObjectId live) throws IOException {
        Generation generation = database.storage().generation();
        Commits commits = database.repository().commits();
        TreeSet<Tid> tids = new TreeSet<>();
        for (ObjectId id : commits.between(base, live, LIMIT)) {
            Optional<Tid> tid = tid(commits.read(id));
            Optional<StoredTransaction> transaction = tid.isPresent() ? now.transaction(tid.get()) : Optional.empty();
            if (transaction.isPresent()) {
                Optional<PushNote> note = PushNote.read(transaction.get().info().extension(), generation);
                if (note.isEmpty()) {
                    tids.add(transaction.get().tid());
                } else {
                    tids.addAll(note.get().carried().orElse(List.of()));
                }
            }
        }
        return List.copyOf(tids);
    }

    /** Returns those of the transactions that the database still has. */
    static List<StoredTransaction> transactions(Snapshot now, List<Tid> tids) throws IOException {
        List<StoredTransaction> transactions = new ArrayList<>();
        for (Tid tid : tids) {
            now.transaction(tid).ifPresent(transactions::add);
        }
        return transactions;
    }

    private static Optional<Tid> tid(Commit commit) {
        return commit.trailer(History.TID)
                .filter(value -> value.matches("[0-9a-f]{16}"))
                .map(value -> new Tid(HexFormat.fromHexDigitsToLong(value)));
    }
}
