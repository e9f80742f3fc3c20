package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.btree.Entry;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.FullLoad;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryFormatTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);

    /** Each but the first starts a part in any other tree. */
    private static final List<String> KEYS = List.of("plone.a", "plone.icon.amazon", "plone.icon.cone");

    @Test
    void valuesAreInOneFileAndFieldsInOneBesideIt() throws IOException {
        MemoryTree tree = registry("plone.registry.registry.Registry");
        assertThat(tree.files().keySet())
                .contains("registry.zodb.xml", "registry#_records._fields#%.zodb.xml")
                .hasSize(5);
        assertThat(tree.read("registry.zodb.xml").utf8())
                .contains("\n      <int name=\"plone.a\">1</int>\n      <int name=\"plone.icon.amazon\">1</int>\n")
                .contains("<part file=\"registry#_records._fields#%.zodb.xml\"/>");
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), SETTINGS).into(storage, TransactionText.of("ida", "load"));
            assertThat(dump(storage).files()).isEqualTo(tree.files());
        }
    }

    @Test
    void theTreesOfOtherClassesAreCutByTheirKeys() throws IOException {
        assertThat(registry("m.Registry").files().keySet())
                .contains("registry#_records._values#plone.icon.amazon.zodb.xml");
    }

    private static MemoryTree registry(String cls) throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid registry = site.object(cls);
        PyDict records = new PyDict();
        for (String trees : List.of("_fields", "_values")) {
            List<Entry> entries = KEYS.stream()
                    .map(key -> Entry.of(site.text(key), new Value.Int(1)))
                    .toList();
            records.put(site.text(trees), site.ref(site.tree("BTrees.OOBTree.OOBTree", entries)));
        }
        Value held = Instance.newobj(new Value.Global("plone.registry.registry", "_Records"))
                .state(records);
        site.set(registry, "_records", held).item(Oid.ROOT, "registry", registry);
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            site.store(storage);
            return dump(storage);
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
