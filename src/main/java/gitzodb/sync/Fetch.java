package gitzodb.sync;

import gitzodb.dump.DumpReport;
import gitzodb.git.GitTree;
import gitzodb.git.ObjectBatch;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.git.TreeEditor;
import gitzodb.graph.Stamp;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Brings what the database has into git: one commit a transaction, on {@code refs/remotes/NAME/live}. Nothing else moves.
 * Killed at any moment, the next fetch makes the same commits.
 */
public final class Fetch {
    /**
     * What a fetch did.
     *
     * @param before where {@code live} was; empty at the first fetch
     * @param transactions how many transactions were new
     * @param commits how many commits were made of them: none for a transaction that changes nothing visible
     * @param unreadable objects that were written and whose records cannot be read: where each is, and why
     * @param dumped what there is to say of a database that was read whole, because it is new or not the one known so far
     */
    public record Result(
            Optional<ObjectId> before,
            ObjectId live,
            int transactions,
            int commits,
            SortedMap<Oid, String> unreadable,
            Optional<DumpReport> dumped) {
        Result(Optional<ObjectId> before, ObjectId live, int transactions, int commits, Optional<DumpReport> dumped) {
            this(
                    before,
                    live,
                    transactions,
                    commits,
                    dumped.map(DumpReport::unreadable).orElse(new TreeMap<>()),
                    dumped);
        }

        public boolean isChange() {
            return !before.equals(Optional.of(live));
        }
    }

    private final BoundDatabase database;
    private final Repository repository;
    private final SortedMap<Oid, String> unreadable = new TreeMap<>();

    public Fetch(BoundDatabase database) {
        this.database = database;
        this.repository = database.repository();
    }

    /** Fetches; with {@code squash} all new transactions become one commit. */
    public Result run(boolean squash) throws IOException {
        try (Snapshot now = database.storage().snapshot()) {
            return run(now, squash);
        }
    }

    Result run(Snapshot now, boolean squash) throws IOException {
        Binding binding = database.binding();
        Optional<ObjectId> live = database.live();
        if (live.isEmpty() || !isKnown(now, binding)) {
            return new Recognition(database).run(now);
        }
        if (now.tid().equals(binding.tid())) {
            settle(live.get());
            return new Result(live, live.get(), 0, 0, Optional.empty());
        }
        return underNewRules(now, MappedTree.mending(database, () -> advance(now, live.get(), squash)));
    }

    /**
     * Objects of the database can say what its tree leaves out ({@link gitzodb.tree.ChildList}): if they changed, it is
     * read anew.
     */
    private Result underNewRules(Snapshot now, Result fetched) throws IOException {
        Binding binding = database.binding();
        try (GitTree before = repository.tree(fetched.before().orElseThrow(), binding.path());
                GitTree after = repository.tree(fetched.live(), binding.path())) {
            if (!RuleFiles.differ(before, after)) {
                return fetched;
            }
            database.remember(binding.withRuleFiles(RuleFiles.after(binding.ruleFiles(), before, after)));
        }
        TreeRules rules = TreeRules.of(repository, fetched.live(), binding.path(), database);
        if (rules.hash().hex().equals(binding.settings())) {
            return fetched;
        }
        Result anew = new Recognition(database).run(now, rules);
        return new Result(
                fetched.before(),
                anew.live(),
                fetched.transactions(),
                fetched.commits() + anew.commits(),
                fetched.unreadable(),
                fetched.dumped());
    }

    /** Returns whether the database still holds the transaction that {@code live} shows: pack and restore may take it. */
    static boolean isKnown(Snapshot now, Binding binding) throws IOException {
        if (binding.tid().equals(Tid.NONE)) {
            return false;
        }
        return now.transaction(binding.tid())
                .filter(known -> known.hash().equals(binding.hash()))
                .isPresent();
    }

    private Result advance(Snapshot now, ObjectId live, boolean squash) throws IOException {
        Binding binding = database.binding();
        TreeRules rules = TreeRules.of(repository, live, binding.path(), database);
        try (MappedTree map = MappedTree.open(database, rules)) {
            if (!map.isFilled()) {
                try (Snapshot known = now.at(binding.tid())) {
                    map.fill(known, DiscardedFiles.SINK);
                }
            }
            List<StoredTransaction> transactions = now.transactionsSince(binding.tid());
            Tip tip = tip(live);
            int commits = 0;
            int next = 0;
            // Nothing points to the new commits before all of them are safe.
            try (ObjectBatch batch = ObjectBatch.open(repository)) {
                while (next < transactions.size()) {
                    int end = squash ? transactions.size() : next + 1;
                    Tip made = step(batch, map, now, transactions.subList(next, end), tip);
                    commits += made.equals(tip) ? 0 : 1;
                    tip = made;
                    next = end;
                    database.surroundings().progress().advanced("fetching transactions", next, transactions.size());
                }
                batch.flush();
            }
            StoredTransaction last = transactions.getLast();
            if (!map.passing().isEmpty()) {
                Deletions.read(database.deletions()).after(map.passing()).write(database.deletions());
            }
            map.commit(new Stamp(last.tid(), last.hash(), rules.hash()));
            database.remember(binding.withUnreadable(unreadableNow(map, transactions))
                    .atTransaction(
                            tip.commit().name(),
                            last.tid(),
                            last.hash(),
                            rules.hash().hex()));
            settle(tip.commit());
            return new Result(
                    Optional.of(live), tip.commit(), transactions.size(), commits, unreadable, Optional.empty());
        }
    }

    /** What a transaction wrote anew can be read, unless this fetch says otherwise; what is gone is of no concern. */
    private SortedSet<Oid> unreadableNow(MappedTree map, List<StoredTransaction> transactions) {
        SortedSet<Oid> now = new TreeSet<>(database.binding().unreadable());
        transactions.forEach(each -> now.removeAll(each.oids()));
        now.addAll(unreadable.keySet());
        now.removeIf(oid -> map.graph().node(oid).isEmpty());
        return now;
    }

    /** A commit, perhaps not yet in the repository, and its root tree. */
    private record Tip(ObjectId commit, ObjectId tree) {}

    private Tip tip(ObjectId commit) throws IOException {
        return new Tip(commit, repository.commits().read(commit).tree());
    }

    private Tip step(ObjectBatch batch, MappedTree map, Snapshot now, List<StoredTransaction> transactions, Tip tip)
            throws IOException {
        TreeSet<Oid> changed = new TreeSet<>();
        transactions.forEach(each -> changed.addAll(each.oids()));
        StoredTransaction last = transactions.getLast();
        ObjectId tree;
        try (Snapshot next = now.at(last.tid());
                TreeEditor editor =
                        TreeEditor.of(batch, tip.tree(), database.binding().path())) {
            unreadable.putAll(map.advance(next, changed, new GitSink(editor)).unreadable());
            tree = editor.write();
        }
        Optional<PushNote> note =
                PushNote.read(last.info().extension(), database.storage().generation());
        if (note.isPresent()) {
            // The commit may be one that this fetch made, and all below works in the repository.
            batch.flush();
            Optional<ObjectId> pushed = repository.resolve(note.get().commit());
            if (pushed.isPresent()) {
                return afterPush(batch, tree, tip(pushed.get()), note.get(), now, last.tid());
            }
        }
        if (tree.equals(tip.tree())) {
            return tip;
        }
        return new Tip(new History(batch).transaction(tree, List.of(tip.commit()), transactions), tree);
    }

    /** A transaction that came from a commit is that commit, if the database gives back what the commit says. */
    private Tip afterPush(ObjectBatch batch, ObjectId tree, Tip pushed, PushNote note, Snapshot now, Tid tid)
            throws IOException {
        String folder = database.binding().path();
        ObjectId dumped;
        try (GitTree fetched = GitTree.of(repository, tree, folder)) {
            dumped = fetched.id();
        }
        ObjectId pushedWithDump = TreeEditor.graft(repository, pushed.tree(), folder, dumped);
        if (pushedWithDump.equals(pushed.tree())) {
            return pushed;
        }
        History history = new History(batch);
        ObjectId commit = note.carried().isPresent()
                ? history.carried(
                        pushedWithDump,
                        pushed.commit(),
                        tid,
                        CarriedChanges.transactions(now, note.carried().get()))
                : history.own(pushedWithDump, List.of(pushed.commit()), tid, "Canonical form");
        return new Tip(commit, pushedWithDump);
    }

    /** Puts the tracking ref where the binding record says. */
    private void settle(ObjectId live) throws IOException {
        if (!repository.refs().find(database.liveRef()).equals(Optional.of(live))) {
            repository.refs().update("zodb fetch", RefUpdate.set(database.liveRef(), live));
        }
    }
}
