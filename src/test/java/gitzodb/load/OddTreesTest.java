package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

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
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BTrees that Python's BTrees made, and what programs and faults make of them. */
class OddTreesTest {
    private static final String HEAD = """
            import sys, types, transaction, ZODB, ZODB.FileStorage
            from persistent import Persistent
            from BTrees.OOBTree import OOBTree, OOBucket
            m = types.ModuleType('m'); sys.modules['m'] = m
            def cls(name, *bases):
                c = type(name, bases, {'__module__': 'm'}); setattr(m, name, c); return c
            Thing, TreeSub = cls('Thing', Persistent), cls('TreeSub', OOBTree)
            def thing(n):
                t = Thing(); t.n = n; return t
            def fill(t, n, value=lambda i: i):
                for i in range(n): t['k%04d' % i] = value(i)
                return t
            def buckets(t):
                b = t._firstbucket
                while b is not None:
                    yield b
                    s = b.__getstate__()
                    b = s[1] if len(s) > 1 else None
            def state(node, s):
                node.__setstate__(s); node._p_changed = True
            db = ZODB.DB(ZODB.FileStorage.FileStorage(sys.argv[1])); root = db.open().root()
            def broken(name, value=lambda i: i):
                t = fill(OOBTree(), 100, value); root[name] = t; transaction.commit()
                return t, list(buckets(t))
            """;
    private static final FileStorage.Options OPTIONS = FileStorage.Options.of(java.time.Clock.systemUTC());
    private static final String TAIL = "\ntransaction.commit(); db.close()\n";

    @TempDir
    private Path temp;

    private final TreeSettings settings = TreeSettings.exact(Generation.PYTHON3);

    @BeforeEach
    void python() {
        Oracle.assumeOraclePython();
    }

    private MemoryTree dump(Path file, TreeSettings rules) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Storage storage = FileStorage.open(file, OPTIONS);
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), rules, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    /** Dumps what the code makes of an empty database, loads it into a new one and compares the two. */
    private MemoryTree roundTrip(String code, TreeSettings rules) throws IOException {
        Path made = temp.resolve("made.fs");
        Oracle.python(HEAD + code + TAIL, made.toString()).ok();
        MemoryTree tree = dump(made, rules);
        Path loaded = temp.resolve("loaded.fs");
        try (Storage storage = FileStorage.create(loaded, Generation.PYTHON3, OPTIONS)) {
            new FullLoad(tree, BuiltinFormats.formats(), rules).into(storage, TransactionText.of("ida", "load"));
        }
        assertThat(TreeDifference.between(tree, dump(loaded, rules))).isEmpty();
        if (rules.classes().isEmpty()) {
            Oracle.compare(made, loaded, "--dict-order", "inner").ok();
        } else {
            assertThat(items(loaded)).isEqualTo(items(made)).contains("k0000");
        }
        assertThat(loadedAgain(made, tree, rules)).isEmpty();
        return tree;
    }

    /** Returns what Python sees of trees of the subclass, which the comparison of graphs knows by their nodes only. */
    private static String items(Path file) throws IOException {
        return Oracle.python(
                        HEAD
                                + "for name in sorted(root):\n"
                                + "    root[name]._check()\n"
                                + "    print(name, [(k, getattr(v, 'n', v)) for k, v in root[name].items()])\n",
                        file.toString())
                .ok()
                .output();
    }

    /** Loads a tree into the database it is of, and returns what is written. */
    private static List<LoadResult.Change> loadedAgain(Path file, MemoryTree tree, TreeSettings rules)
            throws IOException {
        try (Storage storage = FileStorage.open(file, OPTIONS);
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), rules, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return new Load(tree, states, graph, Load.Options.DEFAULT)
                    .into(storage, TransactionText.of("ida", "load"))
                    .changes();
        }
    }

    @Test
    void aTreeOfUnknownClassIsShownNodeByNode() throws IOException {
        MemoryTree tree = roundTrip("""
                root['tree'] = fill(TreeSub(), 200, thing)
                root['held'] = thing(1)
                root['held'].tree = fill(TreeSub(), 100)
                root['small'] = fill(TreeSub(), 3)
                root['none'] = TreeSub()
                """, settings);
        assertThat(tree.read("tree.zodb.xml").utf8()).contains("shown=\"nodes\"");
    }

    @Test
    void aRuleMakesItATree() throws IOException {
        TreeSettings rules = TreeSettings.parse(
                gitzodb.bytes.Bytes.utf8(settings.content().utf8() + "[class \"m.TreeSub\"]\n\tbtree = OOBTree\n"));
        MemoryTree tree = roundTrip("""
                root['tree'] = fill(TreeSub(), 200, thing)
                root['big'] = fill(TreeSub(), 3000)
                root['none'] = TreeSub()
                """, rules);
        assertThat(tree.read("tree/__self__.zodb.xml").utf8())
                .contains("<tree class=\"m.TreeSub\">\n  <child name=\"k0000\"/>\n  <child name=\"k0001\"/>");
        assertThat(tree.read("big/__self__.zodb.xml").utf8()).contains("<part file=");
    }

    @Test
    void aChainOfBucketsIsOneFile() throws IOException {
        MemoryTree tree = roundTrip("""
                n = None
                for i in range(3000):
                    b = OOBucket()
                    b.__setstate__((('k%d' % i, [i]),) if n is None else (('k%d' % i, [i]), n))
                    root._p_jar.add(b)
                    n = b
                root['chain'] = n
                """, settings);
        assertThat(tree.files().keySet()).contains("chain/__self__.zodb.xml").hasSize(4);
    }

    @Test
    void aBucketThatOthersReferToKeepsItsPlace() throws IOException {
        MemoryTree tree = roundTrip("""
                t, bs = broken('t', thing)
                root['second'] = bs[3]
                root['thing'] = thing(1)
                root['thing'].bucket = bs[1]
                """, settings);
        assertThat(tree.read("thing.zodb.xml").utf8()).contains("<ref name=\"bucket\" path=\"/t#@.2\"/>");
    }

    @Test
    void whateverIsWrongWithATreeIsKept() throws IOException {
        roundTrip("""
                t, bs = broken('order', thing)
                s = bs[2].__getstate__(); e = list(s[0]); e[0], e[2] = e[2], e[0]; state(bs[2], (tuple(e), s[1]))
                t, bs = broken('key twice', thing)
                s = bs[2].__getstate__(); e = list(s[0]); e[2] = e[0]; state(bs[2], (tuple(e), s[1]))
                t, bs = broken('empty leaf')
                s = bs[2].__getstate__(); state(bs[2], ((), s[1]))
                t, bs = broken('bounds', thing)
                s = bs[2].__getstate__(); e = list(s[0]); e[0] = 'a'; state(bs[2], (tuple(e), s[1]))
                t, bs = broken('circle')
                s = bs[-1].__getstate__(); state(bs[-1], (s[0], bs[0]))
                t, bs = broken('torn')
                s = bs[2].__getstate__(); state(bs[2], (s[0],))
                t, bs = broken('node twice', thing)
                s = t.__getstate__(); l = list(s[0]); l[4] = l[2]; state(t, (tuple(l), s[1]))
                t, bs = broken('first leaf', thing)
                s = t.__getstate__(); state(t, (s[0], bs[1]))
                """, settings);
    }

    @Test
    void aBrokenTreeIsMendedByItsContent() throws IOException {
        Path made = temp.resolve("made.fs");
        Oracle.python(HEAD + "t, bs = broken('t', thing)" + TAIL, made.toString())
                .ok();
        MemoryTree sound = dump(made, settings);
        Oracle.python("""
                        import sys, ZODB, ZODB.FileStorage, transaction
                        db = ZODB.DB(ZODB.FileStorage.FileStorage(sys.argv[1])); t = db.open().root()['t']
                        b = t._firstbucket; s = b.__getstate__(); b.__setstate__((s[0],))
                        b._p_changed = True; transaction.commit(); db.close()
                        """, made.toString()).ok();
        assertThat(loadedAgain(made, sound, settings))
                .extracting(LoadResult.Change::path)
                .containsExactly("/t");
        assertThat(TreeDifference.between(sound, dump(made, settings))).isEmpty();
    }
}
