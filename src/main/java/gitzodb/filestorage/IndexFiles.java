package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/** Finds an index that fits a file: that of ZODB, or one of our own. Either is believed only after a check. */
final class IndexFiles {
    /** An index of our own is written when a scan had to read this much more than the index at hand knew. */
    private static final long WORTH_WRITING = 1 << 20;

    private static final int CHECKED_RECORDS = 5;
    private static final int CHECKED_TRANSACTIONS = 100;

    private IndexFiles() {}

    /** Returns what the furthest index that can be believed knows; {@link LogState#START} if there is none. */
    static LogState best(DataFile file, Window window, Optional<Path> own) throws IOException {
        LogState best = LogState.START;
        if (own.isPresent()) {
            best = read(own.get(), file, window, true).orElse(best);
        }
        Path zodb = FileNames.index(file.path());
        return read(zodb, file, window, false).filter(better(best)).orElse(best);
    }

    private static java.util.function.Predicate<LogState> better(LogState best) {
        return state -> state.end() > best.end();
    }

    /** Keeps an index of our own where that saves the next reader a scan. */
    static void keep(DataFile file, LogState known, LogState now, Optional<Path> own) throws IOException {
        if (own.isEmpty() || now.end() - known.end() < WORTH_WRITING) {
            return;
        }
        Path target = own.get();
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "index", ".tmp");
        try {
            Files.write(fresh, new IndexFile(now.end(), now.index(), mark(file, now.lastTid())).write());
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Optional<LogState> read(Path path, DataFile file, Window window, boolean own) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) > window.end() + Short.MAX_VALUE) {
            return Optional.empty();
        }
        Optional<IndexFile> read = IndexFile.parse(Files.readAllBytes(path));
        boolean replaced = !file.identity().equals(DataFile.identity(file.path()));
        if (read.isEmpty() || replaced) {
            return Optional.empty();
        }
        IndexFile index = read.get();
        Optional<LogState> state = check(index, window);
        return own ? state.filter(known -> index.mark().equals(mark(file, known.lastTid()))) : state;
    }

    private static Bytes mark(DataFile file, Tid lastTid) {
        return Bytes.utf8("git-zodb 1 " + lastTid + " " + file.identity());
    }

    /** Walks back over the last transactions that the index knows and looks whether records are where it says. */
    private static Optional<LogState> check(IndexFile index, Window window) throws IOException {
        long end = index.position();
        if (end <= DataFile.MAGIC_SIZE || end > window.end()) {
            return Optional.empty();
        }
        LogReader reader = new LogReader(window);
        LongHashSet seen = new LongHashSet();
        Tid lastTid = Tid.NONE;
        try {
            long at = end;
            for (int i = 0;
                    i < CHECKED_TRANSACTIONS && at > DataFile.MAGIC_SIZE && seen.size() < CHECKED_RECORDS;
                    i++) {
                TransactionHeader header = reader.transactionBefore(at);
                at = header.position();
                if (header.status() == TransactionHeader.VOID) {
                    continue;
                }
                if (lastTid.equals(Tid.NONE)) {
                    lastTid = new Tid(header.tid());
                }
                if (!agrees(header, reader, index.index(), seen)) {
                    return Optional.empty();
                }
            }
        } catch (CorruptStorageException e) {
            return Optional.empty();
        }
        return lastTid.equals(Tid.NONE) ? Optional.empty() : Optional.of(new LogState(index.index(), end, lastTid));
    }

    private static boolean agrees(TransactionHeader header, LogReader reader, OidIndex index, LongHashSet seen)
            throws IOException {
        LongHashSet here = new LongHashSet();
        for (long at = header.records(); at < header.recordsEnd(); ) {
            RecordHeader record = reader.record(at, header);
            long position = index.position(record.oid());
            boolean last = position == at;
            boolean later = position > at && (seen.contains(record.oid()) || position < header.recordsEnd());
            if (!last && !later) {
                return false;
            }
            here.add(record.oid());
            at = record.end();
            if (seen.size() + here.size() >= CHECKED_RECORDS) {
                break;
            }
        }
        seen.addAll(here);
        return true;
    }
}
