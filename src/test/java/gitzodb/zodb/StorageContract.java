package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every storage does. A test class of a storage implements this. */
public interface StorageContract {
    Oid FIRST = new Oid(1);
    Oid SECOND = new Oid(0x1_0002);
    Oid HIGH = new Oid(0x8000_0000_0000_0001L);

    /** Returns a new storage without any object. */
    Storage create(Generation generation) throws IOException;

    /** Returns a folder for the files of one test. */
    Path folder();

    private static Bytes data(String text) {
        return Bytes.utf8(text);
    }

    private static Tid commit(Storage storage, Map<Oid, String> records) throws IOException {
        try (StorageTransaction transaction = begin(storage);
                Snapshot current = transaction.current()) {
            for (Map.Entry<Oid, String> record : records.entrySet()) {
                Tid base = current.load(record.getKey()).map(LoadedRecord::tid).orElse(Tid.NONE);
                transaction.store(record.getKey(), base, data(record.getValue()));
            }
            transaction.vote();
            return transaction.finish();
        }
    }

    private static StorageTransaction begin(Storage storage) throws IOException {
        return storage.begin(data("/ ida"), data("edit"), Bytes.EMPTY);
    }

    private static String text(Snapshot snapshot, Oid oid) throws IOException {
        return snapshot.load(oid).map(loaded -> loaded.data().latin1()).orElse("-");
    }

    @Test
    default void aNewStorageHasNothing() throws IOException {
        try (Storage storage = create(Generation.PYTHON2);
                Snapshot snapshot = storage.snapshot()) {
            assertThat(storage.generation()).isEqualTo(Generation.PYTHON2);
            assertThat(snapshot.tid()).isEqualTo(Tid.NONE);
            assertThat(snapshot.highestOid()).isEqualTo(Oid.ROOT);
            assertThat(snapshot.load(Oid.ROOT)).isEmpty();
            assertThat(snapshot.transactionsSince(Tid.NONE)).isEmpty();
            snapshot.forEach(loaded -> {
                throw new AssertionError(loaded);
            });
        }
    }

    @Test
    default void aSnapshotStaysWhatItIsWhileOthersWrite() throws IOException {
        try (Storage storage = create(Generation.PYTHON3)) {
            Tid first = commit(storage, Map.of(Oid.ROOT, "root", FIRST, "a"));
            try (Snapshot before = storage.snapshot()) {
                Tid second = commit(storage, Map.of(FIRST, "b", HIGH, "c"));
                try (Snapshot after = storage.snapshot()) {
                    assertThat(second).isGreaterThan(first);
                    assertThat(before.tid()).isEqualTo(first);
                    assertThat(text(before, FIRST)).isEqualTo("a");
                    assertThat(text(before, HIGH)).isEqualTo("-");
                    assertThat(before.highestOid()).isEqualTo(FIRST);
                    assertThat(after.tid()).isEqualTo(second);
                    assertThat(after.load(FIRST)).contains(new LoadedRecord(FIRST, second, data("b")));
                    assertThat(after.load(Oid.ROOT)).contains(new LoadedRecord(Oid.ROOT, first, data("root")));
                    assertThat(after.highestOid()).isEqualTo(HIGH);
                    assertThat(before.transactionsSince(first)).isEmpty();
                }
            }
        }
    }

    @Test
    default void anEarlierStateHasWhatWasThereThen() throws IOException {
        try (Storage storage = create(Generation.PYTHON3)) {
            Tid first = commit(storage, Map.of(Oid.ROOT, "root"));
            Tid second = commit(storage, Map.of(FIRST, "a"));
            Tid third = commit(storage, Map.of(FIRST, "b", SECOND, "c"));
            try (Snapshot now = storage.snapshot();
                    Snapshot then = now.at(second);
                    Snapshot between = now.at(new Tid(third.value() - 1))) {
                assertThat(then.tid()).isEqualTo(second);
                assertThat(between.tid()).isEqualTo(second);
                assertThat(text(then, FIRST)).isEqualTo("a");
                assertThat(text(then, SECOND)).isEqualTo("-");
                assertThat(then.highestOid()).isEqualTo(FIRST);
                List<LoadedRecord> all = new ArrayList<>();
                then.forEach(all::add);
                assertThat(all)
                        .containsExactlyInAnyOrder(
                                new LoadedRecord(Oid.ROOT, first, data("root")),
                                new LoadedRecord(FIRST, second, data("a")));
                assertThat(then.transaction(third)).isEmpty();
                assertThat(then.transactionsSince(first))
                        .map(StoredTransaction::tid)
                        .containsExactly(second);
            }
        }
    }

    @Test
    default void transactionsComeOldestFirstWithTheirObjects() throws IOException {
        try (Storage storage = create(Generation.PYTHON3)) {
            Tid first = commit(storage, Map.of(Oid.ROOT, "root"));
            Tid second = commit(storage, Map.of(HIGH, "a", SECOND, "b", FIRST, "c"));
            Tid third = commit(storage, Map.of(FIRST, "d"));
            try (Snapshot snapshot = storage.snapshot()) {
                List<StoredTransaction> all = snapshot.transactionsSince(Tid.NONE);
                assertThat(all).map(StoredTransaction::tid).containsExactly(first, second, third);
                assertThat(all.get(1).oids()).containsExactly(FIRST, SECOND, HIGH);
                assertThat(all.get(1).info())
                        .isEqualTo(new TransactionInfo(second, data("/ ida"), data("edit"), Bytes.EMPTY));
                assertThat(all).map(StoredTransaction::hash).doesNotHaveDuplicates();
                assertThat(snapshot.transaction(second)).contains(all.get(1));
                assertThat(snapshot.transactionsSince(first)).isEqualTo(all.subList(1, 3));
                assertThat(snapshot.transaction(new Tid(first.value() - 1))).isEmpty();
            }
        }
    }

    @Test
    default void anObjectThatChangedMeanwhileIsAConflict() throws IOException {
        try (Storage storage = create(Generation.PYTHON3)) {
            Tid first = commit(storage, Map.of(Oid.ROOT, "root"));
            commit(storage, Map.of(Oid.ROOT, "changed"));
            try (StorageTransaction transaction = begin(storage)) {
                for (Tid base : List.of(first, Tid.NONE)) {
                    assertThatThrownBy(() -> transaction.store(Oid.ROOT, base, data("x")))
                            .isInstanceOfSatisfying(
                                    ConflictException.class,
                                    e -> assertThat(e.oid()).isEqualTo(Oid.ROOT));
                }
                assertThatThrownBy(() -> transaction.store(FIRST, first, data("x")))
                        .isInstanceOf(ConflictException.class);
            }
        }
    }

    @Test
    default void closingWithoutFinishTakesEverythingBack() throws IOException {
        Path content = Files.writeString(folder().resolve("content"), "blob");
        try (Storage storage = create(Generation.PYTHON3)) {
            Tid first = commit(storage, Map.of(Oid.ROOT, "root"));
            try (StorageTransaction transaction = begin(storage)) {
                transaction.storeBlob(FIRST, Tid.NONE, data("x"), content);
                transaction.vote();
            }
            try (StorageTransaction transaction = begin(storage)) {
                transaction.store(SECOND, Tid.NONE, data("y"));
            }
            try (Snapshot snapshot = storage.snapshot()) {
                assertThat(snapshot.tid()).isEqualTo(first);
                assertThat(text(snapshot, FIRST)).isEqualTo("-");
            }
            commit(storage, Map.of(FIRST, "z"));
        }
    }

    @Test
    default void onlyOneWritesAtATime() throws IOException {
        try (Storage storage = create(Generation.PYTHON3)) {
            try (StorageTransaction transaction = begin(storage)) {
                transaction.store(Oid.ROOT, Tid.NONE, data("root"));
                assertThatThrownBy(() -> begin(storage)).isInstanceOf(StorageBusyException.class);
                transaction.vote();
                transaction.finish();
            }
            begin(storage).close();
        }
    }

    @Test
    default void aBlobIsFoundByItsRevision() throws IOException {
        Path content = Files.writeString(folder().resolve("content"), "blob");
        Path empty = Files.createFile(folder().resolve("empty"));
        try (Storage storage = create(Generation.PYTHON3)) {
            Tid tid;
            try (StorageTransaction transaction = begin(storage)) {
                transaction.storeBlob(FIRST, Tid.NONE, data("x"), content);
                transaction.storeBlob(HIGH, Tid.NONE, data("y"), empty);
                transaction.vote();
                tid = transaction.finish();
            }
            try (Snapshot snapshot = storage.snapshot()) {
                assertThat(snapshot.blob(FIRST, tid).orElseThrow()).hasContent("blob");
                assertThat(snapshot.blob(HIGH, tid).orElseThrow()).isEmptyFile();
                assertThat(snapshot.blob(FIRST, new Tid(tid.value() + 1))).isEmpty();
                assertThat(snapshot.blob(SECOND, tid)).isEmpty();
            }
            assertThat(content).hasContent("blob");
        }
    }

    @Test
    default void aTransactionGoesFromStoreToVoteToFinish() throws IOException {
        try (Storage storage = create(Generation.PYTHON3);
                StorageTransaction transaction = begin(storage)) {
            transaction.store(Oid.ROOT, Tid.NONE, data("root"));
            assertThatThrownBy(transaction::finish).isInstanceOf(IllegalStateException.class);
            transaction.vote();
            assertThatThrownBy(() -> transaction.store(FIRST, Tid.NONE, data("x")))
                    .isInstanceOf(IllegalStateException.class);
            transaction.finish();
            assertThatThrownBy(transaction::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void aTextThatIsTooLongIsAWrongCall() throws IOException {
        try (Storage storage = create(Generation.PYTHON3)) {
            assertThatThrownBy(() -> storage.begin(Bytes.EMPTY, Bytes.wrap(new byte[65_536]), Bytes.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
