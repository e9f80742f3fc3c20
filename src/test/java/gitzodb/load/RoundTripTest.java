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
import gitzodb.tree.FoldingTree;
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
import java.util.ArrayList;
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

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aFileSystemThatFoldsNamesHoldsEveryTree(Generation generation) throws IOException {
        List<String> names = new ArrayList<>(List.of(
                "I",
                "i",
                "\u0130",
                "\u0131",
                "\u212a",
                "k",
                "K",
                "\ufb01",
                "fi",
                "FI",
                "\u1e9e",
                "\u03c3",
                "\u03c2",
                "\u03a3",
                "\u01c4",
                "\u01c5",
                "\u01c6",
                "\u0345",
                "\u03b9",
                "\u00c5",
                "\u212b",
                "A\u030a",
                "a\u030a",
                "\u00e5.py",
                "\u00c5.PY",
                "",
                ".",
                "..",
                ".git",
                ".GIT",
                "nul",
                "NUL",
                "a/b",
                "A/B",
                "a\\b",
                "a:b",
                "a ",
                "a.",
                "\u200b",
                "a\u200b",
                "git~1",
                "\uac00",
                "\u1100\u1161",
                "__Self__",
                "Caf\u00e9"));
        names.addAll(RandomSite.NAMES);
        TreeSettings settings = TreeSettings.exact(generation);
        for (long seed = 0; seed < Integer.getInteger("gitzodb.seeds", 25); seed++) {
            String what = "seed " + seed;
            MemoryStorage storage = new MemoryStorage(generation, Clock.systemUTC());
            new RandomSite(seed, storage, names).edit(120);
            MemoryTree tree = dump(storage, settings);
            FoldingTree folding;
            try {
                folding = new FoldingTree(tree);
            } catch (AssertionError e) {
                throw new AssertionError(what + ": " + e.getMessage(), e);
            }
            MemoryStorage loaded = new MemoryStorage(generation, Clock.systemUTC());
            try {
                new FullLoad(folding, FORMATS, settings).into(loaded, TransactionText.of("ida", "load"));
            } catch (BadTreeException e) {
                throw new AssertionError(what + ": " + e.problems(), e);
            }
            assertThat(TreeDifference.between(tree, dump(loaded, settings)))
                    .as(what)
                    .isEmpty();
        }
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
