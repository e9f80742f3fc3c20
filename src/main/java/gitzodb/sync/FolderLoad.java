package gitzodb.sync;

import gitzodb.dump.StoredTree;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.FullLoad;
import gitzodb.load.Load;
import gitzodb.load.LoadResult;
import gitzodb.load.PartLoad;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.FolderTree;
import gitzodb.tree.Selection;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loads a folder of files into a database, without a repository. */
public final class FolderLoad {
    private static final TransactionText TEXT = TransactionText.of("zodb", "git zodb load");

    private final Surroundings surroundings;
    private final FileTree tree;
    private final TreeSettings settings;

    public FolderLoad(Surroundings surroundings, Path folder) throws IOException {
        this.surroundings = surroundings;
        this.tree = WatchedTree.of(new FolderTree(folder), surroundings.progress());
        if (tree.find(FileNames.SETTINGS).isEmpty()) {
            throw new RefusedException(folder + " has no " + FileNames.SETTINGS
                    + ", so it is no tree of a database; make one with 'git zodb dump'");
        }
        this.settings = TreeSettings.parse(tree.read(FileNames.SETTINGS));
        settings.requireFormats(surroundings.formats(), tree.read(FileNames.SETTINGS));
    }

    /** Fills a new database; with {@code dryRun} one in memory, so that all is checked. */
    public LoadResult intoNew(String url, boolean dryRun) throws IOException {
        FullLoad load = new FullLoad(tree, surroundings.formats(), settings);
        if (dryRun) {
            return load.into(new MemoryStorage(settings.generation(), surroundings.clock()), TEXT);
        }
        // Checked in full before anything is made: a bad tree leaves no empty database behind.
        load.check();
        try (Storage storage = createOrOpenEmpty(url)) {
            return load.into(storage, TEXT);
        }
    }

    /** A load that was killed leaves a database without a transaction; it is as good as none. */
    private Storage createOrOpenEmpty(String url) throws IOException {
        try {
            return surroundings.storages().create(url, settings.generation());
        } catch (FileAlreadyExistsException exists) {
            Storage storage = surroundings.storages().open(url, Optional.empty());
            boolean empty = false;
            try (Snapshot now = storage.snapshot()) {
                empty = now.tid().equals(Tid.NONE) && storage.generation() == settings.generation();
            } finally {
                if (!empty) {
                    storage.close();
                }
            }
            if (!empty) {
                throw exists;
            }
            return storage;
        }
    }

    /**
     * What to load over a database that there is.
     *
     * @param selection which objects of the tree
     * @param skipErrors load what is sound, and leave the rest as it is
     * @param allowed classes that the database need not know
     * @param dryRun write nothing
     */
    public record Request(Selection selection, boolean skipErrors, Set<ClassName> allowed, boolean dryRun) {
        public Request {
            allowed = Set.copyOf(allowed);
        }
    }

    /** Makes a database say of the selected objects what the tree says. */
    public PartLoad.Outcome over(String url, Request request) throws IOException {
        TreeRules rules = TreeRules.of(tree, RuleFiles.of(tree));
        try (Storage storage = surroundings.storages().open(url, Optional.empty());
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.temporary()) {
            if (storage.generation() != rules.settings().generation()) {
                throw new RefusedException(
                        "the tree is for pickles of " + rules.settings().generation() + ", " + url + " has those of "
                                + storage.generation() + "; dump it first to see its kind");
            }
            TreeStates states = new TreeStates(snapshot, surroundings.formats(), rules.settings(), rules.ignore());
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            Load.Options options = new Load.Options(request.allowed(), true);
            Storage target = request.dryRun() ? new Rehearsal(storage) : storage;
            if (request.selection().isAll() && !request.skipErrors()) {
                return new PartLoad.Outcome(new Load(tree, states, graph, options).into(target, TEXT), List.of());
            }
            StoredTree stored = StoredTree.of(store, graph, states);
            return new PartLoad(stored, tree, surroundings.formats(), rules.settings())
                    .run(request.selection(), request.skipErrors(), mixed -> {
                        Load.Changes changes = new Load.Changes(store, stored, mixed.changed());
                        return new Load(mixed, states, graph, options, changes).into(target, TEXT);
                    });
        }
    }
}
