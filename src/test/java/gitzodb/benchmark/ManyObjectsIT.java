package gitzodb.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormats;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.filestorage.FileStorage;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.FullLoad;
import gitzodb.oracle.Oracle;
import gitzodb.pickle.Generation;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of 50,000 objects comes back as it was. */
class ManyObjectsIT {
    private static final int SIZE = 50_000;
    private static final ClassFormats FORMATS = new ClassFormats(BuiltinFormats.all());
    private static final TreeSettings EXACT = TreeSettings.exact(Generation.PYTHON3);
    private static final FileStorage.Options OPTIONS = FileStorage.Options.of(InstantSource.system());

    @TempDir
    private Path temp;

    private static MemoryTree dump(Path dataFs) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS);
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, FORMATS, EXACT, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    @Test
    void roundTrip() throws IOException {
        Path first = temp.resolve("first.fs");
        Path second = temp.resolve("second.fs");
        CodeSite.write(first, SIZE);
        MemoryTree tree = dump(first);
        assertThat(tree.files()).hasSizeGreaterThan(SIZE / 2);
        try (FileStorage storage = FileStorage.create(second, Generation.PYTHON3, OPTIONS)) {
            new FullLoad(tree, FORMATS, EXACT).into(storage, TransactionText.of("ida", "load"));
        }
        assertThat(dump(second).files().equals(tree.files()))
                .as("the same bytes")
                .isTrue();
        Oracle.assumeOraclePython();
        Oracle.compare(first, second, "--dict-order", "inner").ok();
        Oracle.checkfs(second, null).ok();
    }
}
