package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.demo.DemoSite;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.RandomSite;
import gitzodb.dump.StoredTree;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problem;
import gitzodb.tree.Selection;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartLoadTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);
    private static final String SCRIPT = "Application/shop/price_list";
    private static final String SHOP = "Application/shop/__self__.zodb.xml";
    private static final int SEEDS = 24;

    private MemoryStorage storage = storage();
    private MemoryTree tree = new MemoryTree();

    @BeforeEach
    void dumpSite() throws IOException {
        DemoSite.create(storage);
        tree = dump(storage);
    }

    static MemoryStorage storage() {
        return new MemoryStorage(Generation.PYTHON3, () -> Instant.parse("2024-02-29T12:34:56Z"));
    }

    static MemoryTree dump(MemoryStorage storage) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            MemoryTree dumped = new MemoryTree();
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(dumped, DumpOptions.ALL);
            return dumped;
        }
    }

    static PartLoad.Outcome load(MemoryStorage storage, MemoryTree tree, boolean recurse, boolean skip, String... paths)
            throws IOException {
        List<ObjectPath> tops = Arrays.stream(paths).map(ObjectPath::parse).toList();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            Load.Options options = new Load.Options(Set.of(), true);
            StoredTree stored = StoredTree.of(store, graph, states);
            return new PartLoad(stored, tree, BuiltinFormats.formats(), SETTINGS)
                    .run(
                            Selection.of(tops, recurse),
                            skip,
                            mixed -> new Load(
                                            mixed,
                                            states,
                                            graph,
                                            options,
                                            new Load.Changes(store, stored, mixed.changed()))
                                    .into(storage, TransactionText.of("ida", "load")));
        }
    }

    private PartLoad.Outcome load(String... paths) throws IOException {
        return load(storage, tree, true, false, paths);
    }

    private void put(String file, String text) {
        tree.put(file, Bytes.utf8(text));
    }

    private void replace(String file, String old, String text) {
        String content = text(tree, file);
        assertThat(content).contains(old);
        put(file, content.replace(old, text));
    }

    private static String text(MemoryTree tree, String file) {
        Bytes content = tree.files().get(file);
        return content == null ? "" : content.latin1();
    }

    private String stored(String file) throws IOException {
        return text(dump(storage), file);
    }

    private void addScript(String name) {
        put("Application/shop/" + name + ".py", "return 1\n");
        put(
                "Application/shop/" + name + ".zodb.xml",
                text(tree, SCRIPT + ".zodb.xml").replace("price_list", name));
        replace(
                SHOP,
                "  </children>",
                "    <child name=\"" + name + "\" meta_type=\"Script (Python)\"/>\n  </children>");
    }

    private static List<String> changes(PartLoad.Outcome outcome) {
        return outcome.loaded().changes().stream()
                .map(change -> change.kind() + " " + change.path())
                .toList();
    }

    @Test
    void writesTheNamedObjectAndNoOther() throws IOException {
        put(SCRIPT + ".py", "return 42\n");
        put("Application/index_html.pt", "<p>other</p>\n");
        replace(SHOP, "The shop", "Another title");

        assertThat(changes(load("/" + SCRIPT))).containsExactly("CHANGED /" + SCRIPT);
        assertThat(stored(SCRIPT + ".py")).isEqualTo("return 42\n");
        assertThat(stored("Application/index_html.pt")).contains("tal:content");
        assertThat(stored(SHOP)).contains("The shop");
    }

    @Test
    void aNewObjectIsListedBehindItsNeighbourAndTheRestOfItsHolderStays() throws IOException {
        addScript("offer");
        addScript("other");
        replace(SHOP, "The shop", "Another title");

        assertThat(changes(load("/Application/shop/offer")))
                .containsExactly("CHANGED /Application/shop", "NEW /Application/shop/offer");
        assertThat(stored(SHOP)).contains("find_item", "offer", "The shop").doesNotContain("other");
        assertThat(stored("Application/shop/offer.py")).isEqualTo("return 1\n");
    }

    @Test
    void anObjectThatTheTreeDoesNotHaveIsDeleted() throws IOException {
        tree.delete(SCRIPT + ".py");
        tree.delete(SCRIPT + ".zodb.xml");
        tree.delete("Application/index_html.pt");
        tree.delete("Application/index_html.zodb.xml");

        assertThat(changes(load("/" + SCRIPT))).containsExactly("CHANGED /Application/shop", "GONE /" + SCRIPT);
        assertThat(stored(SHOP)).doesNotContain("price_list").contains("find_item");
        assertThat(stored("Application/index_html.pt")).isNotEmpty();
    }

    @Test
    void belowANamedObjectTheTreeWins() throws IOException {
        addScript("offer");
        tree.delete("Application/shop/find_item.sql");
        tree.delete("Application/shop/find_item.zodb.xml");
        replace(SHOP, "    <child name=\"find_item\" meta_type=\"Z SQL Method\"/>\n", "");
        put("Application/index_html.pt", "<p>other</p>\n");

        assertThat(changes(load("/Application/shop")))
                .containsExactly(
                        "CHANGED /Application/shop", "GONE /Application/shop/find_item", "NEW /Application/shop/offer");
        assertThat(stored("Application/index_html.pt")).contains("tal:content");
    }

    @Test
    void withoutRecursionAnObjectKeepsItsChildren() throws IOException {
        addScript("offer");
        tree.delete(SCRIPT + ".py");
        tree.delete(SCRIPT + ".zodb.xml");
        put("Application/shop/find_item.sql", "select 1");
        replace(SHOP, "    <child name=\"price_list\" meta_type=\"Script (Python)\"/>\n", "");
        replace(SHOP, "The shop", "Another title");

        assertThat(changes(load(storage, tree, false, false, "/Application/shop")))
                .containsExactly("CHANGED /Application/shop");
        assertThat(stored(SHOP))
                .contains("Another title", "price_list", "find_item")
                .doesNotContain("offer");
        assertThat(stored("Application/shop/find_item.sql")).contains("from item");
    }

    @Test
    void withoutRecursionChildrenTakeTheOrderOfTheTree() throws IOException {
        String first = "    <child name=\"price_list\" meta_type=\"Script (Python)\"/>\n";
        String second = "    <child name=\"find_item\" meta_type=\"Z SQL Method\"/>\n";
        replace(SHOP, first + second, second + first);

        load(storage, tree, false, false, "/Application/shop");

        assertThat(stored(SHOP)).contains(second + first);
    }

    @Test
    void withoutRecursionNothingIsDeleted() throws IOException {
        tree.delete(SCRIPT + ".py");
        tree.delete(SCRIPT + ".zodb.xml");

        assertThatThrownBy(() -> load(storage, tree, false, false, "/" + SCRIPT))
                .isInstanceOf(BadTreeException.class)
                .hasMessageContaining("--no-recurse");
    }

    @Test
    void anObjectThatIsNowhereIsRefused() {
        assertThatThrownBy(() -> load("/Application/nothing"))
                .isInstanceOf(BadTreeException.class)
                .hasMessageContaining("/Application/nothing: neither the tree nor the database has this object");
    }

    @Test
    void allOrNothing() throws IOException {
        put(SCRIPT + ".py", "return 42\n");
        put("Application/shop/find_item.zodb.xml", "<object");

        assertThatThrownBy(() -> load("/Application/shop")).isInstanceOf(BadTreeException.class);
        assertThat(stored(SCRIPT + ".py")).contains("coffee");
    }

    @Test
    void skipsAnObjectWhoseFileIsBadAndLeavesItAsItIs() throws IOException {
        put(SCRIPT + ".py", "return 42\n");
        put("Application/shop/find_item.zodb.xml", "<object");
        put("Application/shop/find_item.sql", "select 1");

        PartLoad.Outcome outcome = load(storage, tree, true, true);

        assertThat(changes(outcome)).containsExactly("CHANGED /" + SCRIPT);
        assertThat(outcome.skipped())
                .singleElement()
                .extracting(Problem::file)
                .isEqualTo("Application/shop/find_item.zodb.xml");
        assertThat(stored("Application/shop/find_item.sql")).contains("from item");
    }

    @Test
    void skippingAFolderKeepsWhatItHolds() throws IOException {
        put(SHOP, "<object");
        tree.delete(SCRIPT + ".py");
        tree.delete(SCRIPT + ".zodb.xml");
        put("Application/index_html.pt", "<p>other</p>\n");

        PartLoad.Outcome outcome = load(storage, tree, true, true);

        assertThat(changes(outcome)).containsExactly("CHANGED /Application/index_html");
        assertThat(stored(SCRIPT + ".py")).contains("coffee");
    }

    @Test
    void aNewObjectThatIsSkippedIsNotListedAndWhatNeedsItIsSkippedToo() throws IOException {
        addScript("offer");
        put("Application/shop/offer.zodb.xml", "<object");
        replace(
                SCRIPT + ".zodb.xml",
                "</object>",
                "  <ref name=\"also\" path=\"/Application/shop/offer\"/>\n</object>");
        put("Application/index_html.pt", "<p>other</p>\n");

        PartLoad.Outcome outcome = load(storage, tree, true, true);

        assertThat(changes(outcome)).containsExactly("CHANGED /Application/index_html");
        assertThat(outcome.skipped())
                .extracting(Problem::file)
                .containsExactly("Application/shop/offer.zodb.xml", SCRIPT + ".zodb.xml");
        assertThat(stored(SHOP)).doesNotContain("offer");
    }

    @Test
    void nothingSoundIsNothingToLoad() {
        put("__self__.zodb.xml", "<object");

        assertThatThrownBy(() -> load(storage, tree, true, true)).isInstanceOf(BadTreeException.class);
    }

    @Test
    void knowsTheObjectOfAFile() throws IOException {
        for (Map.Entry<String, String> owner : Map.of(
                        "",
                        "/",
                        "__self__.zodb.xml",
                        "/",
                        SCRIPT + ".py",
                        "/" + SCRIPT,
                        SCRIPT + ".zodb.xml",
                        "/" + SCRIPT,
                        "Application/shop",
                        "/Application/shop",
                        SHOP,
                        "/Application/shop")
                .entrySet()) {
            assertThat(FileOwner.of(tree, owner.getKey()))
                    .as(owner.getKey())
                    .hasToString("Optional[" + owner.getValue() + "]");
        }
        assertThat(FileOwner.of(tree, "Application/shop/stray.txt")).isEmpty();
    }

    /** Whatever is loaded, the selected objects are as in the tree and all others as they were, or nothing is. */
    @Test
    void changesNoOtherObjectWhateverIsSelected() throws IOException {
        int loaded = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            MemoryStorage site = storage();
            RandomSite random = new RandomSite(seed, site);
            random.edit(30);
            MemoryTree before = dump(site);
            MemoryStorage later = storage();
            RandomSite twin = new RandomSite(seed, later);
            twin.edit(30);
            twin.edit(8);
            MemoryTree wanted = loadedWhole(seed, dump(later));
            SplittableRandom choice = new SplittableRandom(seed);
            Set<String> all = new TreeSet<>(new UnitTexts(before).units().keySet());
            all.addAll(new UnitTexts(wanted).units().keySet());
            String top = new ArrayList<>(all).get(choice.nextInt(all.size()));
            boolean recurse = choice.nextInt(3) > 0;
            try {
                load(site, wanted, recurse, false, top);
                mustBeMixed(seed + " " + top + " " + recurse, before, wanted, dump(site), top, recurse);
                loaded++;
            } catch (BadTreeException refused) {
                assertThat(dump(site).files())
                        .as("seed %s %s: %s", seed, top, refused)
                        .isEqualTo(before.files());
            }
        }
        assertThat(loaded).isGreaterThan(SEEDS / 3);
    }

    /** A load may complete what it writes, as a script gets the bindings it lacks. */
    private static MemoryTree loadedWhole(long seed, MemoryTree tree) throws IOException {
        MemoryStorage site = storage();
        new RandomSite(seed, site).edit(30);
        try {
            load(site, tree, true, false);
            return dump(site);
        } catch (BadTreeException refused) {
            return tree;
        }
    }

    private static void mustBeMixed(
            String message, MemoryTree before, MemoryTree wanted, MemoryTree after, String top, boolean recurse)
            throws IOException {
        ObjectPath path = ObjectPath.parse(top);
        Map<String, String> units = new TreeMap<>(new UnitTexts(after).units());
        for (Map.Entry<String, String> unit : units.entrySet()) {
            ObjectPath object = ObjectPath.parse(unit.getKey());
            boolean inside = Selection.of(List.of(path), recurse).takes(object);
            boolean holds = Selection.isAtOrBelow(path, object);
            if (!holds || (recurse && inside)) {
                MemoryTree expected = inside ? wanted : before;
                String file = new UnitTexts(expected).units().getOrDefault(unit.getKey(), "none");
                assertThat(text(after, unit.getValue()))
                        .as("seed %s: %s", message, unit.getKey())
                        .isEqualTo(text(expected, file));
            }
        }
    }
}
