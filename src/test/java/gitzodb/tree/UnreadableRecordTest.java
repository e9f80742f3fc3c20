package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.DumpReport;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.FullLoad;
import gitzodb.load.Load;
import gitzodb.load.LoadResult;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadableRecordTest {
    private static final Bytes GARBAGE = Bytes.utf8("no pickle at all, but sixty and some characters of anything else");
    private static final String FILE = "site/broken.zodb.xml";

    private final TreeSettings settings = TreeSettings.of(Generation.PYTHON3);
    private final MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
    private Oid thing = Oid.ROOT;
    private Oid bucket = Oid.ROOT;

    @BeforeEach
    void makeSite() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid folder = site.object(SiteBuilder.FOLDER);
        thing = site.object("m.Thing");
        Oid below = site.object("m.Thing");
        site.item(Oid.ROOT, "site", folder).child(folder, "broken", thing).set(thing, "part", site.ref(below));
        Oid sound = site.object("m.Thing");
        site.child(folder, "sound", sound).set(sound, "other", site.ref(thing));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(Entry.of(new Value.Text("k" + (100 + i)), new Value.Int(i)));
        }
        site.set(sound, "tree", site.ref(site.tree("BTrees.OOBTree.OOBTree", entries)));
        site.store(storage);
        bucket = new Oid(7);
    }

    private void write(Oid oid, Bytes record) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            transaction.store(oid, snapshot.load(oid).map(LoadedRecord::tid).orElseThrow(), record);
            transaction.vote();
            transaction.finish();
        }
    }

    private TreeStates states(Snapshot snapshot) {
        return new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
    }

    private DumpReport dump(MemoryTree into) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            HomeGraph graph = new HomeGraph(store);
            graph.build(states(snapshot));
            return new Dump(store, graph, states(snapshot)).full(into, DumpOptions.ALL);
        }
    }

    private MemoryTree dump() throws IOException {
        MemoryTree tree = new MemoryTree();
        dump(tree);
        return tree;
    }

    private List<LoadResult.Change> load(MemoryTree tree) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            HomeGraph graph = new HomeGraph(store);
            graph.build(states(snapshot));
            return new Load(tree, states(snapshot), graph, Load.Options.DEFAULT)
                    .into(storage, TransactionText.of("ida", "load"))
                    .changes();
        }
    }

    @Test
    void isKeptAsItsBytesWhileAllElseIsDumped() throws IOException {
        write(thing, GARBAGE);
        MemoryTree tree = new MemoryTree();
        DumpReport report = dump(tree);
        assertThat(report.unreadable()).containsOnlyKeys(thing);
        assertThat(report.unreadable().get(thing)).startsWith("/site/broken: ");
        assertThat(tree.read(FILE).utf8()).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <unreadable>
                bm8gcGlja2xlIGF0IGFsbCwgYnV0IHNpeHR5IGFuZCBzb21lIGNoYXJhY3RlcnMgb2YgYW55dGhp
                bmcgZWxzZQ==
                </unreadable>
                """);
        assertThat(tree.read("site/sound.zodb.xml").utf8())
                .contains("<ref name=\"other\" class=\"m.Thing\" path=\"/site/broken\"/>");
        assertThat(tree.read("site/__self__.zodb.xml").utf8()).contains("class=\"m.Thing\"");
    }

    @Test
    void isLeftAloneByALoadThatChangesSomethingElse() throws IOException {
        write(thing, GARBAGE);
        MemoryTree tree = dump();
        assertThat(load(tree)).isEmpty();
        String sound = tree.read("site/sound.zodb.xml").utf8();
        tree.put("site/sound.zodb.xml", Bytes.utf8(sound.replace("<int name=\"k100\">0", "<int name=\"k100\">5")));
        assertThat(load(tree)).extracting(LoadResult.Change::path).containsExactly("/site/sound#tree");
        try (Snapshot snapshot = storage.snapshot()) {
            assertThat(snapshot.load(thing).orElseThrow().data()).isEqualTo(GARBAGE);
        }
        assertThat(TreeDifference.between(tree, dump())).isEmpty();
    }

    @Test
    void isNeverWrittenFromATree() throws IOException {
        MemoryTree readable = dump();
        write(thing, GARBAGE);
        MemoryTree tree = dump();
        String file = tree.read(FILE).utf8();
        tree.put(FILE, Bytes.utf8(file.replace("bm8g", "bn8g")));
        assertThatThrownBy(() -> load(tree))
                .isInstanceOfSatisfying(
                        BadTreeException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .hasToString(FILE + ":2: /site/broken: " + UnreadableRecord.REFUSAL));
        MemoryTree added = dump();
        added.put("more.zodb.xml", added.read(FILE));
        String root = added.read("__self__.zodb.xml").utf8();
        added.put(
                "__self__.zodb.xml",
                Bytes.utf8(root.replace(
                        "<child name=\"site\"/>", "<child name=\"site\"/><child name=\"more\" class=\"m.T\"/>")));
        assertThatThrownBy(() -> load(added)).isInstanceOf(BadTreeException.class);
        MemoryStorage fresh = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
        assertThatThrownBy(() -> new FullLoad(dump(), BuiltinFormats.formats(), settings)
                        .into(fresh, TransactionText.of("ida", "load")))
                .isInstanceOf(BadTreeException.class);
        assertThat(load(readable)).extracting(LoadResult.Change::path).contains("/site/broken");
        assertThat(TreeDifference.between(readable, dump())).isEmpty();
    }

    @Test
    void bytesThatCanBeReadAreNoneOfThese() throws IOException {
        Bytes record;
        try (Snapshot snapshot = storage.snapshot()) {
            record = snapshot.load(thing).orElseThrow().data();
        }
        MemoryTree tree = dump();
        tree.put(FILE, gitzodb.xml.CanonicalXml.bytes(UnreadableRecord.element(record)));
        assertThatThrownBy(() -> load(tree)).isInstanceOf(BadTreeException.class);
    }

    @Test
    void mayBeANodeOfATree() throws IOException {
        write(bucket, GARBAGE);
        MemoryTree tree = new MemoryTree();
        assertThat(dump(tree).unreadable().get(bucket)).startsWith("/site/sound#tree/@.");
        assertThat(load(tree)).isEmpty();
    }

    @Test
    void comesAndGoesInAnIncrementalDump() throws IOException {
        MemoryTree tree = new MemoryTree();
        Bytes record;
        try (MapStore store = MapStore.inMemory()) {
            HomeGraph graph = new HomeGraph(store);
            try (Snapshot snapshot = storage.snapshot()) {
                record = snapshot.load(thing).orElseThrow().data();
                graph.build(states(snapshot));
                new Dump(store, graph, states(snapshot)).full(tree, DumpOptions.ALL);
            }
            for (Bytes next : List.of(GARBAGE, record)) {
                write(thing, next);
                try (Snapshot snapshot = storage.snapshot()) {
                    TreeStates states = states(snapshot);
                    new Dump(store, graph, states).update(graph.update(states, Set.of(thing)), tree);
                }
                assertThat(TreeDifference.between(tree, dump())).isEmpty();
            }
        }
    }
}
