package gitzodb.btree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure.Kind;
import gitzodb.classes.Structure.Letter;
import gitzodb.oracle.Oracle;
import gitzodb.pickle.Value;
import gitzodb.zodb.Oid;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees built and edited here, loaded by Python's BTrees, checked and changed there. */
class RealBTreesTest {
    private static final String CHECK = """
            import importlib, sys
            from BTrees.check import check
            class R:
                def __init__(self, oid): self.oid = oid
            def link(value, nodes):
                if isinstance(value, R): return nodes[value.oid]
                if isinstance(value, tuple): return tuple(link(item, nodes) for item in value)
                return value
            done = 0
            for line in open(sys.argv[1], encoding='utf-8'):
                states, content = eval(line)
                nodes = {}
                for oid, (module, name, state) in states.items():
                    cls = getattr(importlib.import_module(module), name)
                    nodes[oid] = cls.__new__(cls)
                for oid, (module, name, state) in states.items():
                    nodes[oid].__setstate__(link(state, nodes))
                tree = nodes[1]
                if hasattr(tree, '_check'):
                    tree._check(); check(tree)
                found = list(tree.items() if hasattr(tree, 'items') else tree)
                assert found == content, (len(found), len(content), states[1])
                for entry in content[::3]:
                    if isinstance(entry, tuple): del tree[entry[0]]
                    else: tree.remove(entry)
                if hasattr(tree, '_check'):
                    tree._check(); check(tree)
                done += 1
            print(done)
            """;

    @TempDir
    Path folder;

    private int written;
    private final StringBuilder lines = new StringBuilder();

    @Test
    void pythonAcceptsEveryTreeAfterRandomEdits() throws Exception {
        Oracle.assumeOraclePython();
        for (String family : List.of("OO", "IO", "OI", "II", "LO", "fs")) {
            editAtRandom(family, Kind.BTREE, 700);
        }
        for (String family : List.of("OO", "II", "LO")) {
            editAtRandom(family, Kind.TREE_SET, 700);
        }
        editAtRandom("OO", Kind.BUCKET, 60);
        editAtRandom("II", Kind.SET, 60);
        check();
    }

    @Test
    void pythonAcceptsTreesOfThreeLevels() throws Exception {
        Oracle.assumeOraclePython();
        TreeNodesInMemory tree = new TreeNodesInMemory("OO", Kind.BTREE);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            entries.add(entry(tree, i * 2, i));
        }
        tree.build(entries);
        write(tree);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            changes.add(new Change.Put(entry(tree, i * 2 + 1, i)));
        }
        tree.write(tree.editor().apply(TreeNodesInMemory.ROOT, changes).orElseThrow());
        write(tree);
        changes.clear();
        for (int i = 0; i < 40_000; i++) {
            if (i % 5_000 > 40) {
                changes.add(new Change.Remove(key(tree, i)));
            }
        }
        tree.write(tree.editor().apply(TreeNodesInMemory.ROOT, changes).orElseThrow());
        write(tree);
        check();
    }

    @Test
    void pythonAcceptsARootThatGrewByOneKeyAtATime() throws Exception {
        Oracle.assumeOraclePython();
        TreeNodesInMemory tree = new TreeNodesInMemory("OO", Kind.TREE_SET);
        for (int i = 0; i < 9_000; i++) {
            Change put = new Change.Put(Entry.key(key(tree, i)));
            tree.write(tree.editor().apply(TreeNodesInMemory.ROOT, List.of(put)).orElseThrow());
        }
        write(tree);
        check();
    }

    private void editAtRandom(String family, Kind kind, int range) throws Exception {
        long seed = (family + kind).hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        TreeNodesInMemory tree = new TreeNodesInMemory(family, kind);
        Map<Integer, Entry> model = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            int growth = round / 20;
            List<Change> changes = new ArrayList<>();
            for (int number :
                    random.ints(random.nextInt(1, 90), 0, range).distinct().toArray()) {
                boolean put = growth == 0
                        ? random.nextInt(4) > 0
                        : growth == 1 ? random.nextBoolean() : random.nextInt(9) == 0;
                changes.add(put ? new Change.Put(entry(tree, number, round)) : new Change.Remove(key(tree, number)));
                if (put) {
                    model.put(number, entry(tree, number, round));
                } else {
                    model.remove(number);
                }
            }
            if (random.nextInt(3) == 0) {
                tree.write(tree.editor().replace(TreeNodesInMemory.ROOT, List.copyOf(model.values())));
            } else {
                tree.write(tree.editor().apply(TreeNodesInMemory.ROOT, changes).orElseThrow());
            }
            assertThat(tree.entries()).as("seed %d round %d", seed, round).isEqualTo(List.copyOf(model.values()));
            write(tree);
        }
        List<Change> all = new ArrayList<>();
        model.keySet().forEach(number -> all.add(new Change.Remove(key(tree, number))));
        tree.write(tree.editor().apply(TreeNodesInMemory.ROOT, all).orElseThrow());
        assertThat(tree.entries()).isEmpty();
        assertThat(tree.states.keySet()).containsExactly(new Oid(1));
        write(tree);
    }

    private static Value key(TreeNodesInMemory tree, int number) {
        return switch (tree.shape.family().key()) {
            case O -> new Value.Text("k%05d".formatted(number));
            case BYTES2 ->
                new Value.Binary(Bytes.wrap(
                        ByteBuffer.allocate(2).putShort((short) number).array()));
            case I, U, L, Q, F, BYTES6 -> new Value.Int(number);
        };
    }

    private static Entry entry(TreeNodesInMemory tree, int number, int value) {
        if (tree.shape.kind().isSet()) {
            return Entry.key(key(tree, number));
        }
        Letter letter = tree.shape.family().value();
        Value content = letter == Letter.BYTES6
                ? new Value.Binary(
                        Bytes.wrap(ByteBuffer.allocate(6).putInt(value).array()))
                : new Value.Int(value);
        return Entry.of(key(tree, number), content);
    }

    private void write(TreeNodesInMemory tree) throws Exception {
        lines.append(tree.python()).append('\n');
        written++;
    }

    private void check() throws Exception {
        Path file = Files.writeString(folder.resolve("trees.txt"), lines);
        assertThat(Oracle.python(CHECK, file.toString()).ok().output()).isEqualTo(written + "\n");
    }
}
