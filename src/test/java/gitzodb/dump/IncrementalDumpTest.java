package gitzodb.dump;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.SecretsInTreesTest;
import gitzodb.pickle.Generation;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IncrementalDumpTest {
    private TreeSettings settings = TreeSettings.of(Generation.PYTHON3);

    private TreeStates states(Snapshot snapshot) {
        return new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void equalsAFullDumpAfterEveryEdit(Generation generation) throws IOException {
        equalsAFullDump(TreeSettings.of(generation), RandomSite.NAMES);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void equalsAFullDumpAfterEveryEditWithLongNames(Generation generation) throws IOException {
        equalsAFullDump(TreeSettings.of(generation), RandomSite.LONG_NAMES);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void equalsAFullDumpWhereRulesHideSecrets(Generation generation) throws IOException {
        equalsAFullDump(SecretsInTreesTest.ruled(generation), RandomSite.NAMES);
    }

    private void equalsAFullDump(TreeSettings chosen, List<String> names) throws IOException {
        Generation generation = chosen.generation();
        for (long seed = 0; seed < Integer.getInteger("gitzodb.seeds", 25); seed++) {
            settings = seed % 4 == 0 ? chosen.only(List.of(ObjectPath.parse("/Application/a"))) : chosen;
            try (MemoryStorage storage = new MemoryStorage(generation, Clock.systemUTC());
                    MapStore store = MapStore.inMemory()) {
                RandomSite site = new RandomSite(seed, storage, names);
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
                        assertThat(TreeDifference.between(tree, full(snapshot)))
                                .as("seed %d step %d", seed, step)
                                .isEmpty();
                    }
                }
            }
        }
    }

    private MemoryTree full(Snapshot snapshot) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (MapStore store = MapStore.inMemory()) {
            TreeStates states = states(snapshot);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }
}
