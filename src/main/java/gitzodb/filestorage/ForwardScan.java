package gitzodb.filestorage;

import gitzodb.zodb.Tid;
import java.io.IOException;

/** Reads a file from a known position to its last whole transaction, and indexes what it meets (zodb-formats §1.6). */
final class ForwardScan {
    private final LogReader reader;
    private final long size;
    private final OidIndex.Builder index;
    private long position;
    private long lastTid;

    private ForwardScan(Window window, LogState from) {
        this.reader = new LogReader(window);
        this.size = window.end();
        this.index = from.index().builder();
        this.position = from.end();
        this.lastTid = from.lastTid().value();
    }

    /** Returns the state at the last transaction before the end of the window. */
    static LogState run(Window window, LogState from) throws IOException {
        ForwardScan scan = new ForwardScan(window, from);
        while (scan.next()) {}
        return new LogState(scan.index.build(), scan.position, new Tid(scan.lastTid));
    }

    private boolean next() throws IOException {
        if (size - position < TransactionHeader.SIZE) {
            return false;
        }
        TransactionHeader header = reader.header(position);
        if (header.status() == TransactionHeader.UNFINISHED && header.endsBefore(size) && header.end() == size) {
            return false;
        }
        if (!header.endsBefore(size) || !header.holdsItsTexts()) {
            requireTail();
            return false;
        }
        reader.transaction(position);
        if (header.status() != TransactionHeader.VOID) {
            indexRecords(header);
            lastTid = header.tid();
        }
        position = header.end();
        return true;
    }

    private void indexRecords(TransactionHeader header) throws IOException {
        if (Long.compareUnsigned(header.tid(), lastTid) <= 0) {
            throw reader.corrupt(
                    position,
                    "transaction " + new Tid(header.tid()) + " is not later than " + new Tid(lastTid) + " before it");
        }
        for (long at = header.records(); at < header.recordsEnd(); ) {
            RecordHeader record = reader.record(at, header);
            index.put(record.oid(), at);
            at = record.end();
        }
    }

    /**
     * What is no whole transaction is the rest of one being written or cut off, unless the file ends as a whole one
     * does: then the damage is here, and all that follows would be lost.
     */
    private void requireTail() throws IOException {
        if (size - position < TransactionHeader.SIZE + Long.BYTES) {
            return;
        }
        long length = reader.number(size - Long.BYTES);
        long start = size - Long.BYTES - length;
        if (length < TransactionHeader.SIZE || start < position) {
            return;
        }
        if (start == position || looksWhole(reader.header(start), length)) {
            throw reader.corrupt(
                    position, "no transaction, but a whole one ends after it; restore a backup, or run fsrecover");
        }
    }

    private boolean looksWhole(TransactionHeader header, long length) {
        return header.length() == length
                && header.holdsItsTexts()
                && header.statusKnown()
                && Long.compareUnsigned(header.tid(), lastTid) > 0;
    }
}
