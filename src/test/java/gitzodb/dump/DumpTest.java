package gitzodb.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.tree.FileTree;
import gitzodb.tree.FolderSink;
import gitzodb.tree.FolderTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DumpTest {
    private final SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
    private final MemoryTree tree = new MemoryTree();
    private final Oid application = site.object(SiteBuilder.FOLDER);

    private DumpReport dump(SiteBuilder built, Generation generation, IgnoreRules ignored, DumpOptions options)
            throws IOException {
        try (MemoryStorage storage = new MemoryStorage(generation, Clock.systemUTC());
                MapStore store = MapStore.inMemory()) {
            built.store(storage);
            try (Snapshot snapshot = storage.snapshot()) {
                TreeStates states =
                        new TreeStates(snapshot, BuiltinFormats.formats(), TreeSettings.of(generation), ignored);
                HomeGraph graph = new HomeGraph(store);
                graph.build(states);
                return new Dump(store, graph, states).full(tree, options);
            }
        }
    }

    private DumpReport dump() throws IOException {
        site.item(Oid.ROOT, "Application", application);
        return dump(site, Generation.PYTHON3, IgnoreRules.NONE, DumpOptions.ALL);
    }

    private String file(String path) throws IOException {
        return tree.read(path).utf8();
    }

    private Oid script(String body) {
        Oid script = site.object(SiteBuilder.SCRIPT);
        site.set(script, "_body", site.text(body)).set(script, "_params", site.text(""));
        return script;
    }

    /** What most databases have, and some oddities: the tree is read by people who want to know how one looks. */
    private static SiteBuilder golden(Generation generation) throws IOException {
        SiteBuilder site = new SiteBuilder(generation);
        Oid application = site.object("OFS.Application.Application");
        site.item(Oid.ROOT, "Application", application);
        site.set(application, "title", site.text("Shop"));
        Oid shop = site.object(SiteBuilder.FOLDER);
        site.set(shop, "id", site.text("shop")).set(shop, "title", site.text("Bücher & more"));
        site.child(application, "shop", shop);
        Oid script = site.object(SiteBuilder.SCRIPT);
        site.set(script, "id", site.text("price"))
                .set(script, "_body", site.text("return 5\n"))
                .set(script, "_params", site.text("sku"));
        site.child(shop, "price", script);
        Oid twin = site.object("m.Page");
        site.child(shop, "Price", twin).child(shop, "price.py", site.object("m.Page"));
        site.set(twin, "shared", new PyList(List.of(site.ref(script), site.weak(shop), site.ref(new Oid(99)))));
        Oid guard = site.object("m.Guard");
        site.set(guard, "roles", new PyList(List.of(site.text("Manager"), site.text("Clerk"))));
        site.set(twin, "guard", site.ref(guard)).set(shop, "guard_of_price", site.ref(guard));
        Oid numbers = site.tree(
                "BTrees.IIBTree.IIBTree",
                IntStream.range(0, 5)
                        .mapToObj(i -> new Entry(new Value.Int(i), new Value.Int((long) i * i)))
                        .toList());
        site.set(twin, "squares", site.ref(numbers));
        Oid file = site.object("OFS.Image.File");
        Oid second = site.object("OFS.Image.Pdata");
        site.set(second, "data", site.bytes("world\n")).set(second, "next", Value.NONE);
        Oid first = site.object("OFS.Image.Pdata");
        site.set(first, "data", site.bytes("hello ")).set(first, "next", site.ref(second));
        site.set(file, "__name__", site.text("greeting.txt"))
                .set(file, "content_type", site.text("text/plain"))
                .set(file, "data", site.ref(first));
        site.child(shop, "greeting.txt", file);
        Oid registry = site.object(SiteBuilder.MAPPING);
        site.item(registry, "one", site.object("m.Record"));
        site.item(Oid.ROOT, "registry", registry);
        return site;
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void looksLikeTheGoldenTree(Generation generation) throws IOException {
        dump(golden(generation), generation, IgnoreRules.NONE, DumpOptions.ALL);
        Path folder = Path.of(System.getProperty("gitzodb.home", ""))
                .resolve("src/test/resources/tree/" + generation.name().toLowerCase(java.util.Locale.ROOT));
        if (Boolean.getBoolean("gitzodb.golden") || System.getenv("GITZODB_GOLDEN") != null) {
            try (FolderSink sink = FolderSink.open(folder)) {
                dump(golden(generation), generation, IgnoreRules.NONE, DumpOptions.ALL);
                for (String path : tree.files().keySet()) {
                    sink.put(path, tree.read(path));
                }
                sink.removeStale();
            }
        }
        FolderTree golden = new FolderTree(folder);
        assertThat(paths(golden, "")).containsExactlyElementsOf(tree.files().keySet());
        for (String path : tree.files().keySet()) {
            assertThat(file(path)).as(path).isEqualTo(golden.read(path).utf8());
        }
    }

    private static List<String> paths(FileTree tree, String folder) throws IOException {
        List<String> paths = new ArrayList<>();
        for (FileTree.Entry entry : tree.list(folder)) {
            String path = folder.isEmpty() ? entry.name() : folder + '/' + entry.name();
            if (entry.kind() == FileTree.Kind.FOLDER) {
                paths.addAll(paths(tree, path));
            } else {
                paths.add(path);
            }
        }
        paths.sort(null);
        return paths;
    }

    @Test
    void splitsBigTreesByTheirKeys() throws IOException {
        List<Entry> entries = IntStream.range(0, 5000)
                .mapToObj(i -> new Entry(new Value.Int(i), site.text("value " + i)))
                .toList();
        Oid holder = site.object("m.Catalog");
        site.set(holder, "data", site.ref(site.tree("BTrees.IOBTree.IOBTree", entries)));
        site.child(application, "catalog", holder);
        dump();
        MemoryTree before = new MemoryTree();
        for (String path : tree.files().keySet()) {
            before.put(path, tree.read(path));
        }
        assertThat(before.files().keySet().stream().filter(path -> path.startsWith("Application/catalog#data#")))
                .hasSizeBetween(2, 12)
                .contains("Application/catalog#data#%.zodb.xml");
        List<Entry> more = new ArrayList<>(entries);
        more.set(2500, new Entry(new Value.Int(2500), site.text("other")));
        site.set(holder, "data", site.ref(site.tree("BTrees.IOBTree.IOBTree", more)));
        dump();
        Map<String, Bytes> changed = new TreeMap<>(tree.files());
        changed.entrySet().removeAll(before.files().entrySet());
        assertThat(changed.keySet()).singleElement().asString().startsWith("Application/catalog#data#");
    }

    @Test
    void leavesOutWhatIsIgnored() throws IOException {
        Oid secret = script("x");
        Oid below = site.object(SiteBuilder.FOLDER);
        site.child(application, "keep", script("return 1")).child(application, "log", below);
        site.child(below, "entry", secret);
        site.set(application, "_p_noise", site.text("noise"));
        site.item(Oid.ROOT, "Application", application);
        IgnoreRules rules = IgnoreRules.NONE.with("", Bytes.utf8("/Application/log\n[attr * _p_*]\n"));
        DumpReport report = dump(site, Generation.PYTHON3, rules, DumpOptions.ALL);
        assertThat(report.ignored()).containsExactly("/Application/log", "/Application/log/entry");
        assertThat(tree.files().keySet())
                .containsExactly(
                        ".gitattributes",
                        ".zodbconfig",
                        "Application/__self__.zodb.xml",
                        "Application/keep.py",
                        "Application/keep.zodb.xml",
                        "__self__.zodb.xml");
        assertThat(file("Application/__self__.zodb.xml")).contains("\"log\"").doesNotContain("noise");
    }

    @Test
    void writesOnlyThePathsAskedFor() throws IOException {
        Oid docs = site.object(SiteBuilder.FOLDER);
        site.child(application, "docs", docs).child(application, "other", script("x"));
        site.child(docs, "page", script("y"));
        site.item(Oid.ROOT, "Application", application);
        List<ObjectPath> paths = List.of(ObjectPath.parse("/Application/docs"));
        dump(site, Generation.PYTHON3, IgnoreRules.NONE, new DumpOptions(paths, true, false, false));
        assertThat(tree.files().keySet())
                .containsExactly(
                        "Application/docs/__self__.zodb.xml",
                        "Application/docs/page.py",
                        "Application/docs/page.zodb.xml");
        tree.files().keySet().stream().toList().forEach(tree::delete);
        dump(site, Generation.PYTHON3, IgnoreRules.NONE, new DumpOptions(paths, false, false, false));
        assertThat(tree.files().keySet()).containsExactly("Application/docs/__self__.zodb.xml");
    }

    @Test
    void givesLongChainsFilesOfTheirOwn() throws IOException {
        Oid holder = application;
        for (int i = 0; i < 200; i++) {
            Oid next = site.object("m.Link");
            site.set(holder, "next", site.ref(next));
            holder = next;
        }
        dump();
        assertThat(tree.files()).hasSizeBetween(6, 9);
    }

    @Test
    void skipsWhatCannotBeWrittenAndSaysSo() throws IOException {
        PyList nested = new PyList();
        for (int i = 0; i < 5000; i++) {
            nested = new PyList(List.of(nested));
        }
        Oid deep = site.object("m.Deep");
        site.set(deep, "value", nested);
        site.child(application, "deep", deep).child(application, "fine", script("x"));
        assertThatThrownBy(this::dump).isInstanceOf(IOException.class).hasMessageContaining("/Application/deep");
        DumpReport report =
                dump(site, Generation.PYTHON3, IgnoreRules.NONE, new DumpOptions(List.of(), true, true, true));
        assertThat(report.errors()).hasSize(1);
        assertThat(report.errors().getFirst().object()).isEqualTo("/Application/deep");
        assertThat(tree.find("Application/fine.py")).isPresent();
    }

    @Test
    void reportsDanglingReferencesSecretsAndUnreachableObjects() throws IOException {
        Oid connection = site.object("m.Connection");
        site.set(connection, "connection_string", site.text("dbname=x password=y"));
        site.child(application, "db", connection);
        site.set(application, "gone", site.ref(new Oid(4711)));
        site.object("m.Unreachable");
        site.item(Oid.ROOT, "Application", application);
        DumpReport report =
                dump(site, Generation.PYTHON3, IgnoreRules.NONE, new DumpOptions(List.of(), true, false, true));
        assertThat(report.dangling()).containsOnlyKeys("/Application");
        assertThat(report.unreachable()).isEqualTo(1);
        assertThat(file("Application/__self__.zodb.xml")).contains("missing=\"0x0000000000001267\"");
    }
}
