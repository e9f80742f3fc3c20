package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.filestorage.FileStorage;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.oracle.Oracle;
import gitzodb.pickle.Generation;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first promise: a database, dumped and loaded, is the same graph, and dumps to the same bytes. */
class FixtureLoadTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void needFixtures() {
        Oracle.assumeShared();
    }

    private static FileStorage.Options options(Path folder) {
        return FileStorage.Options.of(Clock.systemUTC()).withBlobs(folder.resolve("blobs"));
    }

    private static MemoryTree dump(Path folder, TreeSettings settings) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (FileStorage storage = FileStorage.open(folder.resolve("Data.fs"), options(folder));
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    private Path load(MemoryTree tree, TreeSettings settings) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("loaded"));
        Files.createDirectory(folder.resolve("blobs"));
        try (FileStorage storage =
                FileStorage.create(folder.resolve("Data.fs"), settings.generation(), options(folder))) {
            new FullLoad(tree, BuiltinFormats.formats(), settings).into(storage, TransactionText.of("ida", "load"));
        }
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "code-300"})
    void givesTheSameGraphAndTheSameBytes(String name) throws IOException {
        Path site = Oracle.copyFixture(name, temp.resolve("site"));
        TreeSettings settings = TreeSettings.exact(Generation.PYTHON3);
        MemoryTree tree = dump(site, settings);
        Path loaded = load(tree, settings);
        assertThat(dump(loaded, settings).files()).isEqualTo(tree.files());
        Oracle.assumeOraclePython();
        Oracle.compare(
                        site.resolve("Data.fs"),
                        loaded.resolve("Data.fs"),
                        "--dict-order",
                        "inner",
                        "--blobs-a",
                        site.resolve("blobs").toString(),
                        "--blobs-b",
                        loaded.resolve("blobs").toString())
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/acl_users ida", "/types/with_users/acl_users local user"})
    void givesTheSameGraphWhoeverTheDefaultOwnerIs(String owner) throws IOException {
        Path site = Oracle.copyFixture("small", temp.resolve("site"));
        TreeSettings exact = TreeSettings.exact(Generation.PYTHON3);
        String line = "[zodb]\n\tdefaultOwner = \"" + owner + "\"\n";
        TreeSettings settings = TreeSettings.parse(Bytes.utf8(exact.content().utf8() + line));
        MemoryTree all = dump(site, exact);
        MemoryTree tree = dump(site, settings);
        String path = owner.substring(0, owner.indexOf(' '));
        String user = owner.substring(owner.indexOf(' ') + 1);
        String repeated = "<owner path=\"" + path + "\">" + user + "</owner>";
        assertThat(tree.files().values()).noneMatch(content -> content.utf8().contains(repeated));
        assertThat(all.files().values()).anyMatch(content -> content.utf8().contains(repeated));
        assertThat(tree.read("Application/security/no_owner.zodb.xml").utf8()).contains("<owner acquired=\"yes\"/>");
        assertThat(tree.read("Application/security/unowned.zodb.xml").utf8()).contains("_owner");
        Path loaded = load(tree, settings);
        assertThat(dump(loaded, exact).files().entrySet().stream()
                        .filter(file -> !file.getKey().equals(".zodbconfig")))
                .containsExactlyElementsOf(all.files().entrySet().stream()
                        .filter(file -> !file.getKey().equals(".zodbconfig"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "code-300"})
    void givesTheSameBytesWithoutWhatTheTreeLeavesOut(String name) throws IOException {
        Path site = Oracle.copyFixture(name, temp.resolve("site"));
        TreeSettings settings = TreeSettings.of(Generation.PYTHON3);
        MemoryTree tree = dump(site, settings);
        assertThat(new Verify(tree, BuiltinFormats.formats(), settings).problems())
                .isEmpty();
        assertThat(dump(load(tree, settings), settings).files()).isEqualTo(tree.files());
    }
}
