package gitzodb.filestorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageContract;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileStorageTest implements StorageContract {
    private static final FileStorage.Options OPTIONS =
            FileStorage.Options.of(() -> Instant.parse("2024-02-29T12:34:56Z"));

    @TempDir
    private Path temp;

    private int count;

    @Override
    public Storage create(Generation generation) throws IOException {
        return FileStorage.create(temp.resolve("Data" + count++ + ".fs"), generation, OPTIONS);
    }

    @Override
    public Path folder() {
        return temp;
    }

    private static Tid commit(Storage storage, Oid oid, Bytes data) throws IOException {
        try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.utf8("edit"), Bytes.EMPTY);
                Snapshot current = transaction.current()) {
            transaction.store(oid, current.load(oid).map(LoadedRecord::tid).orElse(Tid.NONE), data);
            transaction.vote();
            return transaction.finish();
        }
    }

    private static Tid commit(Storage storage, int oid, String data) throws IOException {
        return commit(storage, new Oid(oid), Bytes.utf8(data));
    }

    private static List<StoredTransaction> history(Path dataFs) throws IOException {
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS);
                Snapshot snapshot = storage.snapshot()) {
            return snapshot.transactionsSince(Tid.NONE);
        }
    }

    @Test
    void writesAFreshDatabaseByteForByteAsZodbDoes() throws IOException {
        Bytes root = Bytes.parseHex(
                "80036370657273697374656e742e6d617070696e670a50657273697374656e744d617070696e670a71002e8003"
                        + "7d710158040000006461746171027d7103732e");
        Path dataFs = temp.resolve("Data.fs");
        Tid tid = Tid.read(Bytes.parseHex("040d275e5a4f5a33"));
        Instant time = gitzodb.zodb.TidClock.time(tid).plusNanos(14);
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, FileStorage.Options.of(() -> time));
                StorageTransaction transaction =
                        storage.begin(Bytes.EMPTY, Bytes.utf8("initial database creation"), Bytes.EMPTY)) {
            transaction.store(Oid.ROOT, Tid.NONE, root);
            transaction.vote();
            transaction.finish();
        }

        assertThat(Bytes.wrap(Files.readAllBytes(dataFs)).hex())
                .isEqualTo(
                        "46533330040d275e5a4f5a33000000000000009a20000000190000696e697469616c206461746162617365206372"
                                + "656174696f6e0000000000000000040d275e5a4f5a3300000000000000000000000000000004000000000000000000"
                                + "4080036370657273697374656e742e6d617070696e670a50657273697374656e744d617070696e670a71002e80037d"
                                + "710158040000006461746171027d7103732e000000000000009a");
    }

    @Test
    void createRefusesAnExistingFile() throws IOException {
        Path dataFs = Files.writeString(temp.resolve("Data.fs"), "mine");

        assertThatThrownBy(() -> FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("Data.fs");
        assertThat(dataFs).hasContent("mine");
    }

    @Test
    void aTornTailIsNotThereWhereverItIsCut() throws IOException {
        Path dataFs = temp.resolve("Data.fs");
        long before;
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS)) {
            commit(storage, 0, "root");
            commit(storage, 1, "a");
            before = Files.size(dataFs);
            commit(storage, 1, "last");
        }
        List<StoredTransaction> whole = history(dataFs);
        byte[] bytes = Files.readAllBytes(dataFs);
        for (long cut = before; cut < bytes.length; cut++) {
            Path torn = temp.resolve("torn.fs");
            Files.write(torn, java.util.Arrays.copyOf(bytes, (int) cut));

            assertThat(history(torn)).as("cut at %d", cut).isEqualTo(whole.subList(0, 2));
            assertThat(torn).as("cut at %d", cut).hasSize(cut);
        }
    }

    @Test
    void aTornTailIsSavedAndCutBeforeWriting() throws IOException {
        Path dataFs = temp.resolve("Data.fs");
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS)) {
            commit(storage, 0, "root");
        }
        Files.writeString(temp.resolve("Data.fs.tr0"), "an earlier one");
        Files.writeString(dataFs, "half of a transaction", StandardOpenOption.APPEND);

        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS)) {
            commit(storage, 1, "a");
        }
        assertThat(history(dataFs)).hasSize(2);
        assertThat(temp.resolve("Data.fs.tr0")).hasContent("an earlier one");
        assertThat(temp.resolve("Data.fs.tr1")).hasContent("half of a transaction");
    }

    @Test
    void killedAfterAnyStepTheTransactionIsThereWholeOrNotAtAll() throws IOException {
        Path dataFs = Files.createDirectory(temp.resolve("site")).resolve("Data.fs");
        Path content = Files.writeString(temp.resolve("content"), "blob");
        Map<WriteStep, Path> killed = new EnumMap<>(WriteStep.class);
        Tid tid;
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS)) {
            commit(storage, 0, "root");
            storage.watch(step -> {
                Path copy = temp.resolve(step.name());
                gitzodb.oracle.Oracle.copy(dataFs.resolveSibling(""), copy);
                killed.put(step, copy.resolve("Data.fs"));
            });
            try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
                transaction.storeBlob(new Oid(1), Tid.NONE, Bytes.utf8("x"), content);
                transaction.vote();
                tid = transaction.finish();
            }
        }

        assertThat(killed).containsOnlyKeys(WriteStep.values());
        for (Map.Entry<WriteStep, Path> site : killed.entrySet()) {
            WriteStep step = site.getKey();
            boolean there = step.compareTo(WriteStep.STATUS_WRITTEN) >= 0;
            assertThat(history(site.getValue())).as("%s", step).hasSize(there ? 2 : 1);
            try (FileStorage storage = FileStorage.open(site.getValue(), OPTIONS)) {
                Tid next = commit(storage, 2, "next");
                try (Snapshot snapshot = storage.snapshot()) {
                    assertThat(snapshot.load(new Oid(1)).isPresent())
                            .as("%s", step)
                            .isEqualTo(there);
                    assertThat(snapshot.load(new Oid(2))).as("%s", step).isPresent();
                    assertThat(snapshot.tid()).isEqualTo(next);
                    if (there) {
                        assertThat(snapshot.blob(new Oid(1), tid).orElseThrow()).hasContent("blob");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WriteStep.class)
    void aFailureAtAnyStepIsTakenBack(WriteStep failing) throws IOException {
        Path dataFs = temp.resolve("Data.fs");
        Path content = Files.writeString(temp.resolve("content"), "blob");
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS)) {
            commit(storage, 0, "root");
            byte[] before = Files.readAllBytes(dataFs);
            storage.watch(step -> {
                if (step == failing) {
                    throw new IOException("disk full");
                }
            });

            assertThatThrownBy(() -> {
                        try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
                            transaction.storeBlob(new Oid(1), Tid.NONE, Bytes.utf8("x"), content);
                            transaction.vote();
                            transaction.finish();
                        }
                    })
                    .hasMessage("disk full");

            assertThat(dataFs).hasBinaryContent(before);
            storage.watch(step -> {});
            commit(storage, 1, "again");
        }
    }

    @Test
    void aLargeTransactionGoesThroughAFile() throws IOException {
        Path dataFs = temp.resolve("Data.fs");
        SplittableRandom random = new SplittableRandom(7);
        byte[][] data = new byte[40][];
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS)) {
            try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
                for (int i = 0; i < data.length; i++) {
                    data[i] = new byte[i == 20 ? 5_000_000 : 1 + random.nextInt(300_000)];
                    random.nextBytes(data[i]);
                    transaction.store(new Oid(i), Tid.NONE, Bytes.wrap(data[i]));
                }
                transaction.vote();
                transaction.finish();
            }
            try (Snapshot snapshot = storage.snapshot()) {
                for (int i = 0; i < data.length; i++) {
                    assertThat(snapshot.load(new Oid(i)).orElseThrow().data()).isEqualTo(Bytes.wrap(data[i]));
                }
            }
        }
        assertThat(temp.resolve("Data.fs.tmp")).doesNotExist();
    }

    @Test
    void aPackedFileTakesThePlaceOfTheOldOneForNewSnapshotsOnly() throws IOException {
        Path dataFs = temp.resolve("Data.fs");
        Path packed = temp.resolve("Other.fs");
        try (FileStorage other = FileStorage.create(packed, Generation.PYTHON3, OPTIONS)) {
            commit(other, 0, "packed");
        }
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON3, OPTIONS)) {
            commit(storage, 0, "old");
            try (Snapshot old = storage.snapshot()) {
                Files.move(dataFs, temp.resolve("Data.fs.old"));
                Files.move(packed, dataFs);
                try (Snapshot fresh = storage.snapshot()) {
                    assertThat(fresh.load(Oid.ROOT).orElseThrow().data().latin1())
                            .isEqualTo("packed");
                    assertThat(old.load(Oid.ROOT).orElseThrow().data().latin1()).isEqualTo("old");
                }
            }
        }
    }

    @Test
    void anEmptyFileIsADatabase() throws IOException {
        Path dataFs = Files.createFile(temp.resolve("Data.fs"));
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS)) {
            assertThat(storage.generation()).isEqualTo(Generation.PYTHON3);
            commit(storage, 0, "root");
        }
        assertThat(history(dataFs)).hasSize(1);
    }
}
