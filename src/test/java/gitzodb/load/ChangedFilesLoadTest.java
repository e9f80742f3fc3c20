package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.RandomSite;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.ForwardingTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A load that reads what changed writes what one that reads everything does. */
class ChangedFilesLoadTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);

    private static final int SEEDS = 12;

    /** What a load did, and how many files it read. */
    private record Outcome(String said, Map<String, String> records, int reads) {}

    private static MemoryStorage site(long seed, int... edits) throws IOException {
        MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, () -> Instant.parse("2024-02-29T12:34:56Z"));
        RandomSite site = new RandomSite(seed, storage);
        for (int count : edits) {
            site.edit(count);
        }
        return storage;
    }

    /** Rules for every third seed. */
    private static TreeStates states(Snapshot snapshot, long seed) throws IOException {
        IgnoreRules rules =
                seed % 3 == 0 ? IgnoreRules.NONE.with("", Bytes.utf8("a.b\nss\n[attr * data]\n")) : IgnoreRules.NONE;
        return new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, rules);
    }

    private static MemoryTree dump(MemoryStorage storage, long seed) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            HomeGraph graph = new HomeGraph(store);
            TreeStates states = states(snapshot, seed);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    private static Set<String> changed(MemoryTree before, MemoryTree after) {
        Set<String> paths = new TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        paths.removeIf(
                path -> Objects.equals(before.files().get(path), after.files().get(path)));
        return paths;
    }

    private static Outcome load(MemoryStorage storage, long seed, MemoryTree tree, boolean whole) throws IOException {
        CountingTree counting = new CountingTree(tree);
        String said;
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = states(snapshot, seed);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            MemoryTree before = new MemoryTree();
            new Dump(store, graph, states).full(before, DumpOptions.ALL);
            Load.Changes changes = whole ? null : new Load.Changes(store, before, changed(before, tree));
            try {
                said = new Load(counting, states, graph, new Load.Options(Set.of(), true), changes)
                        .into(storage, TransactionText.of("ida", "edit"))
                        .toString();
            } catch (BadTreeException e) {
                said = e.problems().toString();
            } catch (gitzodb.xml.XmlFormatException e) {
                said = e.toString();
            }
        }
        Map<String, String> records = new TreeMap<>();
        try (Snapshot snapshot = storage.snapshot()) {
            snapshot.forEach(record -> records.put(record.oid().toString(), record.tid() + " " + record.data()));
        }
        return new Outcome(said, records, counting.reads);
    }

    /** Compares both ways; returns the share of the files that were read, in percent, or -1 if the tree was refused. */
    private static int compare(String what, long seed, int edits, MemoryTree tree) throws IOException {
        Outcome whole = load(site(seed, edits), seed, tree, true);
        Outcome part = load(site(seed, edits), seed, tree, false);
        assertThat(part.said).as(what).isEqualTo(whole.said);
        assertThat(part.records).as(what).isEqualTo(whole.records);
        return isLoaded(whole) ? 100 * part.reads / whole.reads : -1;
    }

    private static boolean isLoaded(Outcome outcome) {
        return outcome.said.startsWith("LoadResult");
    }

    /** Returns the tree of a random site; empty if not even that can be loaded. */
    private static Optional<MemoryTree> loadable(long seed) throws IOException {
        MemoryTree tree = dump(site(seed, 40), seed);
        return isLoaded(load(site(seed, 40), seed, tree, true)) ? Optional.of(tree) : Optional.empty();
    }

    @Test
    void writesTheSameForWhatADatabaseCameTo() throws IOException {
        List<Integer> shares = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            if (loadable(seed).isEmpty()) {
                continue;
            }
            MemoryTree tree = dump(site(seed, 40, 1 + (int) seed % 5), seed);
            shares.add(compare("seed " + seed, seed, 40, tree));
        }
        assertThat(shares).anyMatch(share -> share > 0 && share < 40);
    }

    @Test
    void writesTheSameForEditedFiles() throws IOException {
        List<Integer> shares = new ArrayList<>();
        for (long seed = 0; seed < 2 * SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MemoryTree tree = loadable(seed).orElse(null);
            if (tree == null) {
                continue;
            }
            StringBuilder what = new StringBuilder("seed " + seed + ":");
            for (int i = 0; i <= seed % 3; i++) {
                what.append(' ').append(edit(tree, random));
            }
            shares.add(compare(what.toString(), seed, 40, tree));
        }
        assertThat(shares).anyMatch(share -> share > 0 && share < 40).contains(-1);
    }

    /** Two objects, of which {@code b} refers to one folded into {@code a}. */
    private static MemoryStorage referring(boolean weak) throws IOException {
        MemoryStorage storage = site(0);
        SiteBuilder builder = new SiteBuilder(Generation.PYTHON3);
        Oid app = builder.object(SiteBuilder.FOLDER);
        Oid a = builder.object("m.Thing");
        Oid b = builder.object("m.Thing");
        Oid tool = builder.object("m.Tool");
        builder.item(Oid.ROOT, "Application", app).child(app, "a", a).child(app, "b", b);
        builder.set(a, "tool", builder.ref(tool));
        builder.set(b, "tool", weak ? builder.weak(tool) : builder.ref(tool));
        builder.store(storage);
        return storage;
    }

    private static Outcome compareReferring(boolean weak, String from, String to) throws IOException {
        MemoryTree tree = dump(referring(weak), 1);
        assertThat(tree.read("Application/b.zodb.xml").utf8()).contains("/Application/a#tool");
        replace(tree, "Application/a.zodb.xml", from, to);
        Outcome whole = load(referring(weak), 1, tree, true);
        Outcome part = load(referring(weak), 1, tree, false);
        assertThat(part.said).isEqualTo(whole.said);
        assertThat(part.records).isEqualTo(whole.records);
        return part;
    }

    @Test
    void findsWhatRefersToAnObjectOfAnotherClass() throws IOException {
        assertThat(compareReferring(false, "class=\"m.Tool\"", "class=\"m.Thing\"").said)
                .contains("path=/Application/a#tool", "path=/Application/b]");
    }

    @Test
    void findsWhatRefersToAnObjectThatIsGone() throws IOException {
        for (boolean weak : new boolean[] {false, true}) {
            assertThat(compareReferring(weak, " *<object name=\"tool\"[^>]*/>\n", "").said)
                    .contains("refers to /Application/a#tool, which is not there");
        }
    }

    /** An object that holds what runs code, and one beside it. */
    private static MemoryStorage running() throws IOException {
        MemoryStorage storage = site(0);
        SiteBuilder builder = new SiteBuilder(Generation.PYTHON3);
        Oid app = builder.object(SiteBuilder.FOLDER);
        Oid a = builder.object("m.Thing");
        Oid b = builder.object("m.Thing");
        builder.item(Oid.ROOT, "Application", app).child(app, "a", a).child(app, "b", b);
        builder.set(a, "run", new Value.Global("os", "system"));
        builder.store(storage);
        return storage;
    }

    private static String compareRunning(String file, String from, String to) throws IOException {
        MemoryTree tree = dump(running(), 1);
        replace(tree, file, from, to);
        Outcome whole = load(running(), 1, tree, true);
        Outcome part = load(running(), 1, tree, false);
        assertThat(part.said).isEqualTo(whole.said);
        assertThat(part.records).isEqualTo(whole.records);
        return part.said;
    }

    @Test
    void keepsWhatRunsCodeAndWritesNoObjectThatHasIt() throws IOException {
        String line = "  <text name=\"title\">x</text>\n</object>\n";
        assertThat(compareRunning("Application/b.zodb.xml", "(/>\n|</object>\n)$", ">\n" + line))
                .startsWith("LoadResult");
        assertThat(compareRunning("Application/a.zodb.xml", "</object>\n$", line))
                .contains("os.system runs code and is never written");
        String run = "  <global name=\"run\">os.system</global>\n</object>\n";
        assertThat(compareRunning("Application/b.zodb.xml", "(/>\n|</object>\n)$", ">\n" + run))
                .contains("/Application/b", "os.system runs code and is never written");
    }

    @Test
    void refusesWhatRunsCodeInATree() throws IOException {
        MemoryTree tree = dump(running(), 1);
        replace(tree, "Application/b.zodb.xml", "(/>\n|</object>\n)$", """
                >
                  <tree name="t" class="BTrees.OOBTree.OOBTree">
                    <global name="k">os.system</global>
                  </tree>
                </object>
                """);
        assertThat(load(running(), 1, tree, true).said).contains("os.system runs code and is never written");
        assertThat(load(running(), 1, tree, false).said).contains("os.system runs code and is never written");
        FullLoad full = new FullLoad(tree, BuiltinFormats.formats(), SETTINGS);
        assertThatThrownBy(full::check).hasMessageContaining("os.system runs code and is never written");
    }

    private static String edit(MemoryTree tree, SplittableRandom random) {
        List<String> files = new ArrayList<>(tree.files().keySet());
        String file = files.get(random.nextInt(files.size()));
        String other = files.get(random.nextInt(files.size()));
        Bytes content = Objects.requireNonNull(tree.files().get(file));
        int kind = random.nextInt(9);
        switch (kind) {
            case 0 -> tree.delete(file);
            case 1 -> tree.put(other, content);
            case 2 -> tree.put(file + ".stray", content);
            case 3 -> tree.put(folder(other) + "fresh.zodb.xml", content);
            case 4 -> {
                tree.delete(file);
                tree.put(file.replaceFirst("[a-z]", "q"), content);
            }
            case 5 -> replace(tree, file, "class=\"m.Thing\"", "class=\"OFS.DTMLMethod.DTMLMethod\"");
            case 6 -> replace(tree, file, "(?s)\n *<child [^>]*/>", "");
            default -> {
                if (file.endsWith(FileNames.XML)) {
                    replace(tree, file, "</object>\n$", "  <int name=\"edited\">1</int>\n</object>\n");
                } else {
                    tree.put(file, Bytes.utf8(content.utf8() + "# edited\n"));
                }
            }
        }
        return kind + " " + file;
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    private static void replace(MemoryTree tree, String file, String from, String to) {
        String text = Objects.requireNonNull(tree.files().get(file)).utf8();
        tree.put(file, Bytes.utf8(text.replaceFirst(from, to)));
    }

    private static final class CountingTree implements ForwardingTree {
        private final FileTree tree;
        private int reads;

        CountingTree(FileTree tree) {
            this.tree = tree;
        }

        @Override
        public Optional<FileTree> twin() {
            return Optional.empty();
        }

        @Override
        public FileTree tree() {
            return tree;
        }

        @Override
        public Bytes read(String path) throws IOException {
            reads++;
            return tree.read(path);
        }
    }
}
