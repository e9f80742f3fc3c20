package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.git.Commit;
import gitzodb.git.GitTree;
import gitzodb.git.ObjectBatch;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.git.TreeChange;
import gitzodb.git.TreeEditor;
import gitzodb.git.TreeEntry;
import gitzodb.load.Load;
import gitzodb.load.LoadResult;
import gitzodb.tree.TransactionText;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/** Brings a tree of files into a bound database, from the tree that {@code live} shows. */
final class Loading {
    private static final int FIELD = 65_535;

    private final BoundDatabase database;
    private final Repository repository;
    private final String folder;

    Loading(BoundDatabase database) {
        this.database = database;
        this.repository = database.repository();
        this.folder = database.binding().path();
    }

    /**
     * Loads, right after a fetch; for {@link Unmoved#retry}.
     *
     * @param commit what the transaction says it comes from
     * @param tree the root tree whose folder is loaded: that of the commit, or one with changes carried along
     * @param carried the transactions that made the changes carried along, if there are any
     */
    LoadResult load(ObjectId commit, ObjectId tree, Optional<List<Tid>> carried, Load.Loss loss, boolean dryRun)
            throws IOException {
        return load(text(commit, carried), tree, loss, dryRun);
    }

    /**
     * Loads, right after a fetch.
     *
     * @param tree the root tree whose folder is loaded
     * @param loss what becomes of a deletion that would take ignored or omitted data with it
     */
    LoadResult load(TransactionText text, ObjectId tree, Load.Loss loss, boolean dryRun) throws IOException {
        Binding binding = database.binding();
        ObjectId live = database.live().orElseThrow();
        TreeRules rules = adoptRules(tree);
        try {
            ObjectId wanted = underNewRules(tree, live);
            return MappedTree.mending(database, () -> load(text, wanted, rules, loss, dryRun));
        } catch (IOException refused) {
            // The rules are part of what was refused.
            if (!live.equals(database.live().orElse(null))) {
                database.remember(binding);
                repository.refs().update("zodb: refused", RefUpdate.set(database.liveRef(), live));
            }
            throw refused;
        }
    }

    private LoadResult load(TransactionText text, ObjectId tree, TreeRules rules, Load.Loss loss, boolean dryRun)
            throws IOException {
        Storage storage = database.storage();
        Binding binding = database.binding();
        try (GitTree files = GitTree.of(repository, tree, folder);
                Snapshot now = storage.snapshot();
                Snapshot known = now.at(binding.tid());
                GitTree shown = repository.tree(database.live().orElseThrow(), folder);
                MappedTree map = MappedTree.open(database, rules)) {
            if (!Unmoved.holds(now, binding)) {
                throw new MovedException(storage.description() + " was replaced just now; try again");
            }
            if (!map.isFilled()) {
                map.fill(known, DiscardedFiles.SINK);
            }
            Load.Changes changes = new Load.Changes(map.store(), new GitFileTree(shown), changed(shown, files));
            Deletions deletions = Deletions.read(database.deletions());
            Load.Options options =
                    new Load.Options(allowed(), "git config --add " + allowKey(), loss, deletions.byPath());
            Load load = new Load(new GitFileTree(files), map.states(known), map.graph(), options, changes);
            if (dryRun) {
                return load.into(new Rehearsal(storage), text);
            }
            // A process that dies now must not leave HEAD and database looking as if they were in step.
            database.remember(binding.loading());
            LoadResult loaded = load.into(new Unmoved(storage, binding), text);
            if (!loaded.tid().equals(Tid.NONE)) {
                deletions.after(loaded.changes()).write(database.deletions());
            }
            return loaded;
        }
    }

    /** Returns where a tree differs from what the database holds. */
    private static Set<String> changed(GitTree shown, GitTree files) throws IOException {
        Set<String> paths = new HashSet<>();
        shown.changesTo(files).forEach(change -> paths.add(change.path()));
        return paths;
    }

    /** A tree with other settings than those of {@code live}: the database is dumped anew by them first. */
    private TreeRules adoptRules(ObjectId tree) throws IOException {
        Binding binding = database.binding();
        ObjectId live = database.live().orElseThrow();
        TreeRules old = TreeRules.of(repository, live, folder, database);
        List<String> ruleFiles;
        TreeRules rules;
        try (GitTree before = repository.tree(live, folder);
                GitTree files = GitTree.of(repository, tree, folder)) {
            ruleFiles = RuleFiles.after(binding.ruleFiles(), before, files);
            rules = TreeRules.of(new GitFileTree(files), ruleFiles, TreeRules.fresh(database))
                    .requireFormats(database.surroundings().formats());
        }
        // A folder that moves takes its list along: until then the list is for both places.
        TreeMap<String, List<String>> lists = new TreeMap<>(old.lists());
        lists.putAll(rules.lists());
        rules = rules.withLists(lists);
        if (rules.hash().equals(old.hash())) {
            return old;
        }
        rules.requireConsent(database.config(), database.name(), old.settings());
        database.remember(binding.withRuleFiles(ruleFiles));
        try (Snapshot now = database.storage().snapshot();
                Snapshot known = now.at(binding.tid())) {
            new Recognition(database).run(known, rules);
        }
        return rules;
    }

    /**
     * Other rules show the same database with other files. Files that are as the old rules made them are no edits: they
     * give way to what the new rules make of the same objects.
     *
     * @param before the commit of {@code live} under the old rules
     */
    private ObjectId underNewRules(ObjectId tree, ObjectId before) throws IOException {
        ObjectId live = database.live().orElseThrow();
        if (live.equals(before)) {
            return tree;
        }
        try (GitTree old = repository.tree(before, folder);
                GitTree shown = repository.tree(live, folder);
                GitTree files = GitTree.of(repository, tree, folder);
                TreeEditor editor = TreeEditor.of(repository, tree, folder)) {
            for (TreeChange change : old.changesTo(shown)) {
                TreeEntry mine = files.find(change.path()).orElse(null);
                if (!Objects.equals(mine, change.before())) {
                    continue;
                }
                TreeEntry now = change.after();
                if (now == null) {
                    editor.delete(change.path());
                } else {
                    editor.put(change.path(), now.id());
                }
            }
            return editor.write();
        }
    }

    private String allowKey() {
        return "zodb." + database.name() + ".allow";
    }

    private Set<ClassName> allowed() throws IOException {
        Set<ClassName> allowed = new HashSet<>();
        String key = allowKey();
        for (String name : database.config().all(key)) {
            try {
                allowed.add(ClassName.parse(name));
            } catch (IllegalArgumentException wrong) {
                throw new RefusedException("git config " + key + ": " + wrong.getMessage());
            }
        }
        return allowed;
    }

    private TransactionText text(ObjectId commit, Optional<List<Tid>> carried) throws IOException {
        Commit tip = repository.commits().read(commit);
        String description = tip.subject() + " (git " + commit.abbreviate(12).name() + ")";
        Bytes extension = new PushNote(commit.name(), carried)
                .extension(database.storage().generation());
        return new TransactionText(field(tip.author().name()), field(description), extension);
    }

    /** Cuts a text to what a transaction holds, not in the middle of a character. */
    private static Bytes field(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, FIELD);
        while (end < bytes.length && end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return Bytes.wrap(bytes).slice(0, end);
    }

    /**
     * Makes a commit that says what the database holds the one that {@code live} points to; in another form than the
     * database's it gets a child in canonical form.
     */
    ObjectId adopt(ObjectId commit) throws IOException {
        ObjectId root = repository.commits().read(commit).tree();
        ObjectId shown = repository.commits().folder(database.live().orElseThrow(), folder);
        ObjectId canonical = TreeEditor.graft(repository, root, folder, shown);
        ObjectId adopted = commit;
        if (!canonical.equals(root)) {
            try (ObjectBatch batch = ObjectBatch.open(repository)) {
                Tid tid = database.binding().tid();
                adopted = new History(batch).own(canonical, List.of(commit), tid, "Canonical form");
                batch.flush();
            }
        }
        setLive(adopted);
        return adopted;
    }

    /** Puts {@code live} at a commit that has the same tree. */
    void setLive(ObjectId commit) throws IOException {
        Binding binding = database.binding();
        database.remember(binding.atTransaction(commit.name(), binding.tid(), binding.hash(), binding.settings()));
        repository.refs().update("zodb: the database is at this commit", RefUpdate.set(database.liveRef(), commit));
    }
}
