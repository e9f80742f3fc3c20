package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.dump.DumpReport;
import gitzodb.git.BlobPack;
import gitzodb.git.GitTree;
import gitzodb.git.ObjectBatch;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.git.TreeEditor;
import gitzodb.graph.Stamp;
import gitzodb.parallel.Beside;
import gitzodb.tree.FileNames;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Reads a whole database and finds its place in the history: the commit that shows just this, or the nearest one, of
 * which a snapshot becomes the child. So the first merge is a true three-way merge.
 */
final class Recognition {
    private static final int LOOKED_AT = 10_000;
    private static final int COMPARED = 100;

    private final BoundDatabase database;
    private final Repository repository;
    private final Optional<ObjectId> wantedBase;

    Recognition(BoundDatabase database) {
        this(database, Optional.empty());
    }

    /** With a base given, a snapshot becomes its child, however many files differ. */
    Recognition(BoundDatabase database, Optional<ObjectId> wantedBase) {
        this.database = database;
        this.repository = database.repository();
        this.wantedBase = wantedBase;
    }

    Fetch.Result run(Snapshot now) throws IOException {
        Optional<ObjectId> before = database.live();
        Optional<ObjectId> start =
                before.isPresent() ? before : repository.head().commit();
        TreeRules rules = start.isPresent()
                ? TreeRules.of(repository, start.get(), database.binding().path(), database)
                : TreeRules.fresh(database);
        return run(now, rules);
    }

    /** Reads the database under rules that may be other than those of the tree so far. */
    Fetch.Result run(Snapshot now, TreeRules rules) throws IOException {
        Optional<ObjectId> before = database.live();
        Optional<ObjectId> start =
                before.isPresent() ? before : repository.head().commit();
        String folder = database.binding().path();
        try (MappedTree map = MappedTree.openFresh(database, rules)) {
            boolean isNew = start.isEmpty() || !hasTree(start.get(), folder);
            Dumped dumped = dump(map, now, folder, isNew);
            ObjectId alone = dumped.tree();
            ObjectId tree = folderOf(alone, folder);
            Optional<ObjectId> same = start.isPresent() ? same(start.get(), folder, tree) : Optional.empty();
            ObjectId live = same.isPresent() ? same.get() : snapshot(now.tid(), start, folder, alone, tree);
            Bytes hash = now.transaction(now.tid()).map(known -> known.hash()).orElse(Bytes.EMPTY);
            Bytes ruled = map.rules().hash();
            map.commit(new Stamp(now.tid(), hash, ruled));
            database.remember(database.binding()
                    .withRuleFiles(ruleFiles(live, folder, before))
                    .withUnreadable(new TreeSet<>(dumped.report().unreadable().keySet()))
                    .atTransaction(live.name(), now.tid(), hash, ruled.hex()));
            repository.refs().update("zodb fetch: snapshot", RefUpdate.set(database.liveRef(), live));
            return new Fetch.Result(before, live, 0, same.isPresent() ? 0 : 1, Optional.of(dumped.report()));
        }
    }

    private boolean hasTree(ObjectId commit, String folder) throws IOException {
        try (GitTree tree = repository.tree(commit, folder)) {
            return tree.find(FileNames.SETTINGS).isPresent();
        }
    }

    /** Of a tree that is followed already only what changes tells where its rules are, of a new one all of it. */
    private List<String> ruleFiles(ObjectId live, String folder, Optional<ObjectId> before) throws IOException {
        try (GitTree after = repository.tree(live, folder)) {
            if (before.isPresent()) {
                try (GitTree old = repository.tree(before.get(), folder)) {
                    return RuleFiles.after(database.binding().ruleFiles(), old, after);
                }
            }
            return RuleFiles.of(new GitFileTree(after));
        }
    }

    private record Dumped(ObjectId tree, DumpReport report) {}

    private Dumped dump(MappedTree map, Snapshot now, String folder, boolean isNew) throws IOException {
        try (TreeEditor editor = TreeEditor.replacing(repository, TreeEditor.emptyTree(), folder);
                BlobPack blobs = BlobPack.open(repository);
                Beside beside = new Beside()) {
            PackSink sink = new PackSink(editor, blobs);
            DumpReport report = isNew ? map.fillNew(now, sink) : map.fill(now, sink);
            beside.give(blobs::flush);
            editor.makeFolders();
            beside.await();
            return new Dumped(editor.write(), report);
        }
    }

    private Optional<ObjectId> same(ObjectId start, String folder, ObjectId tree) throws IOException {
        if (wantedBase.isPresent()) {
            boolean isBase =
                    repository.commits().folder(wantedBase.get(), folder).equals(tree);
            return isBase ? wantedBase : Optional.empty();
        }
        return repository.commits().withFolder(start, folder, tree, LOOKED_AT).stream()
                .findFirst();
    }

    private ObjectId snapshot(Tid tid, Optional<ObjectId> start, String folder, ObjectId alone, ObjectId tree)
            throws IOException {
        Optional<ObjectId> parent = wantedBase.isPresent() ? wantedBase : nearest(start, folder, tree);
        try (ObjectBatch batch = ObjectBatch.open(repository)) {
            History history = new History(batch);
            ObjectId commit;
            if (parent.isEmpty()) {
                commit = history.snapshot(alone, List.of(), tid);
            } else {
                ObjectId root = repository.commits().read(parent.get()).tree();
                ObjectId grafted = TreeEditor.graft(repository, root, folder, tree);
                commit = history.snapshot(grafted, List.of(parent.get()), tid);
            }
            batch.flush();
            return commit;
        }
    }

    /** The commit with the fewest differing files, newest first; of a bound database simply its last one. */
    private Optional<ObjectId> nearest(Optional<ObjectId> start, String folder, ObjectId tree) throws IOException {
        if (start.isEmpty() || database.live().isPresent()) {
            return start;
        }
        List<ObjectId> candidates = new ArrayList<>();
        repository.commits().firstParents(start.get(), COMPARED).forEach(each -> candidates.add(each.id()));
        if (candidates.size() == 1) {
            return start;
        }
        ObjectId best = start.get();
        int fewest = Integer.MAX_VALUE;
        for (ObjectId candidate : candidates) {
            try (GitTree mine = repository.tree(candidate, folder);
                    GitTree found = GitTree.of(
                            repository, TreeEditor.graft(repository, TreeEditor.emptyTree(), folder, tree), folder)) {
                int differing = mine.countChangesTo(found, fewest);
                if (differing < fewest) {
                    fewest = differing;
                    best = candidate;
                }
            }
        }
        return Optional.of(best);
    }

    private ObjectId folderOf(ObjectId root, String folder) throws IOException {
        try (GitTree tree = GitTree.of(repository, root, folder)) {
            return tree.id();
        }
    }
}
