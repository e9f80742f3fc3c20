package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.filestorage.FileStorage;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.oracle.Oracle;
import gitzodb.pickle.Generation;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.Problem;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ConflictException;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);
    private static final String FOLDER = "<object class=\"OFS.Folder.Folder\" named=\"id\">";

    @TempDir
    private Path temp;

    private Path site;
    private MemoryTree tree;

    @BeforeEach
    void dumpSite() throws IOException {
        Oracle.assumeShared();
        site = Oracle.copyFixture("small", temp.resolve("site"));
        tree = dump();
    }

    private FileStorage open() throws IOException {
        return FileStorage.open(
                site.resolve("Data.fs"),
                FileStorage.Options.of(Clock.systemUTC()).withBlobs(site.resolve("blobs")));
    }

    /** Does something with the database read at one transaction. */
    @FunctionalInterface
    private interface Use<T> {
        T with(FileStorage storage, TreeStates states, HomeGraph graph, MapStore store) throws IOException;
    }

    private <T> T use(Use<T> use) throws IOException {
        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return use.with(storage, states, graph, store);
        }
    }

    private MemoryTree dump() throws IOException {
        return use((storage, states, graph, store) -> {
            MemoryTree dumped = new MemoryTree();
            new Dump(store, graph, states).full(dumped, DumpOptions.ALL);
            return dumped;
        });
    }

    private LoadResult load(Load.Options options) throws IOException {
        return use((storage, states, graph, store) ->
                new Load(tree, states, graph, options).into(storage, TransactionText.of("ida", "edit")));
    }

    private LoadResult load() throws IOException {
        return load(Load.Options.DEFAULT);
    }

    private void replace(String path, String from, String to) throws IOException {
        String text = tree.read(path).latin1();
        assertThat(text).contains(from);
        tree.put(path, Bytes.wrap(text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    private String file(String ending) {
        return tree.files().keySet().stream()
                .filter(path -> path.endsWith(ending))
                .findFirst()
                .orElseThrow();
    }

    private void assertLoaded() throws IOException {
        MemoryTree dumped = dump();
        assertThat(dumped.files().keySet()).isEqualTo(tree.files().keySet());
        for (String path : tree.files().keySet()) {
            if (!dumped.read(path).equals(tree.read(path))) {
                assertThat(dumped.read(path).latin1())
                        .as(path)
                        .isEqualTo(tree.read(path).latin1());
            }
        }
    }

    @Test
    void writesNothingForAnUnchangedTree() throws IOException {
        assertThat(load()).isEqualTo(LoadResult.NOTHING);
    }

    @Test
    void writesOneObjectForAnEditedScript() throws IOException {
        String script = file(".py");
        tree.put(script, Bytes.utf8(tree.read(script).latin1() + "# edited\n"));
        LoadResult result = load();
        assertThat(result.changes()).extracting(LoadResult.Change::kind).containsExactly(LoadResult.Kind.CHANGED);
        assertLoaded();
    }

    @Test
    void keepsTheOidOfARenamedObject() throws IOException {
        String script = file(".py");
        String stem = script.substring(0, script.length() - ".py".length());
        String folder = script.substring(0, script.lastIndexOf('/'));
        String name = stem.substring(folder.length() + 1);
        String xml = tree.read(stem + ".zodb.xml").latin1();
        String renamed = folder + "/other_name";
        tree.put(renamed + ".zodb.xml", Bytes.utf8(xml.replace(name, "other_name")));
        tree.put(renamed + ".py", tree.read(script));
        tree.delete(script);
        tree.delete(stem + ".zodb.xml");
        replace(folder + "/__self__.zodb.xml", "<child name=\"" + name + "\"", "<child name=\"other_name\"");
        LoadResult result = load();
        assertThat(result.changes())
                .filteredOn(change -> change.kind() == LoadResult.Kind.MOVED)
                .extracting(LoadResult.Change::path)
                .containsExactly("/" + renamed);
        assertThat(result.changes()).noneMatch(change -> change.kind() == LoadResult.Kind.NEW);
        assertLoaded();
    }

    @Test
    void addsAndDeletesObjects() throws IOException {
        String root = "Application/__self__.zodb.xml";
        replace(root, "<children>", "<children>\n    <child name=\"fresh\" meta_type=\"Folder\"/>");
        tree.put(
                "Application/fresh/__self__.zodb.xml",
                Bytes.utf8(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + FOLDER + "\n  <children/>\n" + "</object>\n"));
        assertThat(load().changes())
                .extracting(LoadResult.Change::kind)
                .containsExactlyInAnyOrder(LoadResult.Kind.CHANGED, LoadResult.Kind.NEW);
        assertLoaded();
        replace(root, "\n    <child name=\"fresh\" meta_type=\"Folder\"/>", "");
        tree.delete("Application/fresh/__self__.zodb.xml");
        assertThat(load().changes())
                .extracting(LoadResult.Change::kind)
                .containsExactlyInAnyOrder(LoadResult.Kind.CHANGED, LoadResult.Kind.GONE);
        assertLoaded();
    }

    @Test
    void writesNothingIfAnyFileIsBad() throws IOException {
        String script = file(".py");
        tree.put(script, Bytes.utf8("# edited\n"));
        tree.put("Application/stray.txt", Bytes.EMPTY);
        replace(
                "Application/__self__.zodb.xml",
                "</object>",
                "  <global name=\"zz\">evil.module.run</global>\n</object>");
        Bytes before = Bytes.wrap(Files.readAllBytes(site.resolve("Data.fs")));
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        BadTreeException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::message)
                                .anyMatch(message -> message.contains("evil.module.run"))
                                .anyMatch(message -> message.contains("no object names this file")));
        assertThat(Bytes.wrap(Files.readAllBytes(site.resolve("Data.fs")))).isEqualTo(before);
    }

    @Test
    void refusesAnObjectThatChangedMeanwhile() throws IOException {
        String script = file(".py");
        tree.put(script, Bytes.utf8(tree.read(script).latin1() + "# edited\n"));
        assertThatThrownBy(() -> use((storage, states, graph, store) -> {
                    try (FileStorage other = open();
                            Snapshot snapshot = other.snapshot();
                            StorageTransaction transaction = other.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
                        for (OldTree.Old object :
                                OldTree.of(graph, states).read().values()) {
                            if (object.cls().name().equals("PythonScript")) {
                                LoadedRecord record =
                                        snapshot.load(object.oid()).orElseThrow();
                                transaction.store(object.oid(), record.tid(), record.data());
                            }
                        }
                        transaction.vote();
                        transaction.finish();
                    }
                    return new Load(tree, states, graph, Load.Options.DEFAULT)
                            .into(storage, TransactionText.of("ida", "edit"));
                }))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void dropsAnAccountWithItsPassword() throws IOException {
        tree.delete("Application/acl_users/ida.zodb.xml");
        replace("Application/acl_users/__self__.zodb.xml", "\n      <child name=\"ida\"/>", "");
        assertThat(load().changes()).extracting(LoadResult.Change::kind).contains(LoadResult.Kind.GONE);
        assertLoaded();
    }

    @Test
    void keepsSecretsOfAnEditedObject() throws IOException {
        replace("Application/acl_users/ida.zodb.xml", "<text>Manager</text>", "<text>Owner</text>");
        load();
        assertLoaded();
        use((storage, states, graph, store) -> {
            Oid ida = Objects.requireNonNull(OldTree.of(graph, states).find("/Application/acl_users/ida"))
                    .oid();
            assertThat(states.stored(ida).orElseThrow().attribute("__")).isNotNull();
            return ida;
        });
    }

    /** Deletes a user whose password the tree does not hold; returns its oid. */
    private Oid deleteIda() throws IOException {
        tree.delete("Application/acl_users/ida.zodb.xml");
        replace("Application/acl_users/__self__.zodb.xml", "\n      <child name=\"ida\"/>", "");
        return load(new Load.Options(Set.of(), Load.Options.ALLOW, Load.Loss.REMEMBERED, Map.of())).changes().stream()
                .filter(change -> change.path().equals("/Application/acl_users/ida"))
                .findFirst()
                .orElseThrow()
                .oid();
    }

    private ObjectState ida(Oid expected) throws IOException {
        return use((storage, states, graph, store) -> {
            Oid ida = Objects.requireNonNull(OldTree.of(graph, states).find("/Application/acl_users/ida"))
                    .oid();
            assertThat(ida).isEqualTo(expected);
            return states.stored(ida).orElseThrow();
        });
    }

    @Test
    void bringsBackTheRecordOfADeletedObject() throws IOException {
        MemoryTree before = dump();
        Oid oid = deleteIda();
        before.files().forEach(tree::put);
        LoadResult result = load(new Load.Options(
                Set.of(), Load.Options.ALLOW, Load.Loss.REFUSED, Map.of("/Application/acl_users/ida", oid)));
        assertThat(result.changes())
                .contains(new LoadResult.Change(LoadResult.Kind.NEW, oid, "/Application/acl_users/ida"));
        assertThat(ida(oid).attribute("__")).isNotNull();
        assertLoaded();
    }

    @Test
    void makesANewObjectWhereTheRecordIsGoneOrAnothers() throws IOException {
        MemoryTree before = dump();
        Oid oid = deleteIda();
        before.files().forEach(tree::put);
        Oid next = new Oid(use((storage, states, graph, store) ->
                        states.snapshot().highestOid().value())
                + 1);
        assertThat(oid).isNotEqualTo(next);
        load(new Load.Options(
                Set.of(),
                Load.Options.ALLOW,
                Load.Loss.REFUSED,
                Map.of("/Application/acl_users/ida", new Oid(1L << 40))));
        assertThat(ida(next)).isNotNull();
        deleteIda();
        before.files().forEach(tree::put);
        load(new Load.Options(
                Set.of(), Load.Options.ALLOW, Load.Loss.REFUSED, Map.of("/Application/acl_users/ida", Oid.ROOT)));
        assertThat(ida(next.next())).isNotNull();
    }

    @Test
    void changesTreesInPlace() throws IOException {
        String part = "samples/trees/__self__#three levels#02905.zodb.xml";
        String first = tree.read(part).latin1().lines().toList().get(2);
        tree.put(
                part,
                Bytes.utf8(tree.read(part)
                        .latin1()
                        .replace(first + "\n", first + "\n" + first.replace("02905", "02905a") + "\n")));
        long size = Files.size(site.resolve("Data.fs"));
        assertThat(load().changes()).extracting(LoadResult.Change::path).containsExactly("/samples/trees#three levels");
        assertThat(Files.size(site.resolve("Data.fs")) - size).isLessThan(10_000);
        assertLoaded();
    }

    @Test
    void storesABlobOnlyIfItsContentDiffers() throws IOException {
        tree.put("samples/blobs/__self__.small", Bytes.utf8("other content"));
        assertThat(load().changes()).extracting(LoadResult.Change::path).containsExactly("/samples/blobs#small");
        assertLoaded();
        assertThat(load().changes()).isEmpty();
    }
}
