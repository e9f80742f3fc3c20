package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.MixedTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.KeyReferences;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
    void keyReferencesStandInTheOrderOfPathsAndAreStoredInThatOfOids() throws IOException {
        MemoryTree tree = intIds("one", "two");
        assertThat(intIds("two", "one").files()).isEqualTo(tree.files());
        assertThat(tree.read("ids/__self__.zodb.xml").utf8())
                .contains("<ref name=\"oid\" path=\"/one\" form=\"oid\"/>")
                .contains("<ref name=\"root_oid\" path=\"/two\" form=\"oid\"/>")
                .doesNotContain("<bytes");
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), SETTINGS).into(storage, TransactionText.of("ida", "load"));
            assertThat(dump(storage).files()).isEqualTo(tree.files());
            try (Snapshot snapshot = storage.snapshot()) {
                ObjectState ids = oids(snapshot).stream()
                        .filter(state -> state.className().name().equals("OIBTree"))
                        .findFirst()
                        .orElseThrow();
                PyTuple flat = (PyTuple) first(first(first(ids.state())));
                Value left = flat.items().get(0);
                Value right = flat.items().get(2);
                assertThat(KeyReferences.compare(left, right).orElseThrow()).isNegative();
                for (Value key : List.of(left, right)) {
                    Value state = ((Instance) key).state();
                    assertThat(((PyDict) java.util.Objects.requireNonNull(state)).get("oid"))
                            .isEqualTo(new Value.Binary(
                                    KeyReferences.target(key).orElseThrow().bytes()));
                }
            }
        }
    }

    private static Value first(Value tuple) {
        return ((PyTuple) tuple).items().getFirst();
    }

    private static List<ObjectState> oids(Snapshot snapshot) throws IOException {
        List<ObjectState> states = new ArrayList<>();
        for (long oid = 0; oid < 10; oid++) {
            var loaded = snapshot.load(new Oid(oid));
            if (loaded.isPresent()) {
                states.add(ObjectRecord.read(loaded.get().data(), Generation.PYTHON3)
                        .state());
            }
        }
        return states;
    }

    /** Dumps int ids of two objects that get their oids in this order. */
    private static MemoryTree intIds(String... names) throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Map<String, Oid> things = new HashMap<>();
        for (String name : names) {
            Oid thing = site.object("m.Thing");
            site.set(thing, "name", text(name));
            things.put(name, thing);
        }
        for (String name : List.of("one", "two")) {
            site.item(Oid.ROOT, name, things.getOrDefault(name, Oid.ROOT));
        }
        List<Value> flat = new ArrayList<>();
        for (String name : names) {
            Oid thing = things.getOrDefault(name, Oid.ROOT);
            PyDict state = new PyDict();
            state.put(text("object"), site.ref(thing));
            state.put(text("oid"), new Value.Binary(thing.bytes()));
            state.put(text("path"), text("/" + name));
            state.put(
                    text("root_oid"),
                    new Value.Binary(things.getOrDefault("two", Oid.ROOT).bytes()));
            flat.add(Instance.newobj(new Value.Global("five.intid.keyreference", "KeyReferenceToPersistent"))
                    .state(state));
            flat.add(new Value.Int(name.equals("one") ? 11 : 12));
        }
        Oid ids = site.object("BTrees.OIBTree.OIBTree", PyTuple.of(PyTuple.of(PyTuple.of(new PyTuple(flat)))));
        site.item(Oid.ROOT, "ids", ids);
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            site.store(storage);
            return dump(storage);
        }
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

    @Test
    void amongOtherKeysTheyAreNumberedAsInAFullDump() throws IOException {
        for (long seed = 0; seed < Integer.getInteger("gitzodb.seeds", 40); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
                    MapStore store = MapStore.inMemory()) {
                MixedTree site = new MixedTree(storage, random);
                site.write(List.of(0, 1, 2));
                HomeGraph graph = new HomeGraph(store);
                MemoryTree tree = new MemoryTree();
                try (Snapshot snapshot = storage.snapshot()) {
                    graph.build(states(snapshot));
                    new Dump(store, graph, states(snapshot)).full(tree, DumpOptions.ALL);
                }
                for (int step = 0; step < 12; step++) {
                    Set<Oid> written = site.write(List.of(random.nextInt(3)));
                    try (Snapshot snapshot = storage.snapshot()) {
                        TreeStates states = states(snapshot);
                        new Dump(store, graph, states).update(graph.update(states, written), tree);
                    }
                    assertThat(TreeDifference.between(tree, dump(storage)))
                            .as("seed %d step %d", seed, step)
                            .isEmpty();
                }
            }
        }
    }

    /** A tree of three leaves, oids 2 to 4, whose keys are text and references to things of oids from 10 on. */
    private static final class MixedTree {
        private static final ClassName LEAF = new ClassName("BTrees.OOBTree", "OOBucket");
        private final MemoryStorage storage;
        private final SplittableRandom random;
        private Tid last = Tid.NONE;
        private final Map<Oid, Tid> tids = new HashMap<>();

        MixedTree(MemoryStorage storage, SplittableRandom random) {
            this.storage = storage;
            this.random = random;
        }

        /** Writes leaves with other content, and everything else the first time. */
        Set<Oid> write(List<Integer> leaves) throws IOException {
            Map<Oid, ObjectState> states = new TreeMap<>();
            for (int leaf : leaves) {
                Value entries = entries(leaf);
                Value state = leaf == 2 ? PyTuple.of(entries) : PyTuple.of(entries, reference(leaf + 3L, LEAF));
                states.put(new Oid(leaf + 2L), new ObjectState(ClassMeta.of(LEAF), state));
            }
            if (last.equals(Tid.NONE)) {
                PyDict items = new PyDict();
                items.put(new Value.Text("ids"), reference(1, TREE));
                PyDict root = new PyDict();
                root.put(new Value.Text("data"), items);
                states.put(
                        Oid.ROOT,
                        new ObjectState(ClassMeta.of(new ClassName("persistent.mapping", "PersistentMapping")), root));
                Value children =
                        PyTuple.of(reference(2, LEAF), text("b"), reference(3, LEAF), text("c"), reference(4, LEAF));
                states.put(new Oid(1), new ObjectState(ClassMeta.of(TREE), PyTuple.of(children, reference(2, LEAF))));
                for (long oid = 10; oid < 22; oid++) {
                    PyDict thing = new PyDict();
                    thing.put(text("x"), new Value.Int(oid));
                    String name = random.nextInt(4) == 0 ? "other" : "aq_parent";
                    thing.put(text(name), reference(10 + random.nextInt(12), THING));
                    states.put(new Oid(oid), new ObjectState(ClassMeta.of(THING), thing));
                }
            }
            try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
                for (Map.Entry<Oid, ObjectState> object : states.entrySet()) {
                    Bytes record = ObjectRecord.write(object.getValue(), Generation.PYTHON3, 3);
                    transaction.store(object.getKey(), tids.getOrDefault(object.getKey(), Tid.NONE), record);
                }
                transaction.vote();
                last = transaction.finish();
            }
            states.keySet().forEach(oid -> tids.put(oid, last));
            return states.keySet();
        }

        /** Text keys of a leaf begin with its letter, so that the tree is in order wherever keys can be compared. */
        private Value entries(int leaf) {
            List<Value> flat = new ArrayList<>();
            Set<List<Object>> taken = new HashSet<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                long thing = 10L + leaf * 4L + random.nextInt(4);
                String name = random.nextInt(3) == 0 ? "other" : "same";
                boolean plain = random.nextInt(3) == 0;
                if (plain) {
                    flat.add(text("abc".charAt(leaf) + "-" + i));
                } else if (taken.add(List.of(thing, name))) {
                    flat.add(key(thing, name));
                } else {
                    continue;
                }
                flat.add(random.nextBoolean() ? new Value.Int(i) : reference(10 + random.nextInt(12), THING));
            }
            if (flat.isEmpty()) {
                flat.add(text("abc".charAt(leaf) + "-"));
                flat.add(Value.NONE);
            }
            return new PyTuple(flat);
        }
    }

    private static Value.Text text(String text) {
        return new Value.Text(text);
    }

    private static TreeStates states(Snapshot snapshot) {
        return new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
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
            TreeStates states = states(snapshot);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }
}
