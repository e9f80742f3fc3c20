package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TreeDifference;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads of a part where objects are too far down for a path, or have records that nobody can read. */
class PartLoadOddTreesTest {
    private static final String LONG = "x".repeat(2_000);

    private final MemoryStorage storage = PartLoadTest.storage();
    private final Oid[] oids = new Oid[6];

    private MemoryTree site() throws IOException {
        SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
        for (int i = 1; i < oids.length; i++) {
            oids[i] = site.object(SiteBuilder.FOLDER);
            site.set(oids[i], "title", site.text("title " + i));
        }
        site.item(Oid.ROOT, "Application", oids[1]);
        site.child(oids[1], "left", oids[2]).child(oids[2], LONG, oids[3]);
        site.child(oids[3], "below", oids[4]).child(oids[1], "right", oids[5]);
        site.store(storage);
        return PartLoadTest.dump(storage);
    }

    private static String file(MemoryTree tree, String text) {
        return tree.files().entrySet().stream()
                .filter(file -> file.getValue().latin1().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text))
                .getKey();
    }

    private static void edit(MemoryTree tree, String old, String text) throws IOException {
        String file = file(tree, old);
        tree.put(file, Bytes.utf8(tree.read(file).utf8().replace(old, text)));
    }

    private List<String> load(MemoryTree tree, boolean recurse, String... paths) throws IOException {
        return PartLoadTest.load(storage, tree, recurse, false, paths).loaded().changes().stream()
                .map(change -> change.kind() + " " + change.oid().value())
                .toList();
    }

    private static String far(MemoryTree tree) {
        String file = file(tree, "title 3");
        return "/" + file.substring(0, file.lastIndexOf('/'));
    }

    @Test
    void whatIsFarBelowAnObjectIsLoadedWithIt() throws IOException {
        MemoryTree tree = site();
        edit(tree, "title 3", "new 3");
        edit(tree, "title 4", "new 4");
        assertThat(load(tree, true, "/Application/right")).isEmpty();
        assertThat(load(tree, false, "/Application/left")).isEmpty();
        assertThat(load(tree, true, "/Application/left")).containsExactlyInAnyOrder("CHANGED 3", "CHANGED 4");
        assertThat(TreeDifference.between(tree, PartLoadTest.dump(storage))).isEmpty();
    }

    @Test
    void whatIsFarCanBeNamedItself() throws IOException {
        MemoryTree tree = site();
        String far = far(tree);
        edit(tree, "title 2", "new 2");
        edit(tree, "title 3", "new 3");
        edit(tree, "title 4", "new 4");
        assertThat(load(tree, false, far)).containsExactly("CHANGED 3");
        assertThat(load(tree, true, far + "/below")).containsExactly("CHANGED 4");
        assertThat(load(tree, true, "/Application")).containsExactly("CHANGED 2");
    }

    @Test
    void whatIsFarComesAndGoesWithWhatListsIt() throws IOException {
        MemoryTree with = site();
        String far = far(with).substring(1);
        MemoryTree without = new MemoryTree();
        with.files().forEach((file, content) -> {
            if (!file.startsWith(far)) {
                without.put(file, content);
            }
        });
        String left = file(without, "title 2");
        String text = without.read(left).utf8();
        without.put(left, Bytes.utf8(text.replaceAll(" *<children>[^§]*</children>\n", "")));
        assertThat(load(without, true, "/Application/right")).isEmpty();
        assertThat(load(without, true, "/Application/left")).contains("CHANGED 2", "GONE 3", "GONE 4");
        assertThat(TreeDifference.between(without, PartLoadTest.dump(storage))).isEmpty();

        assertThat(load(with, true, "/" + far)).contains("CHANGED 2").hasSize(3);
        assertThat(TreeDifference.between(with, PartLoadTest.dump(storage))).isEmpty();
        assertThat(load(without, true, "/" + far)).contains("CHANGED 2").hasSize(3);
    }

    @Test
    void aBadObjectIsSkippedWithWhatIsFarBelowIt() throws IOException {
        MemoryTree tree = site();
        edit(tree, "title 3", "new 3");
        edit(tree, "title 5", "new 5");
        tree.put(file(tree, "title 2"), Bytes.utf8("<object"));
        PartLoad.Outcome outcome = PartLoadTest.load(storage, tree, true, true, "/Application");
        assertThat(outcome.skipped()).hasSize(1);
        assertThat(outcome.loaded().changes())
                .extracting(change -> change.oid().value())
                .containsExactly(5L);
    }

    private void damage(Oid oid) throws IOException {
        try (Snapshot snapshot = storage.snapshot();
                StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            Bytes garbage = Bytes.utf8("no pickle");
            transaction.store(oid, snapshot.load(oid).map(LoadedRecord::tid).orElseThrow(), garbage);
            transaction.vote();
            transaction.finish();
        }
    }

    @Test
    void aRecordThatNobodyCanReadIsSkippedAndNamed() throws IOException {
        MemoryTree readable = site();
        damage(oids[5]);
        MemoryTree tree = PartLoadTest.dump(storage);
        edit(tree, "title 2", "new 2");
        assertThat(load(tree, true)).containsExactly("CHANGED 2");

        String right = file(tree, "<unreadable>");
        tree.put(right, Bytes.utf8(tree.read(right).utf8().replace("bm8g", "bn8g")));
        edit(tree, "new 2", "newer 2");
        assertThatThrownBy(() -> load(tree, true)).isInstanceOf(BadTreeException.class);
        PartLoad.Outcome outcome = PartLoadTest.load(storage, tree, true, true);
        assertThat(outcome.skipped()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(right);
            assertThat(problem.object()).isEqualTo("/Application/right");
        });
        assertThat(outcome.loaded().changes()).hasSize(1);
        assertThat(load(readable, true, "/Application/right")).containsExactly("CHANGED 5");
        assertThat(file(PartLoadTest.dump(storage), "title 5")).isNotEmpty();
    }

    @Test
    void aNewObjectThatNobodyCanReadIsSkippedWithItsPlaceInTheList() throws IOException {
        MemoryTree tree = site();
        damage(oids[5]);
        MemoryTree broken = PartLoadTest.dump(storage);
        MemoryStorage other = PartLoadTest.storage();
        new SiteBuilder(Generation.PYTHON3).store(other);
        MemoryTree base = PartLoadTest.dump(other);
        assertThat(base.files()).isNotEmpty();
        edit(broken, "title 2", "new 2");
        PartLoad.Outcome outcome = PartLoadTest.load(other, broken, true, true);
        assertThat(outcome.skipped()).anyMatch(problem -> problem.object().equals("/Application/right"));
        MemoryTree loaded = PartLoadTest.dump(other);
        assertThat(loaded.files()).doesNotContainKey(file(tree, "title 5"));
        assertThat(file(loaded, "new 2")).isNotEmpty();
        assertThat(file(loaded, "title 3")).isNotEmpty();
    }
}
