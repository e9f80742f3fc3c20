package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.btree.BTreeReader;
import gitzodb.btree.BrokenTreeException;
import gitzodb.btree.KeyOrder;
import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.filestorage.FileStorage;
import gitzodb.oracle.Oracle;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StateSource;
import gitzodb.zodb.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in formats and the BTree reader on records that Zope wrote. */
class FixtureFormatsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"small", "code-300"})
    void everyRecordComesBackAndEveryTreeIsSound(String fixture) throws Exception {
        Path site = Oracle.copyFixture(fixture, folder.resolve(fixture));
        ClassFormats formats = BuiltinFormats.formats();
        int[] counts = new int[2];
        Set<Oid> broken = new HashSet<>();
        Set<Oid> children = new HashSet<>();
        try (Storage storage = open(site);
                Snapshot snapshot = storage.snapshot()) {
            StateSource source = oid -> {
                var loaded = snapshot.load(oid);
                return loaded.isEmpty()
                        ? java.util.Optional.empty()
                        : java.util.Optional.of(ObjectRecord.parse(loaded.get().data(), storage.generation()));
            };
            snapshot.forEach(loaded -> {
                ObjectState stored = ObjectRecord.parse(loaded.data(), storage.generation());
                ClassFormat format = formats.of(stored.className());
                ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
                ObjectState back = format.toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED);
                assertThat(ObjectRecord.same(back, stored, storage.generation()))
                        .isTrue();
                assertThat(tree.attribute("_code")).isNull();
                assertThat(tree.attribute("template")).isNull();
                counts[0] += format.sources(tree).size();
                if (Structures.of(stored.className()) instanceof Structure.Node node
                        && node.kind().isTree()) {
                    Set<Oid> below = new HashSet<>();
                    try {
                        BTreeReader.open(loaded.oid(), source, KeyOrder.of(storage.generation()), Structures::of)
                                .forEach(entry -> counts[1]++, below::add);
                        below.remove(loaded.oid());
                        children.addAll(below);
                    } catch (BrokenTreeException e) {
                        broken.add(loaded.oid());
                    }
                }
            });
        }
        assertThat(counts[0]).isPositive();
        // An inner node opened as if it were a root ends in a leaf that has a successor.
        assertThat(children).containsAll(broken);
    }

    @Test
    void zopeRunsAnEditedScript() throws Exception {
        Oracle.assumeZope();
        Path site = Oracle.copyFixture("small", folder.resolve("edited"));
        try (Storage storage = open(site)) {
            try (var transaction =
                    storage.begin(gitzodb.bytes.Bytes.EMPTY, gitzodb.bytes.Bytes.EMPTY, gitzodb.bytes.Bytes.EMPTY)) {
                Snapshot snapshot = transaction.current();
                snapshot.forEach(loaded -> {
                    ObjectRecord record = ObjectRecord.read(loaded.data(), storage.generation());
                    ObjectState stored = record.state();
                    if (new Value.Text("script.py").equals(stored.attribute("id"))) {
                        ClassFormat format = new ScriptFormat(1);
                        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
                        ObjectState edited = Attributes.with(tree, "_body", new Value.Text("return 'edited'\n"));
                        ObjectState now = format.toDatabase(edited, stored, FormatSettings.DEFAULT, States.UNCHANGED);
                        transaction.store(
                                loaded.oid(), loaded.tid(), record.with(now).write(storage.generation()));
                    }
                });
                transaction.vote();
                transaction.finish();
            }
        }
        Oracle.Run run = Oracle.zopeEffect(
                site.resolve("Data.fs"), "--zcml", "none", "call", "/types/script.py", "--args", "[1]");
        assertThat(run.ok().output()).contains("edited");
    }

    private static Storage open(Path site) throws java.io.IOException {
        return FileStorage.open(
                site.resolve("Data.fs"),
                FileStorage.Options.of(InstantSource.system()).withBlobs(site.resolve("blobs")));
    }
}
