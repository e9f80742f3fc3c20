package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.tree.Dump;
import gitzodb.tree.DumpOptions;
import gitzodb.tree.DumpReport;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A database that is looked at or dumped without a binding: everything is read, nothing is kept. */
public final class LooseDatabase implements Closeable {
    /** How many objects of a class there are, and how many bytes their records take. */
    public record ClassCount(long objects, long bytes) {
        ClassCount plus(Bytes record) {
            return new ClassCount(objects + 1, bytes + record.length());
        }
    }

    private static final ClassCount NONE = new ClassCount(0, 0);

    private final Surroundings surroundings;
    private final Storage storage;

    private LooseDatabase(Surroundings surroundings, Storage storage) {
        this.surroundings = surroundings;
        this.storage = storage;
    }

    public static LooseDatabase open(Surroundings surroundings, String url) throws IOException {
        return new LooseDatabase(surroundings, surroundings.storages().open(url, Optional.empty()));
    }

    public Storage storage() {
        return storage;
    }

    /**
     * Writes objects as files.
     *
     * @param keepSecrets what the user says of secrets; a file in the tree cannot say it alone
     * @param present a tree that is to be brought up to date, whose settings are kept; else those of a new one are used
     */
    public DumpReport dump(
            TreeSink sink, DumpOptions options, boolean exact, boolean keepSecrets, Optional<FileTree> present)
            throws IOException {
        TreeRules rules = fresh(exact, keepSecrets);
        if (present.isPresent() && !exact) {
            rules = TreeRules.of(present.get(), TreeRules.ignoreFolders(present.get()), rules);
        }
        TreeSettings settings = rules.settings();
        if (settings.keepSecrets() && !exact && !keepSecrets) {
            throw new RefusedException(FileNames.SETTINGS
                    + " of the tree puts password hashes and connection strings into files; if you want that, say"
                    + " --keep-secrets");
        }
        return dump(sink, options, keepSecrets ? settings.keepingSecrets() : settings, rules.ignore());
    }

    /** Writes the files that say how a new tree is to be read, beside the objects of a dump that is not whole. */
    public void writeRules(TreeSink sink, boolean exact, boolean keepSecrets) throws IOException {
        fresh(exact, keepSecrets).writeTo(sink);
    }

    private TreeRules fresh(boolean exact, boolean keepSecrets) {
        TreeSettings settings =
                exact ? TreeSettings.exact(storage.generation()) : TreeSettings.of(storage.generation());
        return TreeRules.fresh(keepSecrets ? settings.keepingSecrets() : settings);
    }

    private DumpReport dump(TreeSink sink, DumpOptions options, TreeSettings settings, IgnoreRules ignore)
            throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            MappedTree.requireRoot(snapshot);
            TreeStates states = new TreeStates(snapshot, surroundings.formats(), settings, ignore);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return new Dump(store, graph, states).full(sink, options);
        }
    }

    /** Counts all objects of the storage by class, reachable or not. */
    public SortedMap<ClassName, ClassCount> classes() throws IOException {
        TreeMap<ClassName, ClassCount> counts = new TreeMap<>();
        try (Snapshot snapshot = storage.snapshot()) {
            snapshot.forEach(loaded -> counts.merge(
                    ObjectRecord.meta(loaded.data(), storage.generation()).name(),
                    NONE.plus(loaded.data()),
                    (old, one) -> new ClassCount(old.objects() + 1, old.bytes() + one.bytes())));
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
