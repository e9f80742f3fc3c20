package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.Edge;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is folded into a file keeps its oid where its content tells which it is. */
class FoldedMovesTest {
    private static final TreeSettings SETTINGS = TreeSettings.of(Generation.PYTHON3);
    private static final String TEXT = " of the list, with some more words in a line of their own";

    /** A tool with things in a list and in a dict, and another object that refers to one of them. */
    private static final class Site {
        private final SiteBuilder builder = new SiteBuilder(Generation.PYTHON3);
        private final Oid tool;
        private final Oid other;

        Site() {
            Oid app = builder.object(SiteBuilder.FOLDER);
            tool = builder.object("m.Tool");
            other = builder.object("m.Thing");
            builder.item(Oid.ROOT, "Application", app).child(app, "tool", tool).child(app, "other", other);
        }

        Oid thing(String text) {
            Oid oid = builder.object("m.Thing");
            builder.set(oid, "first", builder.text("first line" + TEXT));
            builder.set(oid, "second", builder.text("second line" + TEXT));
            builder.set(oid, "third", builder.text(text));
            return oid;
        }

        Oid named(String id) {
            Oid oid = builder.object("m.Thing");
            builder.set(oid, "id", builder.text(id));
            return oid;
        }

        Site list(Oid... items) {
            List<Value> refs = new ArrayList<>();
            for (Oid item : items) {
                refs.add(builder.ref(item));
            }
            builder.set(tool, "items", new PyList(refs));
            return this;
        }

        Site dict(Map<String, Oid> items) {
            PyDict dict = new PyDict();
            new TreeMap<>(items).forEach((key, oid) -> dict.put(builder.text(key), builder.ref(oid)));
            builder.set(tool, "__annotations__", dict);
            return this;
        }

        Site refer(Oid to) {
            builder.set(other, "favourite", builder.ref(to));
            return this;
        }

        MemoryStorage storage() throws IOException {
            MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, () -> Instant.parse("2024-02-29T12:34:56Z"));
            builder.store(storage);
            return storage;
        }
    }

    private interface Use<T> {
        T with(TreeStates states, HomeGraph graph, MapStore store) throws IOException;
    }

    private static <T> T use(MemoryStorage storage, Use<T> use) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), SETTINGS, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return use.with(states, graph, store);
        }
    }

    private static MemoryTree dump(MemoryStorage storage) throws IOException {
        MemoryTree tree = new MemoryTree();
        use(storage, (states, graph, store) -> new Dump(store, graph, states).full(tree, DumpOptions.ALL));
        return tree;
    }

    /** Loads the tree of one site into another, as a whole and by what changed; returns the database. */
    private static MemoryStorage load(Site from, Site to) throws IOException {
        MemoryTree tree = dump(to.storage());
        MemoryStorage whole = from.storage();
        MemoryStorage part = from.storage();
        MemoryTree before = dump(part);
        TreeSet<String> changed = new TreeSet<>(tree.files().keySet());
        changed.addAll(before.files().keySet());
        changed.removeIf(
                file -> Objects.equals(before.files().get(file), tree.files().get(file)));
        LoadResult said = use(
                whole,
                (states, graph, store) -> new Load(tree, states, graph, Load.Options.DEFAULT)
                        .into(whole, TransactionText.of("ida", "edit")));
        LoadResult partSaid = use(part, (states, graph, store) -> {
            new Dump(store, graph, states).full(new MemoryTree(), DumpOptions.ALL);
            return new Load(tree, states, graph, Load.Options.DEFAULT, new Load.Changes(store, before, changed))
                    .into(part, TransactionText.of("ida", "edit"));
        });
        assertThat(partSaid.toString()).isEqualTo(said.toString());
        assertThat(dump(whole).files()).isEqualTo(tree.files());
        assertThat(dump(part).files()).isEqualTo(tree.files());
        return part;
    }

    private static Oid at(MemoryStorage storage, String path) throws IOException {
        return use(
                storage,
                (states, graph, store) -> Objects.requireNonNull(
                                OldTree.of(graph, states).find(path), path)
                        .oid());
    }

    private static ObjectState state(MemoryStorage storage, Oid oid) throws IOException {
        return use(storage, (states, graph, store) -> states.stored(oid).orElseThrow());
    }

    private static Site numbered(String... texts) {
        Site site = new Site();
        Oid[] items = new Oid[texts.length];
        for (int i = 0; i < texts.length; i++) {
            items[i] = site.thing(texts[i]);
        }
        return site.list(items);
    }

    @Test
    void keepsTheOidsOfItemsBehindAnInsertedOne() throws IOException {
        Site from = numbered("a", "b", "c");
        MemoryStorage old = from.storage();
        MemoryStorage loaded = load(from, numbered("new and of quite other words", "a", "b", "c"));
        for (int i = 0; i < 3; i++) {
            assertThat(at(loaded, "/Application/tool#items/@@" + (i + 1)))
                    .isEqualTo(at(old, "/Application/tool#items/@@" + i));
        }
    }

    @Test
    void referencesFromElsewhereStillLeadToTheirItem() throws IOException {
        Site from = new Site();
        Oid a = from.thing("a");
        from.list(a, from.thing("b")).refer(a);
        Site to = new Site();
        Oid moved = to.thing("a");
        to.list(to.thing("new and of quite other words"), moved, to.thing("b")).refer(moved);
        MemoryStorage loaded = load(from, to);
        Oid other = at(loaded, "/Application/other");
        List<Edge> favourites = use(
                loaded,
                (states, graph, store) -> graph.node(other).orElseThrow().edges());
        assertThat(favourites).extracting(Edge::target).containsExactly(a);
        assertThat(state(loaded, a).attribute("third")).isEqualTo(from.builder.text("a"));
    }

    @Test
    void keepsTheOidOfAnItemThatMovedAndWasEdited() throws IOException {
        Site from = numbered("a", "b", "c");
        MemoryStorage old = from.storage();
        Site to = new Site();
        Oid other = to.builder.object("m.Thing");
        to.builder.set(other, "number", new Value.Int(7));
        to.list(other, to.thing("c"), to.thing("edited"), to.thing("a"));
        MemoryStorage loaded = load(from, to);
        assertThat(at(loaded, "/Application/tool#items/@@1")).isEqualTo(at(old, "/Application/tool#items/@@2"));
        assertThat(at(loaded, "/Application/tool#items/@@2")).isEqualTo(at(old, "/Application/tool#items/@@1"));
        assertThat(at(loaded, "/Application/tool#items/@@3")).isEqualTo(at(old, "/Application/tool#items/@@0"));
    }

    @Test
    void tellsItemsByTheirOwnIds() throws IOException {
        Site from = new Site();
        from.list(from.named("x"), from.named("y"), from.named("z"));
        Site to = new Site();
        Oid edited = to.named("x");
        to.builder.set(edited, "words", to.builder.text("that were not there"));
        to.list(to.named("z"), edited, to.named("new"));
        MemoryStorage old = from.storage();
        MemoryStorage loaded = load(from, to);
        assertThat(at(loaded, "/Application/tool#items/@@0")).isEqualTo(at(old, "/Application/tool#items/@@2"));
        assertThat(at(loaded, "/Application/tool#items/@@1")).isEqualTo(at(old, "/Application/tool#items/@@0"));
    }

    @Test
    void keepsTheOidsOfEqualItems() throws IOException {
        Site from = numbered("a", "a", "a");
        MemoryStorage old = from.storage();
        MemoryStorage loaded = load(from, numbered("a", "a", "a", "a"));
        for (int i = 0; i < 3; i++) {
            String path = "/Application/tool#items/@@" + i;
            assertThat(at(loaded, path)).isEqualTo(at(old, path));
        }
    }

    @Test
    void keepsTheOidOfWhatIsUnderAnotherKey() throws IOException {
        Site from = new Site();
        from.dict(Map.of("one", from.thing("a"), "two", from.thing("b")));
        Site to = new Site();
        to.dict(Map.of("two", to.thing("b"), "three", to.thing("a")));
        MemoryStorage old = from.storage();
        MemoryStorage loaded = load(from, to);
        assertThat(at(loaded, "/Application/tool#__annotations__/three"))
                .isEqualTo(at(old, "/Application/tool#__annotations__/one"));
        assertThat(at(loaded, "/Application/tool#__annotations__/two"))
                .isEqualTo(at(old, "/Application/tool#__annotations__/two"));
    }

    @Test
    void takesWhatIsHeldWithAnItemAlong() throws IOException {
        Site from = new Site();
        Oid holder = from.named("x");
        from.builder.set(holder, "part", from.builder.ref(from.thing("part")));
        from.list(holder);
        Site to = new Site();
        Oid moved = to.named("x");
        to.builder.set(moved, "part", to.builder.ref(to.thing("part")));
        to.list(to.named("new"), moved);
        MemoryStorage old = from.storage();
        MemoryStorage loaded = load(from, to);
        assertThat(at(loaded, "/Application/tool#items/@@1/part"))
                .isEqualTo(at(old, "/Application/tool#items/@@0/part"));
    }
}
