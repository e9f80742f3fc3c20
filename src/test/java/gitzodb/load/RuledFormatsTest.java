package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
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
import gitzodb.tree.TreeException;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Classes of a site that {@code .zodbconfig} teaches. */
class RuledFormatsTest {
    private static TreeSettings settings(Generation generation) throws TreeException {
        return TreeSettings.parse(Bytes.utf8("""
                [zodb]
                \tformat = 2
                \tgeneration = %s
                [class "my.Shelf"]
                \tformat = OFS.Folder.Folder
                [class "my.Report"]
                \tsource = body .html
                \tderived = _cache
                """.formatted(generation == Generation.PYTHON3 ? "FS30" : "FS21")));
    }

    private MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
    private Oid report = Oid.ROOT;

    private void site(Generation generation) throws IOException {
        SiteBuilder site = new SiteBuilder(generation);
        Oid shelf = site.object("my.Shelf");
        report = site.object("my.Report");
        site.item(Oid.ROOT, "shelf", shelf);
        site.child(shelf, "june", report);
        site.set(report, "body", site.text("<p>Grüße</p>\r\n")).set(report, "_cache", site.text("made of the body"));
        site.set(report, "title", site.text("June"));
        storage = new MemoryStorage(generation, Clock.systemUTC());
        site.store(storage);
    }

    private static MemoryTree dump(MemoryStorage storage, TreeSettings settings) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    private ObjectState stored(Generation generation) throws IOException {
        try (Snapshot snapshot = storage.snapshot()) {
            return ObjectRecord.parse(snapshot.load(report).orElseThrow().data(), generation);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClassHasTheFormatOfAnotherAndNaturalFiles(Generation generation) throws IOException {
        site(generation);
        TreeSettings settings = settings(generation);
        MemoryTree tree = dump(storage, settings);
        assertThat(tree.files().keySet()).contains("shelf/__self__.zodb.xml", "shelf/june.html", "shelf/june.zodb.xml");
        assertThat(tree.read("shelf/june.html").utf8()).isEqualTo("<p>Grüße</p>\r\n");
        assertThat(tree.read("shelf/june.zodb.xml").utf8()).contains("June").doesNotContain("_cache");

        try (MemoryStorage loaded = new MemoryStorage(generation, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), settings).into(loaded, TransactionText.of("ida", "load"));
            assertThat(TreeDifference.between(tree, dump(loaded, settings))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEditLeavesWhatIsDerivedAlone(Generation generation) throws IOException {
        site(generation);
        TreeSettings settings = settings(generation);
        MemoryTree tree = dump(storage, settings);
        Value cache = stored(generation).attribute("_cache");
        assertThat(cache).isNotNull();
        tree.put("shelf/june.html", Bytes.utf8("<p>July</p>"));
        load(tree, settings);
        assertThat(stored(generation).attribute("_cache")).isEqualTo(cache);
        assertThat(TreeDifference.between(tree, dump(storage, settings))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anUnchangedTreeWritesNothing(Generation generation) throws IOException {
        site(generation);
        TreeSettings settings = settings(generation);
        MemoryTree tree = dump(storage, settings);
        assertThat(load(tree, settings).changes()).isEmpty();
    }

    private LoadResult load(MemoryTree tree, TreeSettings settings) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return new Load(tree, states, graph, Load.Options.DEFAULT).into(storage, TransactionText.of("ida", "edit"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWholeTreeOfAnExactDumpHasWhatIsDerived(Generation generation) throws IOException {
        site(generation);
        MemoryTree tree = dump(storage, settings(generation).withAll());
        assertThat(tree.read("shelf/june.zodb.xml").utf8()).contains("made of the body");
    }

    @Test
    void aFormatThatThereIsNotIsRefusedWithItsLine() throws TreeException {
        Bytes content =
                Bytes.utf8("[zodb]\n\tformat = 2\n\tgeneration = FS30\n[class \"my.Shelf\"]\n\tformat = my.Rack\n");
        TreeSettings settings = TreeSettings.parse(content);
        assertThatThrownBy(() -> settings.requireFormats(BuiltinFormats.formats(), content))
                .isInstanceOf(TreeException.class)
                .hasMessage(
                        ".zodbconfig: line 5: class my.Shelf has the format of my.Rack, for which there is none; one of your"
                                + " own goes into a jar that 'git config zodb.classpath' names");
    }

    @Test
    void aRuleMakesNoClassKnown() throws TreeException {
        var formats = settings(Generation.PYTHON3).formats(BuiltinFormats.formats());
        assertThat(formats.known()).isEqualTo(BuiltinFormats.formats().known());
    }
}
