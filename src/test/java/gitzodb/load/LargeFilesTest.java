package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.formats.BuiltinFormats;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.tree.FileTree;
import gitzodb.tree.ForwardingTree;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.PdataChunks;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The content of a File object is read piece by piece. */
class LargeFilesTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String FILE = "Application/big.bin";
    private static final byte[] BLOCK = new byte[1 << 20];
    private static final int BLOCKS = 24;

    private final MemoryTree files = new MemoryTree();
    private final MemoryStorage storage =
            new MemoryStorage(Generation.PYTHON3, () -> Instant.parse("2024-02-29T12:34:56Z"));

    /** A tree with a file that cannot be read whole, which ends with a byte of its own. */
    private record Streamed(FileTree tree, int last) implements ForwardingTree {
        @Override
        public Bytes read(String path) throws IOException {
            if (path.equals(FILE)) {
                throw new AssertionError("read whole: " + path);
            }
            return tree.read(path);
        }

        @Override
        public Optional<Bytes> read(String path, int most) throws IOException {
            if (!path.equals(FILE)) {
                return tree.read(path, most);
            }
            assertThat(most).isLessThan(BLOCKS * BLOCK.length);
            return Optional.empty();
        }

        @Override
        public InputStream open(String path) throws IOException {
            if (!path.equals(FILE)) {
                return tree.open(path);
            }
            List<InputStream> blocks = new ArrayList<>(Collections.nCopies(BLOCKS, BLOCK).stream()
                    .map(ByteArrayInputStream::new)
                    .toList());
            blocks.add(new ByteArrayInputStream(new byte[] {(byte) last}));
            return new SequenceInputStream(Collections.enumeration(blocks));
        }

        @Override
        public Optional<FileTree> twin() {
            return Optional.of(this);
        }
    }

    private Optional<ObjectState> state(Oid oid) throws IOException {
        try (Snapshot snapshot = storage.snapshot()) {
            return Optional.of(
                    ObjectRecord.parse(snapshot.load(oid).orElseThrow().data(), Generation.PYTHON3));
        }
    }

    private ObjectState target(Value reference) throws IOException {
        return state(PersistentRef.parse(((Value.PersistentId) reference).id()).oid())
                .orElseThrow();
    }

    @Test
    void becomesAChainOfPiecesWithoutBeingHeld() throws IOException {
        files.put("__self__.zodb.xml", Bytes.utf8(HEAD + """
                <object class="persistent.mapping.PersistentMapping">
                  <dict name="data">
                    <child name="Application"/>
                  </dict>
                </object>
                """));
        files.put("Application.zodb.xml", Bytes.utf8(HEAD + """
                <object class="m.App">
                  <child name="big.bin"/>
                </object>
                """));
        files.put(FILE + ".zodb.xml", Bytes.utf8(HEAD + """
                <object class="OFS.Image.File">
                  <text name="__name__">big.bin</text>
                  <text name="content_type">application/octet-stream</text>
                  <bytes name="data" file="big.bin"/>
                </object>
                """));
        files.put(FILE, Bytes.EMPTY);
        Streamed tree = new Streamed(files, 7);
        ClassFormats formats = BuiltinFormats.formats();
        new FullLoad(tree, formats, TreeSettings.of(Generation.PYTHON3))
                .into(storage, TransactionText.of("ida", "load"));

        PyDict data =
                (PyDict) Objects.requireNonNull(state(Oid.ROOT).orElseThrow().attribute("data"));
        ObjectState app = target(Objects.requireNonNull(data.get("Application")));
        ObjectState file = target(Objects.requireNonNull(app.attribute("big.bin")));
        assertThat(file.attribute("size")).isEqualTo(new Value.Int(BLOCKS * BLOCK.length + 1));
        Value first = Objects.requireNonNull(file.attribute("data"));
        List<Integer> lengths = new ArrayList<>();
        Bytes last = Bytes.EMPTY;
        for (Value next = first; next instanceof Value.PersistentId; ) {
            ObjectState piece = target(next);
            last = ((Value.Binary) Objects.requireNonNull(piece.attribute("data"))).value();
            lengths.add(last.length());
            next = Objects.requireNonNull(piece.attribute("next"));
        }
        assertThat(lengths).isEqualTo(PdataChunks.lengths((long) BLOCKS * BLOCK.length + 1));
        assertThat(last.at(last.length() - 1)).isEqualTo((byte) 7);

        assertThat(StoredContent.equals(first, NaturalFile.of(tree, FILE), this::state))
                .isTrue();
        assertThat(StoredContent.equals(first, NaturalFile.of(new Streamed(files, 8), FILE), this::state))
                .isFalse();
    }
}
