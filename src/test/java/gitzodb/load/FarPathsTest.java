package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.tree.FolderSink;
import gitzodb.tree.FolderTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects so far down that their names would make a path no file system takes. */
class FarPathsTest {
    private static final TreeSettings SETTINGS = TreeSettings.exact(Generation.PYTHON3);

    @TempDir
    private Path folder;

    @Test
    void aChainOfObjectsComesBackFromAFolder() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid at = site.object("m.Thing");
        site.item(Oid.ROOT, "first", at);
        for (int i = 1; i < 3_000; i++) {
            Oid next = site.object("m.Thing");
            site.set(at, "next_thing", site.ref(next)).set(next, "number", new Value.Int(i));
            at = next;
        }
        comesBack(site);
    }

    @Test
    void foldersInsideFoldersComeBackFromAFolder() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid at = site.object(SiteBuilder.FOLDER);
        site.item(Oid.ROOT, "Application", at);
        for (int i = 1; i < 500; i++) {
            Oid next = site.object(SiteBuilder.FOLDER);
            site.child(at, "f", next).set(next, "id", site.text("f"));
            at = next;
        }
        Oid method = site.object("OFS.DTMLMethod.DTMLMethod");
        site.child(at, "end.dtml", method).set(method, "raw", site.text("<dtml-var id>\n"));
        MemoryTree tree = comesBack(site);
        assertThat(tree.files().keySet()).anyMatch(file -> file.endsWith("/end.dtml"));
    }

    @Test
    void whatIsFarSaysWhatHoldsIt() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid folder = site.object(SiteBuilder.FOLDER);
        Oid child = site.object(SiteBuilder.FOLDER);
        site.item(Oid.ROOT, "Application", folder).child(folder, "x".repeat(2_000), child);
        MemoryTree tree = dump(site);
        String file = tree.files().keySet().stream()
                .filter(name -> name.startsWith("@-far/"))
                .findFirst()
                .orElseThrow();
        assertThat(tree.read(file).utf8()).contains("holder=\"/Application\"");
    }

    @Test
    void rulesForAPathAreForWhatIsFarBelowIt() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        Oid app = site.object(SiteBuilder.FOLDER);
        Oid left = site.object(SiteBuilder.FOLDER);
        Oid far = site.object(SiteBuilder.FOLDER);
        Oid below = site.object(SiteBuilder.FOLDER);
        site.item(Oid.ROOT, "Application", app).child(app, "left", left);
        site.child(left, "x".repeat(2_000), far).child(far, "below", below);
        IgnoreRules rules = IgnoreRules.NONE.with("", Bytes.utf8("/Application/left\n"));
        assertThat(dump(site, rules, DumpOptions.ALL).files().keySet()).noneMatch(file -> file.startsWith("@-far"));
        DumpOptions part = new DumpOptions(List.of(ObjectPath.parse("/Application/left")), true, false, false);
        assertThat(dump(site, IgnoreRules.NONE, part).files()).hasSize(3);
        DumpOptions alone = new DumpOptions(List.of(ObjectPath.parse("/Application/left")), false, false, false);
        assertThat(dump(site, IgnoreRules.NONE, alone).files()).hasSize(1);
    }

    private MemoryTree comesBack(SiteBuilder site) throws IOException {
        MemoryTree tree = dump(site);
        try (FolderSink sink = FolderSink.open(folder)) {
            for (var file : tree.files().entrySet()) {
                sink.put(file.getKey(), file.getValue());
            }
        }
        try (MemoryStorage loaded = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            new FullLoad(new FolderTree(folder), BuiltinFormats.formats(), SETTINGS)
                    .into(loaded, TransactionText.of("ida", "load"));
            assertThat(TreeDifference.between(tree, dump(loaded, IgnoreRules.NONE, DumpOptions.ALL)))
                    .isEmpty();
        }
        return tree;
    }

    private static MemoryTree dump(SiteBuilder site) throws IOException {
        return dump(site, IgnoreRules.NONE, DumpOptions.ALL);
    }

    private static MemoryTree dump(SiteBuilder site, IgnoreRules rules, DumpOptions options) throws IOException {
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            site.store(storage);
            return dump(storage, rules, options);
        }
    }

    private static MemoryTree dump(MemoryStorage storage, IgnoreRules rules, DumpOptions options) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, rules);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, options);
        }
        return tree;
    }
}
