package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.DumpReport;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.PickleException;
import gitzodb.tree.ChildList;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
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
    /** Under which records without a readable class are counted; no class has this name. */
    private static final ClassName UNREADABLE = new ClassName("", "(unreadable)");

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
     * @param first the settings of a new tree, and of one there is unless they are the usual ones
     * @param present a tree that is to be brought up to date
     */
    public DumpReport dump(TreeSink sink, DumpOptions options, FirstSettings first, Optional<FileTree> present)
            throws IOException {
        TreeRules rules = TreeRules.fresh(first.of(storage.generation(), surroundings.formats()));
        if (present.isPresent() && !first.exact() && first.file().isEmpty()) {
            rules = TreeRules.of(present.get(), RuleFiles.of(present.get()), rules);
        }
        TreeSettings settings = rules.requireFormats(surroundings.formats()).settings();
        if (settings.keepSecrets() && !first.exact() && !first.keepSecrets()) {
            throw new RefusedException(FileNames.SETTINGS
                    + " of the tree puts password hashes and connection strings into files; if you want that, say"
                    + " --keep-secrets");
        }
        return dump(sink, options, first.keepSecrets() ? settings.keepingSecrets() : settings, rules.ignore());
    }

    /** Writes the files that say how a new tree is to be read, beside the objects of a dump that is not whole. */
    public void writeRules(TreeSink sink, FirstSettings first) throws IOException {
        TreeRules.fresh(first.of(storage.generation(), surroundings.formats())).writeTo(sink);
    }

    private DumpReport dump(TreeSink sink, DumpOptions options, TreeSettings settings, IgnoreRules ignore)
            throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.temporary()) {
            MappedTree.requireRoot(snapshot);
            TreeStates states = new TreeStates(snapshot, surroundings.formats(), settings, ignore);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            IgnoreRules all = new TreeRules(settings, ignore, new TreeMap<>(), new TreeMap<>())
                    .withLists(childLists(states, graph))
                    .ignore();
            DumpReport report = new Dump(store, graph, states.under(all)).full(sink, options);
            if (!report.unreadable().isEmpty() && !options.skipErrors()) {
                throw Unreadable.refusal(
                        report.unreadable(), "repair the database, or keep such records as their bytes: --skip-errors");
            }
            return report;
        }
    }

    /** Returns what objects of a database leave out of the tree; to be called when the graph has just been built. */
    static SortedMap<String, List<String>> childLists(TreeStates states, HomeGraph graph) throws IOException {
        return states.childLists().isEmpty()
                ? new TreeMap<>()
                : ChildList.find(states.childLists(), states, graph, new Placement(graph, states), states.ignored());
    }

    /** Returns the objects that have a file, by path, with their classes. */
    public SortedMap<ObjectPath, ClassName> objects() throws IOException {
        TreeSettings settings = TreeSettings.of(storage.generation());
        TreeMap<ObjectPath, ClassName> found = new TreeMap<>(Comparator.comparing(ObjectPath::toString));
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.temporary()) {
            MappedTree.requireRoot(snapshot);
            HomeGraph graph = new HomeGraph(store);
            TreeStates states = new TreeStates(snapshot, surroundings.formats(), settings, IgnoreRules.NONE);
            graph.build(states);
            Placement placement = new Placement(graph, states);
            Deque<Place> open = new ArrayDeque<>();
            placement.of(Oid.ROOT).ifPresent(open::push);
            while (!open.isEmpty()) {
                Place place = open.pop();
                if (place.isOwn()) {
                    graph.node(place.oid()).ifPresent(node -> found.put(place.path(), node.className()));
                }
                graph.homeChildren(place.oid()).forEach(edge -> open.push(placement.below(place, edge)));
            }
        }
        return found;
    }

    /** Counts all objects of the storage by class, reachable or not. */
    public SortedMap<ClassName, ClassCount> classes() throws IOException {
        TreeMap<ClassName, ClassCount> counts = new TreeMap<>();
        try (Snapshot snapshot = storage.snapshot()) {
            snapshot.forEach(loaded -> counts.merge(
                    className(loaded.data()),
                    NONE.plus(loaded.data()),
                    (old, one) -> new ClassCount(old.objects() + 1, old.bytes() + one.bytes())));
        }
        return counts;
    }

    private ClassName className(Bytes record) {
        try {
            return ObjectRecord.meta(record, storage.generation()).name();
        } catch (PickleException e) {
            return UNREADABLE;
        }
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
