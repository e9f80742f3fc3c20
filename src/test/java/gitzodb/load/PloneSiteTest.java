package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.btree.Entry;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The site class of Plone keeps its children in another place since version 6; nothing but the state tells which. */
class PloneSiteTest {
    private static final String PLONE = "Products.CMFPlone.Portal.PloneSite";
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);
    private final SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
    private final Oid plone = site.object(PLONE);
    private final Oid page = site.object("plone.app.contenttypes.content.Document");

    @Test
    void childrenOfPlone6HaveTheSiteForTheirFolder() throws IOException {
        Oid tree = site.tree("BTrees.OOBTree.OOBTree", List.of(new Entry(site.text("front-page"), site.ref(page))));
        Oid tool = site.object("Products.CMFPlone.PloneTool.PloneTool");
        site.set(plone, "_tree", site.ref(tree))
                .set(plone, "tool", site.ref(tool))
                .set(tool, "page", site.ref(page));
        assertThat(roundTrip().files().keySet()).contains("Plone/front-page.zodb.xml");
    }

    @Test
    void childrenOfPlone6AreListedAsThoseOfABTreeFolder() throws IOException {
        Oid tree = site.tree("BTrees.OOBTree.OOBTree", List.of(new Entry(site.text("front-page"), site.ref(page))));
        Oid ids = site.tree("BTrees.OIBTree.OIBTree", List.of(new Entry(site.text("front-page"), new Value.Int(1))));
        Oid index = site.tree("BTrees.OOBTree.OOBTree", List.of(new Entry(site.text("Document"), site.ref(ids))));
        Oid count = site.object("BTrees.Length.Length", new Value.Int(1));
        site.set(plone, "_tree", site.ref(tree)).set(plone, "_mt_index", site.ref(index));
        site.set(plone, "_count", site.ref(count));
        MemoryTree dumped = roundTrip();
        assertThat(dumped.read("Plone/__self__.zodb.xml").utf8()).contains("<children kind=\"btree\">");
        assertThat(dumped.files().keySet()).contains("Plone/front-page.zodb.xml");
    }

    @Test
    void childrenOfOlderSitesHaveTheSamePaths() throws IOException {
        site.child(plone, "front-page", page);
        assertThat(roundTrip().files().keySet()).contains("Plone/front-page.zodb.xml");
    }

    private MemoryTree roundTrip() throws IOException {
        site.item(Oid.ROOT, "Plone", plone);
        MemoryTree tree;
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            site.store(storage);
            tree = dump(storage);
        }
        try (MemoryStorage loaded = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), SETTINGS).into(loaded, TransactionText.of("ida", "load"));
            assertThat(TreeDifference.between(tree, dump(loaded))).isEmpty();
        }
        return tree;
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
