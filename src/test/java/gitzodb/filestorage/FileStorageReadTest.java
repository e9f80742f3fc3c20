package gitzodb.filestorage;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import gitzodb.pickle.Generation;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ZODB itself reads from a database, read here. */
class FileStorageReadTest {
    private static final String LIST_OBJECTS = """
            import hashlib, sys
            from ZODB.FileStorage import FileStorage
            from ZODB.utils import load_current, u64, p64
            from ZODB.POSException import POSKeyError
            s = FileStorage(sys.argv[1], read_only=True)
            before = p64(int(sys.argv[2], 16) + 1) if len(sys.argv) > 2 else None
            for oid in sorted(s._index):
                try:
                    found = s.loadBefore(oid, before)[:2] if before else load_current(s, oid)[:2]
                except (POSKeyError, TypeError):
                    continue
                print(oid.hex(), found[1].hex(), hashlib.sha256(found[0]).hexdigest())
            """;
    private static final String LIST_TRANSACTIONS = """
            import sys
            from ZODB.FileStorage import FileIterator
            for t in FileIterator(sys.argv[1]):
                print(t.tid.hex(), t.user.hex(), t.description.hex(),
                      ",".join(sorted(set(r.oid.hex() for r in t))))
            """;

    @TempDir
    private Path temp;

    private Path dataFs = Path.of("");

    @BeforeEach
    void copySite() throws IOException {
        Oracle.assumeOraclePython();
        dataFs = Oracle.copyFixture("small", temp.resolve("site")).resolve("Data.fs");
    }

    private FileStorage open() throws IOException {
        return FileStorage.open(dataFs, FileStorage.Options.of(InstantSource.system()));
    }

    private static List<String> list(Snapshot snapshot) throws IOException {
        List<String> lines = new ArrayList<>();
        snapshot.forEach(loaded -> lines.add(line(loaded)));
        lines.sort(null);
        return lines;
    }

    private static String line(LoadedRecord loaded) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(loaded.data().toArray());
            return loaded.oid().bytes().hex() + " " + loaded.tid().hex() + " "
                    + "%064x".formatted(new BigInteger(1, hash));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsEveryObjectAsZodbDoes() throws IOException {
        List<String> expected = Oracle.python(LIST_OBJECTS, dataFs.toString())
                .ok()
                .output()
                .lines()
                .toList();

        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            assertThat(storage.generation()).isEqualTo(Generation.PYTHON3);
            assertThat(list(snapshot)).hasSizeGreaterThan(1000).isEqualTo(expected);
            List<String> loaded = new ArrayList<>();
            for (String text : expected) {
                Oid oid = new Oid(Long.parseUnsignedLong(text.substring(0, 16), 16));
                loaded.add(line(snapshot.load(oid).orElseThrow()));
            }
            assertThat(loaded).isEqualTo(expected);
        }
    }

    @Test
    void readsTheSameWithoutAnyIndex() throws IOException {
        List<String> indexed;
        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            indexed = list(snapshot);
        }
        Files.delete(FileNames.index(dataFs));

        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            assertThat(list(snapshot)).isEqualTo(indexed);
        }
    }

    @Test
    void readsEachTransactionAsZodbDoes() throws IOException {
        List<String> expected = Oracle.python(LIST_TRANSACTIONS, dataFs.toString())
                .ok()
                .output()
                .lines()
                .toList();

        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            List<StoredTransaction> transactions = snapshot.transactionsSince(Tid.NONE);
            assertThat(transactions).map(FileStorageReadTest::line).isEqualTo(expected);
            StoredTransaction fifth = transactions.get(4);
            assertThat(snapshot.transaction(fifth.tid())).contains(fifth);
            assertThat(snapshot.transaction(new Tid(fifth.tid().value() + 1))).isEqualTo(Optional.empty());
            assertThat(snapshot.transactionsSince(fifth.tid())).isEqualTo(transactions.subList(5, transactions.size()));
        }
    }

    private static String line(StoredTransaction transaction) {
        List<String> oids =
                transaction.oids().stream().map(oid -> oid.bytes().hex()).toList();
        return transaction.tid().hex() + " " + transaction.info().user().hex() + " "
                + transaction.info().description().hex() + " " + String.join(",", oids);
    }

    @Test
    void readsEachEarlierStateAsZodbDoes() throws IOException {
        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            List<StoredTransaction> transactions = snapshot.transactionsSince(Tid.NONE);
            for (int i : new int[] {0, 7, transactions.size() - 3}) {
                Tid tid = transactions.get(i).tid();
                List<String> expected = Oracle.python(LIST_OBJECTS, dataFs.toString(), tid.hex())
                        .ok()
                        .output()
                        .lines()
                        .toList();
                try (Snapshot earlier = snapshot.at(tid)) {
                    assertThat(earlier.tid()).isEqualTo(tid);
                    assertThat(list(earlier)).isNotEmpty().isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void findsTheBlobOfARevision() throws IOException {
        try (FileStorage storage = open();
                Snapshot snapshot = storage.snapshot()) {
            List<Long> sizes = new ArrayList<>();
            snapshot.forEach(loaded -> {
                if (loaded.data().latin1().startsWith("\u0080\u0003cZODB.blob\n")) {
                    sizes.add(
                            Files.size(snapshot.blob(loaded.oid(), loaded.tid()).orElseThrow()));
                }
            });
            assertThat(sizes).contains(0L, 1_000L, 3_000_000L);
        }
    }
}
