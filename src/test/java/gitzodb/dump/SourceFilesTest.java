package gitzodb.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gitzodb.bytes.Bytes;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.FullLoad;
import gitzodb.load.Verify;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.tree.BadTreeException;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceFilesTest {
    private static final String CONFLICT = "a = 1\n<<<<<<< HEAD\nb = 2\n=======\nb = 3\n>>>>>>> topic\n";

    private static TreeSettings settings(Generation generation) {
        return TreeSettings.exact(generation);
    }

    @Test
    void an8BitSourceIsAFileOfItsBytesWhateverItsEncoding() throws IOException {
        Bytes latin = Bytes.wrap("x = 'Gr\u00fc\u00dfe'\n".getBytes(StandardCharsets.ISO_8859_1));
        Map<String, String> sources = Map.of(
                "Products.PythonScripts.PythonScript.PythonScript", "_body",
                "OFS.DTMLMethod.DTMLMethod", "raw",
                "Products.PageTemplates.ZopePageTemplate.ZopePageTemplate", "_text",
                "Products.ZSQLMethods.SQL.SQL", "src");
        SiteBuilder site = new SiteBuilder(Generation.PYTHON2);
        sources.forEach((cls, attribute) -> {
            Oid object = site.object(cls);
            site.item(Oid.ROOT, attribute, object).set(object, attribute, new Value.Str(latin));
        });
        MemoryTree tree = dump(Generation.PYTHON2, site);
        for (String file : List.of("_body.py", "raw.dtml", "_text.pt", "src.sql")) {
            assertThat(tree.read(file)).as(file).isEqualTo(latin);
        }
        Bytes edited = Bytes.wrap("x = '\u00e4'\n".getBytes(StandardCharsets.ISO_8859_1));
        tree.put("_body.py", edited);
        MemoryTree again = reloaded(Generation.PYTHON2, tree);
        assertThat(again.read("_body.py")).isEqualTo(edited);
        assertThat(again.read("_body.zodb.xml").utf8()).contains("<str name=\"_body\" file=\"_body.py\"/>");
    }

    @Test
    void aConflictThatGitLeftIsRefusedWithFileAndLine() throws IOException {
        MemoryTree tree = dump(Generation.PYTHON3, script("a = 1\n"));
        tree.put("page.py", Bytes.utf8(CONFLICT));
        assertThat(new Verify(tree, BuiltinFormats.formats(), settings(Generation.PYTHON3)).problems())
                .singleElement()
                .asString()
                .startsWith("page.py:2: /page: unmerged: conflict marker")
                .contains("page.zodb.xml line ");
        BadTreeException refused =
                catchThrowableOfType(BadTreeException.class, () -> reloaded(Generation.PYTHON3, tree));
        assertThat(refused.problems()).hasSize(1);
    }

    @Test
    void aConflictThatTheDatabaseHoldsIsContent() throws IOException {
        MemoryTree tree = dump(Generation.PYTHON3, script(CONFLICT));
        assertThat(tree.read("page.zodb.xml").utf8())
                .contains("<text name=\"_body\" file=\"page.py\" markers=\"yes\"/>");
        assertThat(TreeDifference.between(tree, reloaded(Generation.PYTHON3, tree)))
                .isEmpty();
    }

    private static SiteBuilder script(String body) {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid script = site.object(SiteBuilder.SCRIPT);
        return site.item(Oid.ROOT, "page", script).set(script, "_body", site.text(body));
    }

    private static MemoryTree reloaded(Generation generation, MemoryTree tree) throws IOException {
        try (MemoryStorage storage = new MemoryStorage(generation, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), settings(generation))
                    .into(storage, TransactionText.of("ida", "load"));
            return dump(storage);
        }
    }

    private static MemoryTree dump(Generation generation, SiteBuilder site) throws IOException {
        try (MemoryStorage storage = new MemoryStorage(generation, Clock.systemUTC())) {
            site.store(storage);
            return dump(storage);
        }
    }

    private static MemoryTree dump(MemoryStorage storage) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(
                    snapshot, BuiltinFormats.formats(), settings(storage.generation()), IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }
}
