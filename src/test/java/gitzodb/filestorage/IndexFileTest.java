package gitzodb.filestorage;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {
    private static final long SEED = 42;

    @TempDir
    private Path temp;

    private static IndexFile read(byte[] bytes) {
        return IndexFile.parse(bytes).orElseThrow();
    }

    @Test
    void readsBackWhatItWrites() {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<Long, Long> expected = new TreeMap<>(Long::compareUnsigned);
        OidIndex.Builder builder = OidIndex.EMPTY.builder();
        for (int i = 0; i < 5000; i++) {
            long oid = random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(70_000);
            expected.put(oid, 4 + random.nextLong(1L << 40));
            builder.put(oid, expected.get(oid));
            if (i % 500 == 0) {
                builder = builder.build().builder();
            }
        }
        IndexFile written = new IndexFile(1L << 41, builder.build(), Bytes.utf8("mark"));

        IndexFile index = read(written.write());

        assertThat(index.position()).isEqualTo(1L << 41);
        assertThat(index.mark()).isEqualTo(Bytes.utf8("mark"));
        assertThat(index.index().oids())
                .containsExactly(
                        expected.keySet().stream().mapToLong(Long::longValue).toArray());
        expected.forEach((oid, position) -> assertThat(index.index().position(oid))
                .as("seed %d, oid %x", SEED, oid)
                .isEqualTo(position));
    }

    @Test
    void readsTheFormsOfBothPythons() {
        String block = "\0\1" + "\0\2" + "\0\0\0\0\0d" + "\0\0\0\0\1\0";
        String prefix = "\0\0\0\0\0\0";
        String python3 = "\u0080\3M\u00ff\u00ff.\u0080\3C\6" + prefix + "C\u0010" + block + "\u0086.\u0080\3N.";
        String python2 = "I65535\n.(U\6" + prefix + "T\u0010\0\0\0" + block + "t.N.";
        for (String form : new String[] {python3, python2}) {
            IndexFile index = read(form.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(index.position()).isEqualTo(65535);
            assertThat(index.index().position(1)).isEqualTo(100);
            assertThat(index.index().position(2)).isEqualTo(256);
        }
    }

    @Test
    void anythingElseIsNoIndex() {
        byte[] whole = new IndexFile(1000, sample(), Bytes.EMPTY).write();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            boolean withoutMark = length == whole.length - 5;
            assertThat(IndexFile.parse(cut).isPresent()).as("cut at %d", length).isEqualTo(withoutMark);
        }
        String hostile = "\u0080\3cos\nsystem\nC\6whoami\u0085R.";
        assertThat(IndexFile.parse(hostile.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
        assertThat(IndexFile.parse(new IndexFile(50, sample(), Bytes.EMPTY).write()))
                .isEmpty();
    }

    private static OidIndex sample() {
        OidIndex.Builder builder = OidIndex.EMPTY.builder();
        builder.put(1, 100);
        builder.put(0x1_0000, 200);
        return builder.build();
    }

    @Test
    void anIndexOfOurOwnIsWrittenAfterALongScanAndBelievedForThatFileOnly() throws IOException {
        Path dataFs = temp.resolve("Data.fs");
        Path own = temp.resolve("cache/index");
        FileStorage.Options options =
                FileStorage.Options.of(InstantSource.system()).withIndex(own);
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, options);
                StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            for (int i = 0; i < 600; i++) {
                transaction.store(new Oid(i), Tid.NONE, Bytes.wrap(new byte[2000]));
            }
            transaction.vote();
            transaction.finish();
        }
        assertThat(own).doesNotExist();
        FileStorage.open(dataFs, options).close();
        assertThat(read(Files.readAllBytes(own)).position()).isEqualTo(Files.size(dataFs));
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(own, old);

        FileStorage.open(dataFs, options).close();
        assertThat(Files.getLastModifiedTime(own)).isEqualTo(old);

        Path copy = Files.copy(dataFs, temp.resolve("Copy.fs"));
        try (FileStorage storage = FileStorage.open(copy, options);
                Snapshot snapshot = storage.snapshot()) {
            assertThat(snapshot.load(new Oid(599))).isPresent();
        }
        assertThat(Files.getLastModifiedTime(own)).isGreaterThan(old);
    }
}
