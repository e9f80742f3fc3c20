package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IncrementalDumpTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);

    private static TreeStates states(Snapshot snapshot) {
        return new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
    }

    @Test
    void equalsAFullDumpAfterEveryEdit() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
                    MapStore store = MapStore.inMemory()) {
                RandomSite site = new RandomSite(seed, storage);
                site.edit(30);
                HomeGraph graph = new HomeGraph(store);
                MemoryTree tree = new MemoryTree();
                try (Snapshot snapshot = storage.snapshot()) {
                    graph.build(states(snapshot));
                    new Dump(store, graph, states(snapshot)).full(tree, DumpOptions.ALL);
                }
                for (int step = 0; step < 12; step++) {
                    Set<Oid> written = site.edit(1 + step % 4);
                    try (Snapshot snapshot = storage.snapshot()) {
                        TreeStates states = states(snapshot);
                        new Dump(store, graph, states).update(graph.update(states, written), tree);
                        compare("seed " + seed + " step " + step, tree, full(snapshot));
                    }
                }
            }
        }
    }

    private static MemoryTree full(Snapshot snapshot) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (MapStore store = MapStore.inMemory()) {
            TreeStates states = states(snapshot);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    private static void compare(String what, MemoryTree tree, MemoryTree full) {
        assertThat(tree.files().keySet()).as(what).isEqualTo(full.files().keySet());
        TreeMap<String, String> differing = new TreeMap<>();
        full.files().forEach((path, content) -> {
            Bytes other = tree.files().getOrDefault(path, Bytes.EMPTY);
            if (!content.equals(other)) {
                differing.put(path, other.utf8() + "\n--- not ---\n" + content.utf8());
            }
        });
        assertThat(differing).as(what).isEmpty();
    }
}
