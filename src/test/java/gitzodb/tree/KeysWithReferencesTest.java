package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Key references, as int ids of Zope have them: keys of a tree that hold an object. */
class KeysWithReferencesTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);
    private static final ClassName THING = new ClassName("m", "Thing");
    private static final ClassName TREE = new ClassName("BTrees.OOBTree", "OOBTree");

    @Test
    void objectsHeldByKeysOnlyComeBackFromALoad() throws IOException {
        Value entries = PyTuple.of(key(2, "first"), new Value.Int(7), key(3, "second"), new Value.Int(8));
        MemoryTree tree = dumped(PyTuple.of(PyTuple.of(PyTuple.of(entries))));
        assertThat(reloaded(tree)).isEqualTo(tree.files());
    }

    @Test
    void anotherWayToTheObjectIsItsHome() throws IOException {
        Value same = key(2, "same");
        Value other = key(3, "same");
        PyDict refs = new PyDict();
        refs.put(new Value.Int(1), reference(2, THING));
        refs.put(new Value.Int(2), reference(3, THING));
        PyDict ids = new PyDict();
        ids.put(same, new Value.Int(1));
        ids.put(other, new Value.Int(2));
        PyDict state = new PyDict();
        state.put(new Value.Text("ids"), ids);
        state.put(new Value.Text("refs"), refs);
        MemoryTree tree = dumped(state);
        assertThat(tree.read("ids.zodb.xml").utf8()).contains("<ref name=\"object\" path=\"/ids#refs/@=1\"/>");
        assertThat(reloaded(tree)).isEqualTo(tree.files());
    }

    @Test
    void keysThatDifferInTheirObjectOnlyAreNumbered() throws IOException {
        Value entries = PyTuple.of(key(2, "same"), new Value.Int(7), key(3, "same"), new Value.Int(8));
        MemoryTree tree = dumped(PyTuple.of(PyTuple.of(PyTuple.of(entries))));
        assertThat(reloaded(tree)).isEqualTo(tree.files());
    }

    @Test
    void keysInManyLeavesAreNumberedThrough() throws IOException {
        for (boolean set : new boolean[] {false, true}) {
            SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
            Oid other = site.object("m.Thing");
            List<Oid> leaves = new ArrayList<>();
            Value next = null;
            for (int leaf = 2; leaf >= 0; leaf--) {
                List<Value> flat = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Oid thing = site.object("m.Thing");
                    site.set(thing, "number", new Value.Int(leaf * 10L + i)).set(thing, "other", site.ref(other));
                    site.set(other, "last", site.ref(thing));
                    flat.add(key(thing.value(), "same"));
                    if (!set) {
                        flat.add(new Value.Int(i));
                    }
                }
                PyTuple entries = new PyTuple(flat);
                Oid oid = site.object(
                        set ? "BTrees.OOBTree.OOSet" : "BTrees.OOBTree.OOBucket",
                        next == null ? PyTuple.of(entries) : PyTuple.of(entries, next));
                next = site.ref(oid);
                leaves.addFirst(oid);
            }
            Value children = PyTuple.of(
                    site.ref(leaves.get(0)),
                    key(leaves.get(1).value() - 3, "same"),
                    site.ref(leaves.get(1)),
                    key(leaves.get(2).value() - 3, "same"),
                    site.ref(leaves.get(2)));
            Oid tree = site.object(
                    set ? "BTrees.OOBTree.OOTreeSet" : "BTrees.OOBTree.OOBTree",
                    PyTuple.of(children, site.ref(leaves.getFirst())));
            site.item(Oid.ROOT, "ids", tree).item(Oid.ROOT, "other", other);
            MemoryTree dumped;
            try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
                site.store(storage);
                dumped = dump(storage);
            }
            assertThat(reloaded(dumped)).isEqualTo(dumped.files());
        }
    }

    private static Value key(long oid, String name) {
        PyDict state = new PyDict();
        state.put(new Value.Text("object"), reference(oid, THING));
        state.put(new Value.Text("name"), new Value.Text(name));
        Instance key = new Instance(Instance.How.NEWOBJ, new Value.Global("m", "KeyReference"), PyTuple.EMPTY, null);
        key.state(state);
        return key;
    }

    private static Value reference(long oid, ClassName cls) {
        return new PersistentRef.Classed(new Oid(oid), cls.global()).write(Generation.PYTHON3, 3);
    }

    /** Dumps a database whose item {@code ids} has this state, a tree's or an object's, and two things. */
    private static MemoryTree dumped(Value state) throws IOException {
        ClassName cls = state instanceof PyDict ? THING : TREE;
        PyDict items = new PyDict();
        items.put(new Value.Text("ids"), reference(1, cls));
        PyDict root = new PyDict();
        root.put(new Value.Text("data"), items);
        PyDict thing = new PyDict();
        thing.put(new Value.Text("x"), new Value.Int(1));
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
                store(transaction, 0, new ClassName("persistent.mapping", "PersistentMapping"), root);
                store(transaction, 1, cls, state);
                store(transaction, 2, THING, thing);
                store(transaction, 3, THING, thing);
                transaction.vote();
                transaction.finish();
            }
            return dump(storage);
        }
    }

    private static void store(StorageTransaction transaction, long oid, ClassName cls, Value state) throws IOException {
        Bytes record = ObjectRecord.write(new ObjectState(ClassMeta.of(cls), state), Generation.PYTHON3, 3);
        transaction.store(new Oid(oid), Tid.NONE, record);
    }

    private static Object reloaded(MemoryTree tree) throws IOException {
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), SETTINGS).into(storage, TransactionText.of("ida", "load"));
            return dump(storage).files();
        }
    }

    private static MemoryTree dump(MemoryStorage storage) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }
}
