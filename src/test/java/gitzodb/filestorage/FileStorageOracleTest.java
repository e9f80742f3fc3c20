package gitzodb.filestorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.oracle.Oracle;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageBusyException;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sharing a file with ZODB, and damage made by somebody else. */
class FileStorageOracleTest {
    private static final FileStorage.Options OPTIONS = FileStorage.Options.of(InstantSource.system());
    private static final Bytes BLOB = Bytes.wrap(
            "\u0080\u0003cZODB.blob\nBlob\nq\0.\u0080\u0003N.".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

    @TempDir
    private Path temp;

    private Path dataFs = Path.of("");

    @BeforeEach
    void copySite() throws IOException {
        Oracle.assumeOraclePython();
        dataFs = Oracle.copyFixture("small", temp.resolve("site")).resolve("Data.fs");
    }

    /** Writes the root once more, and a blob that nothing refers to. */
    private Tid write() throws IOException {
        Path content = temp.resolve("content");
        Files.writeString(content, "blob");
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS);
                StorageTransaction transaction = storage.begin(Bytes.utf8("/ ida"), Bytes.utf8("again"), Bytes.EMPTY);
                Snapshot current = transaction.current()) {
            LoadedRecord root = current.load(Oid.ROOT).orElseThrow();
            transaction.store(Oid.ROOT, root.tid(), root.data());
            transaction.storeBlob(current.highestOid().next(), Tid.NONE, BLOB, content);
            transaction.vote();
            return transaction.finish();
        }
    }

    @Test
    void zodbAcceptsWhatWasWrittenAndItsOldIndexStaysValid() throws IOException {
        byte[] index = Files.readAllBytes(FileNames.index(dataFs));
        Tid tid = write();

        assertThat(FileNames.index(dataFs)).hasBinaryContent(index);
        Oracle.checkfs(dataFs, dataFs.resolveSibling("blobs")).ok();
        assertThat(Oracle.liveEdit(dataFs, "tid").ok().output().strip()).contains(tid.hex());
        Oracle.compare(dataFs, Oracle.shared().resolve("fixtures/small/Data.fs"))
                .ok();
    }

    @Test
    void zodbEditsAfterUsAndWeReadItsEdit() throws IOException {
        Tid tid = write();
        Oracle.liveEdit(dataFs, "--plain", "raw-attr", "", "note", "'edited'").ok();

        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS);
                Snapshot snapshot = storage.snapshot()) {
            List<StoredTransaction> since = snapshot.transactionsSince(tid);
            assertThat(since).hasSize(1);
            assertThat(since.getFirst().oids()).containsExactly(Oid.ROOT);
        }
        Oracle.checkfs(dataFs, dataFs.resolveSibling("blobs")).ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bushy", "lawn"})
    void zodbReadsOurBlobsAndWeReadIts(String layout) throws IOException {
        dataFs = temp.resolve(layout + ".fs");
        Path blobs = temp.resolve("blobs-" + layout);
        Oracle.python("""
                        import sys, transaction, ZODB
                        from ZODB.blob import Blob, BlobStorage
                        from ZODB.FileStorage import FileStorage
                        db = ZODB.DB(BlobStorage(sys.argv[2], FileStorage(sys.argv[1]), layout=sys.argv[3]))
                        with db.transaction() as c:
                            c.root()['blob'] = Blob(b'of zodb')
                        db.close()
                        """, dataFs.toString(), blobs.toString(), layout).ok();
        Path content = Files.writeString(temp.resolve("content"), "of ours");
        Tid tid;
        Oid oid;
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS.withBlobs(blobs));
                StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
                Snapshot current = transaction.current()) {
            oid = current.highestOid();
            LoadedRecord blob = current.load(oid).orElseThrow();
            assertThat(current.blob(oid, blob.tid()).orElseThrow()).hasContent("of zodb");
            transaction.storeBlob(oid, blob.tid(), blob.data(), content);
            transaction.vote();
            tid = transaction.finish();
        }

        String read = Oracle.python("""
                        import sys, ZODB, os, stat
                        from ZODB.blob import BlobStorage
                        from ZODB.FileStorage import FileStorage
                        db = ZODB.DB(BlobStorage(sys.argv[2], FileStorage(sys.argv[1]), layout=sys.argv[3]))
                        blob = db.open().root()['blob']
                        print(blob.open('r').read(), oct(os.stat(blob.committed()).st_mode & 0o333))
                        """, dataFs.toString(), blobs.toString(), layout)
                .ok()
                .output();
        assertThat(read).isEqualTo("b'of ours' 0o0\n");
        assertThat(tid).isGreaterThan(Tid.NONE);
        Oracle.checkfs(dataFs, blobs).ok();
    }

    @Test
    void whileZodbWritesNobodyElseDoesButEverybodyReads() throws Exception {
        Process holder = Oracle.startLiveEdit(dataFs, "--plain", "--hold", "20", "raw-attr", "", "note", "'x'");
        try (BufferedReader output = holder.inputReader();
                FileStorage storage = FileStorage.open(dataFs, OPTIONS)) {
            assertThat(output.readLine()).isEqualTo("holding");

            assertThatThrownBy(() -> storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY))
                    .isInstanceOf(StorageBusyException.class)
                    .hasMessageContaining("process " + holder.pid())
                    .hasMessageContaining("ZEO");
            try (Snapshot snapshot = storage.snapshot()) {
                assertThat(snapshot.load(Oid.ROOT)).isPresent();
            }
        } finally {
            holder.destroyForcibly().waitFor();
        }
        write();
    }

    @Test
    void whileWeWriteZodbDoesNot() throws IOException {
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS);
                StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            transaction.vote();
            assertThat(Oracle.liveEdit(dataFs, "--plain", "raw-attr", "", "note", "'x'")
                            .exit())
                    .isEqualTo(3);
        }
        Oracle.liveEdit(dataFs, "--plain", "raw-attr", "", "note", "'x'").ok();
    }

    @Test
    void aPackKeepsTheHashOfTransactionsItCopies() throws IOException {
        Tid tid = write();
        try (FileStorage storage = FileStorage.open(dataFs, OPTIONS);
                Snapshot before = storage.snapshot()) {
            StoredTransaction last = before.transaction(tid).orElseThrow();
            Oracle.python(
                            """
                            import sys, time
                            from ZODB.FileStorage import FileStorage
                            from ZODB.serialize import referencesf
                            s = FileStorage(sys.argv[1])
                            s.pack(float(sys.argv[2]), referencesf, gc=False)
                            s.close()
                            """,
                            dataFs.toString(),
                            Long.toString(gitzodb.zodb.TidClock.time(tid).getEpochSecond() - 1))
                    .ok();
            try (Snapshot packed = storage.snapshot()) {
                assertThat(packed.transaction(tid)).contains(last);
                packed.forEach(loaded -> assertThat(before.load(loaded.oid())).contains(loaded));
                assertThat(before.transaction(tid)).contains(last);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backpointer-cycle",
                "backpointer-future",
                "backpointer-other-oid",
                "backpointer-self",
                "bad-backpointer",
                "bad-magic",
                "bad-tlen",
                "bad-tloc",
                "bad-trailer",
                "bad-ulen",
                "huge-tlen",
                "plen-huge",
                "plen-off",
                "prev-cycle",
                "status-c-middle",
                "status-unknown",
                "tid-mismatch",
                "tid-order",
                "tiny-tlen",
                "truncate-magic",
                "vlen",
                "lost-page"
            })
    void damageIsNamedWithFileAndPosition(String mode) throws IOException {
        for (int seed = 1; seed <= 3; seed++) {
            Path damaged = temp.resolve(mode + seed + ".fs");
            Oracle.Run made = Oracle.corrupt(dataFs, mode, seed, damaged).ok();

            assertThatThrownBy(() -> readAll(damaged))
                    .as(made.output())
                    .isInstanceOf(CorruptStorageException.class)
                    .hasMessageContaining(damaged + ", byte ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncate-last", "truncate-header", "status-c", "junk-tail", "zero-tail"})
    void whatACrashLeavesBehindIsNotThere(String mode) throws IOException {
        Path damaged = temp.resolve("damaged.fs");
        Oracle.Run made = Oracle.corrupt(dataFs, mode, 1, damaged).ok();

        List<StoredTransaction> whole = readAll(dataFs);
        List<StoredTransaction> left = readAll(damaged);
        assertThat(left).as(made.output()).isEqualTo(whole.subList(0, left.size()));
        assertThat(left.size()).isGreaterThanOrEqualTo(whole.size() - 1);
    }

    private static List<StoredTransaction> readAll(Path file) throws IOException {
        try (FileStorage storage = FileStorage.open(file, OPTIONS);
                Snapshot snapshot = storage.snapshot()) {
            snapshot.forEach(loaded -> {});
            return snapshot.transactionsSince(Tid.NONE);
        }
    }
}
