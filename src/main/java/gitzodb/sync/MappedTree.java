package gitzodb.sync;

import gitzodb.dump.Dump;
import gitzodb.dump.DumpIndex;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.DumpReport;
import gitzodb.graph.HomeChange;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.graph.Stamp;
import gitzodb.load.LoadResult;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Tid;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The object map of a bound database and the files that follow from it. A cache: if it does not fit the binding record,
 * it is filled anew, which costs time and loses nothing.
 */
final class MappedTree implements Closeable {
    private static final String FILE = "map";

    private final BoundDatabase database;
    private TreeRules rules;
    private final MapStore store;
    private final HomeGraph graph;
    private final List<LoadResult.Change> passing = new ArrayList<>();

    private MappedTree(BoundDatabase database, TreeRules rules, MapStore store) {
        this.database = database;
        this.rules = rules;
        this.store = store;
        this.graph = new HomeGraph(store);
    }

    /** Opens the map; it is filled if it was made at the transaction of the binding record and by the same rules. */
    static MappedTree open(BoundDatabase database, TreeRules rules) throws IOException {
        Binding binding = database.binding();
        Stamp wanted = new Stamp(binding.tid(), binding.hash(), rules.hash());
        return new MappedTree(database, rules, MapStore.open(database.home().resolve(FILE), wanted::equals));
    }

    /** Opens an empty map. */
    static MappedTree openFresh(BoundDatabase database, TreeRules rules) throws IOException {
        return new MappedTree(database, rules, MapStore.open(database.home().resolve(FILE), stamp -> false));
    }

    /**
     * Does something with the map that writes nothing before all of it succeeded; if it fails unexpectedly, once more with
     * a new map. Damage need not show as a {@link gitzodb.graph.DamagedMapException}: an entry may be missing. What is no
     * damage fails again.
     */
    static <T> T mending(BoundDatabase database, Unmoved.Attempt<T> work) throws IOException {
        try {
            return work.run();
        } catch (RuntimeException damaged) {
            MapStore.discard(database.home().resolve(FILE));
            return work.run();
        }
    }

    boolean isFilled() {
        return store.stamp().isPresent();
    }

    HomeGraph graph() {
        return graph;
    }

    MapStore store() {
        return store;
    }

    TreeStates states(Snapshot snapshot) {
        return new TreeStates(snapshot, database.surroundings().formats(), rules.settings(), rules.ignore());
    }

    /** Reads a whole database and writes its tree. */
    DumpReport fill(Snapshot snapshot, TreeSink sink) throws IOException {
        requireRoot(snapshot);
        TreeStates states = states(snapshot);
        graph.build(states);
        return fill(states, sink);
    }

    private DumpReport fill(TreeStates states, TreeSink sink) throws IOException {
        DumpReport report = new Dump(store, graph, states).full(sink, DumpOptions.ALL);
        Unreadable.refuse(report, database);
        rules.writeTo(sink);
        return report;
    }

    /** Reads a whole database and writes its tree, which nobody has yet: also by what its own objects say. */
    DumpReport fillNew(Snapshot snapshot, TreeSink sink) throws IOException {
        requireRoot(snapshot);
        TreeStates states = states(snapshot);
        graph.build(states);
        rules = rules.withLists(LooseDatabase.childLists(states, graph));
        return fill(states.under(rules.ignore()), sink);
    }

    /** Returns the rules that the map is filled by. */
    TreeRules rules() {
        return rules;
    }

    /** Goes on to a later state, in which these objects were written, and writes what changes in the tree. */
    DumpReport advance(Snapshot next, Collection<Oid> changed, TreeSink sink) throws IOException {
        requireRoot(next);
        TreeStates states = states(next);
        HomeChange change = graph.update(states, changed);
        note(LoadResult.Kind.GONE, change.removed());
        DumpReport report = new Dump(store, graph, states).update(change, sink);
        Unreadable.refuse(report, database);
        note(LoadResult.Kind.NEW, change.added());
        return report;
    }

    private void note(LoadResult.Kind kind, Collection<Oid> objects) {
        DumpIndex index = new DumpIndex(store);
        for (Oid oid : objects) {
            DumpIndex.Entry entry = index.unit(oid);
            if (entry != null) {
                passing.add(new LoadResult.Change(kind, oid, "/" + entry.path()));
            }
        }
    }

    /** Returns the objects with files that came and went while this went on. */
    List<LoadResult.Change> passing() {
        return List.copyOf(passing);
    }

    /** A database that was written and has no root is damaged; taken as empty, a pull would delete every file. */
    static void requireRoot(Snapshot snapshot) throws IOException {
        if (!snapshot.tid().equals(Tid.NONE) && snapshot.load(Oid.ROOT).isEmpty()) {
            throw new CorruptStorageException("the database has transactions and no root object at " + snapshot.tid()
                    + "; restore it from a backup");
        }
    }

    void commit(Stamp stamp) throws IOException {
        store.commit(stamp);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
