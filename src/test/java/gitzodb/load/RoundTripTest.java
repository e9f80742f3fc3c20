package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.RandomSite;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    private static final ClassFormats FORMATS = BuiltinFormats.formats();

    private static MemoryTree dump(Storage storage, TreeSettings settings) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (MapStore store = MapStore.inMemory();
                Snapshot snapshot = storage.snapshot()) {
            TreeStates states = new TreeStates(snapshot, FORMATS, settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void dumpOfALoadedDumpIsTheSameBytes(Generation generation) throws IOException {
        isTheSameBytes(TreeSettings.exact(generation), RandomSite.NAMES);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void dumpOfALoadedDumpIsTheSameBytesWithLongNames(Generation generation) throws IOException {
        isTheSameBytes(TreeSettings.exact(generation), RandomSite.LONG_NAMES);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aFreshDatabaseShowsTheSamePlaceholders(Generation generation) throws IOException {
        isTheSameBytes(SecretsInTreesTest.ruled(generation), RandomSite.NAMES);
    }

    private static void isTheSameBytes(TreeSettings settings, List<String> names) throws IOException {
        Generation generation = settings.generation();
        for (long seed = 0; seed < Integer.getInteger("gitzodb.seeds", 25); seed++) {
            String what = "seed " + seed;
            MemoryStorage storage = new MemoryStorage(generation, Clock.systemUTC());
            RandomSite site = new RandomSite(seed, storage, names);
            site.edit(60);
            MemoryTree tree = dump(storage, settings);
            assertThat(tree.files().keySet())
                    .as(what)
                    .allSatisfy(file -> assertThat(Bytes.utf8(file).length()).isLessThan(1_300))
                    .allSatisfy(file -> assertThat(file.split("/"))
                            .allSatisfy(name ->
                                    assertThat(Bytes.utf8(name).length()).isLessThan(256)));
            MemoryStorage loaded = new MemoryStorage(generation, Clock.systemUTC());
            try {
                new FullLoad(tree, FORMATS, settings).into(loaded, TransactionText.of("ida", "load"));
            } catch (BadTreeException e) {
                throw new AssertionError(what + ": " + e.problems(), e);
            }
            MemoryTree again = dump(loaded, settings);
            assertThat(TreeDifference.between(tree, again)).as(what).isEmpty();
        }
    }
}
