package gitzodb.dump;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.files.Spool;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.FullLoad;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of more pieces than objects are folded into each other. */
class LongContentTest {
    private static final int PIECES = 150;
    private static final String PDATA = "OFS.Image.Pdata";
    private static final String CONTENT = "Application/big.bin";
    private static final List<String> ALONE = List.of(
            ".gitattributes",
            ".zodbconfig",
            "Application/__self__.zodb.xml",
            CONTENT,
            CONTENT + ".zodb.xml",
            "__self__.zodb.xml");

    private final SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
    private final List<Oid> pieces = new ArrayList<>();
    private final Oid folder = site.object("OFS.Folder.Folder");
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());

    private void store(int length, String holder) throws IOException {
        Oid file = site.object(holder);
        site.item(Oid.ROOT, "Application", folder)
                .set(folder, "id", site.text("Application"))
                .child(folder, "big.bin", file)
                .set(file, "__name__", site.text("big.bin"))
                .set(file, "content_type", site.text("application/octet-stream"));
        for (int i = 0; i < PIECES; i++) {
            pieces.add(site.object(PDATA));
        }
        for (int i = 0; i < PIECES; i++) {
            byte[] piece = new byte[length];
            new SplittableRandom(i).nextBytes(piece);
            content.writeBytes(piece);
            site.set(pieces.get(i), "data", new Value.Binary(Bytes.wrap(piece))).set(pieces.get(i), "next", next(i));
        }
        site.set(file, "data", site.ref(pieces.getFirst())).store(storage);
    }

    private Value next(int piece) {
        return piece + 1 < PIECES ? site.ref(pieces.get(piece + 1)) : Value.NONE;
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1 + Spool.SHORT / PIECES})
    void isOneFile(int length) throws IOException {
        store(length, "OFS.Image.File");
        MemoryTree tree = full();
        assertThat(tree.files().keySet()).containsExactlyElementsOf(ALONE);
        assertThat(tree.read(CONTENT)).isEqualTo(Bytes.wrap(content.toByteArray()));
        assertThat(TreeDifference.between(tree, reloaded(tree))).isEmpty();
    }

    /** A class that nothing is known of shows its pieces one by one. */
    @Test
    void comesBackFromAnUnknownClass() throws IOException {
        store(10, "my.Upload");
        MemoryTree tree = full();
        assertThat(tree.files().keySet()).doesNotContain(CONTENT).hasSizeGreaterThan(6);
        assertThat(TreeDifference.between(tree, reloaded(tree))).isEmpty();
    }

    @Test
    void isPiecesWhereAnyIsNotWhatPiecesAreAndOneFileAgain() throws IOException {
        store(10, "OFS.Image.File");
        try (MapStore store = MapStore.inMemory()) {
            HomeGraph graph = new HomeGraph(store);
            MemoryTree tree = new MemoryTree();
            try (Snapshot snapshot = storage.snapshot()) {
                graph.build(states(snapshot));
                new Dump(store, graph, states(snapshot)).full(tree, DumpOptions.ALL);
            }
            for (int piece : List.of(0, 30, 60, 61, 100, PIECES - 1)) {
                Oid oid = pieces.get(piece);
                for (String edit : List.of("attribute", "string", "cut", "beside")) {
                    Set<Oid> edited = edit(edit, piece);
                    advance(store, graph, tree, edited, edit + " of piece " + piece);
                    if (!edit.equals("cut")) {
                        assertThat(tree.files()).as(edit).doesNotContainKey(CONTENT);
                    }
                    advance(store, graph, tree, put(oid, state(piece)), edit + " taken back");
                    advance(store, graph, tree, put(folder, folderState(null)), edit + " gone");
                    assertThat(tree.files().keySet()).as(edit).containsExactlyElementsOf(ALONE);
                }
            }
        }
    }

    /** Makes a piece something else: an attribute more, text of another kind, the last one, one that others hold. */
    private Set<Oid> edit(String edit, int piece) throws IOException {
        PyDict state = state(piece);
        switch (edit) {
            case "attribute" -> state.put(site.text("title"), site.text("odd"));
            case "string" -> state.put(site.text("data"), site.text("odd"));
            case "cut" -> state.put(site.text("next"), Value.NONE);
            default -> {
                return put(folder, folderState(pieces.get(piece)));
            }
        }
        return put(pieces.get(piece), state);
    }

    private PyDict state(int piece) {
        PyDict state = new PyDict();
        byte[] bytes = new byte[10];
        new SplittableRandom(piece).nextBytes(bytes);
        state.put(site.text("data"), new Value.Binary(Bytes.wrap(bytes)));
        state.put(site.text("next"), next(piece));
        return state;
    }

    private PyDict folderState(@Nullable Oid beside) throws IOException {
        try (Snapshot snapshot = storage.snapshot()) {
            PyDict state = Objects.requireNonNull(
                    states(snapshot).stored(folder).orElseThrow().attributes());
            state.remove(site.text("beside"));
            if (beside != null) {
                state.put(site.text("beside"), site.ref(beside));
            }
            return state;
        }
    }

    private Set<Oid> put(Oid oid, PyDict state) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            ClassMeta meta = states(snapshot).stored(oid).orElseThrow().meta();
            transaction.store(
                    oid,
                    snapshot.load(oid).orElseThrow().tid(),
                    ObjectRecord.write(new ObjectState(meta, state), Generation.PYTHON3, 3));
            transaction.vote();
            transaction.finish();
            return Set.of(oid);
        }
    }

    private void advance(MapStore store, HomeGraph graph, MemoryTree tree, Set<Oid> written, String what)
            throws IOException {
        try (Snapshot snapshot = storage.snapshot()) {
            TreeStates states = states(snapshot);
            new Dump(store, graph, states).update(graph.update(states, written), tree);
        }
        assertThat(TreeDifference.between(tree, full())).as(what).isEmpty();
    }

    private static MemoryTree reloaded(MemoryTree tree) throws IOException {
        try (MemoryStorage fresh = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            new FullLoad(tree, BuiltinFormats.formats(), TreeSettings.of(Generation.PYTHON3))
                    .into(fresh, TransactionText.of("ida", "load"));
            return full(fresh);
        }
    }

    private MemoryTree full() throws IOException {
        return full(storage);
    }

    private static MemoryTree full(MemoryStorage storage) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            HomeGraph graph = new HomeGraph(store);
            graph.build(states(snapshot));
            new Dump(store, graph, states(snapshot)).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    private static TreeStates states(Snapshot snapshot) {
        return new TreeStates(
                snapshot, BuiltinFormats.formats(), TreeSettings.of(Generation.PYTHON3), IgnoreRules.NONE);
    }
}
