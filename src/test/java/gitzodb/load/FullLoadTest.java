package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.Problem;
import gitzodb.tree.Problems;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FullLoadTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String ROOT = """
            <object class="persistent.mapping.PersistentMapping">
              <dict name="data">
                <child name="Application"/>
              </dict>
            </object>
            """;

    private final MemoryTree tree = new MemoryTree();
    private final MemoryStorage storage =
            new MemoryStorage(Generation.PYTHON3, () -> Instant.parse("2024-02-29T12:34:56Z"));

    private void xml(String path, String content) {
        tree.put(path, Bytes.utf8(HEAD + content));
    }

    private Tid load() throws IOException {
        return new FullLoad(tree, new ClassFormats(List.of()), TreeSettings.of(Generation.PYTHON3))
                .into(storage, TransactionText.of("ida", "load"))
                .tid();
    }

    private List<String> problems() {
        return Objects.requireNonNull(catchThrowableOfType(BadTreeException.class, this::load)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private ObjectState state(Oid oid) throws IOException {
        try (Snapshot snapshot = storage.snapshot()) {
            return ObjectRecord.parse(snapshot.load(oid).orElseThrow().data(), Generation.PYTHON3);
        }
    }

    private static Oid target(Value reference) throws IOException {
        return PersistentRef.parse(((Value.PersistentId) reference).id()).oid();
    }

    private static Value get(ObjectState state, String name) {
        return Objects.requireNonNull(state.attribute(name));
    }

    @Test
    void resolvesChildrenFoldedObjectsAndPaths() throws IOException {
        xml("__self__.zodb.xml", ROOT);
        xml("Application.zodb.xml", """
                <object class="m.App">
                  <ref name="again" path="/Application#tool"/>
                  <ref name="gone" missing="0x0000000000000002"/>
                  <child name="page"/>
                  <object name="tool" class="m.Tool">
                    <int name="n">5</int>
                    <ref name="up" path="/Application/page"/>
                  </object>
                </object>
                """);
        xml(
                "Application/page.zodb.xml",
                "<object class=\"m.Page\">\n  <text name=\"body\" file=\"page.txt\"/>\n</object>\n");
        tree.put("Application/page.txt", Bytes.utf8("hello\n"));
        load();
        ObjectState root = state(Oid.ROOT);
        PyDict data = (PyDict) get(root, "data");
        ObjectState app = state(target(Objects.requireNonNull(data.get("Application"))));
        assertThat(app.className()).hasToString("m.App");
        Oid tool = target(get(app, "tool"));
        assertThat(target(get(app, "again"))).isEqualTo(tool);
        assertThat(get(state(tool), "n")).isEqualTo(new Value.Int(5));
        Oid page = target(get(app, "page"));
        assertThat(target(get(state(tool), "up"))).isEqualTo(page);
        assertThat(get(state(page), "body")).isEqualTo(new Value.Text("hello\n"));
        assertThat(target(get(app, "gone"))).isEqualTo(new Oid(2));
        try (Snapshot snapshot = storage.snapshot()) {
            assertThat(snapshot.load(new Oid(2))).isEmpty();
        }
    }

    @Test
    void buildsTrees() throws IOException {
        xml("__self__.zodb.xml", ROOT);
        xml("Application.zodb.xml", """
                <object class="m.App">
                  <tree name="index" class="BTrees.IIBTree.IIBTree">
                1 10
                2 20
                  </tree>
                  <tree name="names" class="BTrees.OOBTree.OOTreeSet">
                    <text>a</text>
                    <text>b</text>
                  </tree>
                  <tree name="things" class="BTrees.OOBTree.OOBTree">
                    <object name="x" class="m.Thing"/>
                    <ref name="y" path="/Application#things/x"/>
                  </tree>
                </object>
                """);
        load();
        ObjectState app = state(new Oid(1));
        ObjectState index = state(target(get(app, "index")));
        PyTuple entries = (PyTuple)
                ((PyTuple) ((PyTuple) ((PyTuple) index.state()).items().getFirst())
                                .items()
                                .getFirst())
                        .items()
                        .getFirst();
        assertThat(entries.items())
                .isEqualTo(List.of(new Value.Int(1), new Value.Int(10), new Value.Int(2), new Value.Int(20)));
        assertThat(state(target(get(app, "things"))).state().toString()).isNotEmpty();
    }

    @Test
    void reportsEverythingThatIsWrongAndWritesNothing() throws IOException {
        xml("__self__.zodb.xml", ROOT);
        xml("Application.zodb.xml", """
                <object class="m.App">
                  <child name="nowhere"/>
                  <ref name="x" path="/Application/missing"/>
                  <global name="f">os.system</global>
                  <text name="t" file="none.txt"/>
                </object>
                """);
        xml("Application/orphan.zodb.xml", "<object class=\"m.C\"/>\n");
        xml("Application/bad.zodb.xml", "<object class=\"m.C\">\n  <what/>\n</object>\n");
        assertThat(problems())
                .anyMatch(p -> p.startsWith("Application.zodb.xml:3: /Application: lists the child"))
                .anyMatch(p -> p.startsWith("Application.zodb.xml:4: /Application: refers to /Application/missing"))
                .anyMatch(p -> p.contains("os.system runs code"))
                .anyMatch(p -> p.startsWith("Application.zodb.xml:6: /Application: the file none.txt is missing"))
                .anyMatch(p -> p.startsWith("Application/orphan.zodb.xml: /Application/orphan: no object lists"))
                .anyMatch(p -> p.startsWith("Application/bad.zodb.xml:3: "));
        try (Snapshot snapshot = storage.snapshot()) {
            assertThat(snapshot.tid()).isEqualTo(Tid.NONE);
        }
    }

    @Test
    void cutsLongContentAsZopeDoes() throws IOException {
        xml("__self__.zodb.xml", ROOT);
        xml("Application.zodb.xml", "<object class=\"m.F\">\n  <bytes name=\"data\" file=\"a.bin\"/>\n</object>\n");
        tree.put("a.bin", Bytes.wrap(new byte[140_000]));
        load();
        ObjectState first = state(target(get(state(new Oid(1)), "data")));
        ObjectState second = state(target(get(first, "next")));
        assertThat(((Value.Binary) get(first, "data")).value().length()).isEqualTo(74_464);
        assertThat(((Value.Binary) get(second, "data")).value().length()).isEqualTo(65_536);
        assertThat(get(second, "next")).isEqualTo(Value.NONE);
    }

    @Test
    void refusesADatabaseThatHoldsSomething() throws IOException {
        xml("__self__.zodb.xml", "<object class=\"persistent.mapping.PersistentMapping\"/>\n");
        load();
        assertThat(catchThrowableOfType(gitzodb.zodb.StorageException.class, this::load))
                .hasMessageContaining("not empty");
        assertThat(new PyList().items()).isEmpty();
    }

    @Test
    void aTreeWithoutObjectsMakesADatabaseWithoutObjects() throws IOException {
        MemoryTree empty = new MemoryTree();
        TreeSettings settings = TreeSettings.of(storage.generation());
        empty.put(FileNames.SETTINGS, settings.content());
        FullLoad load = new FullLoad(empty, gitzodb.formats.BuiltinFormats.formats(), settings);
        load.check();
        assertThat(load.into(storage, TransactionText.of("ida", "load"))).isEqualTo(LoadResult.NOTHING);
        empty.put("stray", Bytes.EMPTY);
        assertThatThrownBy(load::check).isInstanceOf(BadTreeException.class);
    }

    @Test
    void whatBelongsToAFileThatCannotBeReadIsNoProblem() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid folder = site.object(SiteBuilder.FOLDER);
        Oid script = site.object(SiteBuilder.SCRIPT);
        site.item(Oid.ROOT, "Application", folder).child(folder, "page", script);
        site.set(script, "_body", site.text("return 1\n")).set(script, "holder", site.ref(folder));
        MemoryTree sound = new MemoryTree();
        TreeSettings settings = TreeSettings.of(Generation.PYTHON3);
        site.store(storage);
        try (Snapshot snapshot = storage.snapshot();
                gitzodb.graph.MapStore store = gitzodb.graph.MapStore.inMemory()) {
            TreeStates states =
                    new TreeStates(snapshot, gitzodb.formats.BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            gitzodb.graph.HomeGraph graph = new gitzodb.graph.HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(sound, DumpOptions.ALL);
        }
        for (String broken : List.of("Application/__self__.zodb.xml", "Application/page.zodb.xml")) {
            for (String content : List.of("<object", "<object class=\"m.C\"><what/></object>")) {
                MemoryTree bad = new MemoryTree();
                sound.files().forEach(bad::put);
                bad.put(broken, Bytes.utf8(content));
                Problems problems = new Problems();
                TreeIndex.of(
                        bad, gitzodb.formats.BuiltinFormats.formats(), settings, GlobalPolicy.trustingTree(), problems);
                assertThat(problems.list())
                        .as(broken + content)
                        .singleElement()
                        .extracting(Problem::file)
                        .isEqualTo(broken);
            }
        }
    }
}
