package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file up to the end of one transaction. An earlier state of it reads the same records, and skips what is later. */
final class FileSnapshot implements Snapshot {
    private final DataFile file;
    private final LogState log;
    private final Tid tid;
    private final BlobFolder blobs;
    private final LogReader reader;
    private final TransactionLog transactions;
    private boolean open;

    /** @param open true if this snapshot holds the file and lets go of it when closed */
    private FileSnapshot(DataFile file, LogState log, Tid tid, BlobFolder blobs, boolean open) {
        this.file = file;
        this.log = log;
        this.tid = tid;
        this.blobs = blobs;
        this.open = open;
        this.reader = new LogReader(new Window(file, log.end(), Window.SMALL));
        this.transactions = new TransactionLog(reader, log.end());
    }

    /** Opens the newest state; it holds the file until it is closed. */
    static FileSnapshot open(DataFile file, LogState log, BlobFolder blobs) {
        return new FileSnapshot(file.hold(), log, log.lastTid(), blobs, true);
    }

    @Override
    public Tid tid() {
        return tid;
    }

    @Override
    public Optional<LoadedRecord> load(Oid oid) throws IOException {
        RecordHeader revision = revision(reader, oid);
        Bytes data = revision == null ? null : reader.data(revision);
        return revision == null || data == null
                ? Optional.empty()
                : Optional.of(new LoadedRecord(oid, new Tid(revision.tid()), data));
    }

    /** Returns the newest record of an object that is not later than this snapshot. */
    private @Nullable RecordHeader revision(LogReader from, Oid oid) throws IOException {
        long position = log.index().position(oid.value());
        RecordHeader later = null;
        while (position != 0) {
            RecordHeader record = from.revision(position, oid);
            if (later != null && Long.compareUnsigned(record.tid(), later.tid()) >= 0) {
                throw from.corrupt(
                        position, "this revision of " + oid + " is not earlier than the one that follows it");
            }
            if (Long.compareUnsigned(record.tid(), tid.value()) <= 0) {
                return record;
            }
            later = record;
            position = record.previous();
        }
        return null;
    }

    @Override
    public Snapshot at(Tid earlier) throws IOException {
        Tid held = earlier.compareTo(tid) >= 0 ? tid : transactions.lastUpTo(earlier);
        return new FileSnapshot(file, log, held, blobs, false);
    }

    @Override
    public Oid highestOid() throws IOException {
        long[] oids = log.index().oids();
        for (int i = oids.length - 1; i >= 0; i--) {
            Oid oid = new Oid(oids[i]);
            if (tid.equals(log.lastTid()) || revision(reader, oid) != null) {
                return oid;
            }
        }
        return Oid.ROOT;
    }

    @Override
    public void forEach(RecordVisitor visitor) throws IOException {
        LogReader sequential = new LogReader(new Window(file, log.end(), Window.LARGE));
        for (long position : log.index().positionsAscending()) {
            Oid oid = sequential.oid(position);
            if (log.index().position(oid.value()) != position) {
                throw sequential.corrupt(position, "a record of " + oid + " which the index does not have here");
            }
            RecordHeader revision = revision(sequential, oid);
            Bytes data = revision == null ? null : sequential.data(revision);
            if (revision != null && data != null) {
                visitor.visit(new LoadedRecord(oid, new Tid(revision.tid()), data));
            }
        }
    }

    @Override
    public List<StoredTransaction> transactionsSince(Tid since) throws IOException {
        List<StoredTransaction> found = new ArrayList<>();
        for (TransactionHeader header : transactions.between(since, tid)) {
            found.add(transactions.stored(header));
        }
        found.sort(Comparator.comparing(StoredTransaction::tid));
        return found;
    }

    @Override
    public Optional<StoredTransaction> transaction(Tid wanted) throws IOException {
        if (wanted.compareTo(tid) > 0) {
            return Optional.empty();
        }
        TransactionHeader header = transactions.find(wanted);
        return header == null ? Optional.empty() : Optional.of(transactions.stored(header));
    }

    @Override
    public Optional<Path> blob(Oid oid, Tid revision) throws IOException {
        return blobs.find(oid, revision);
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            file.close();
        }
    }
}
