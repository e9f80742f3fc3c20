package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StorageException;
import gitzodb.zodb.Tid;
import gitzodb.zodb.TransactionInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads transactions and records and checks each against the format before anybody relies on it. Not thread-safe. */
final class LogReader {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Window window;

    LogReader(Window window) {
        this.window = window;
    }

    CorruptStorageException corrupt(long position, String what) {
        return window.file().corrupt(position, what);
    }

    long number(long position) throws IOException {
        return window.number(position);
    }

    /** Returns the header as it stands there, unchecked. */
    TransactionHeader header(long position) throws IOException {
        return TransactionHeader.read(position, window.at(position, TransactionHeader.SIZE));
    }

    /** Returns a transaction that is whole and, by its status, finished or void. */
    TransactionHeader transaction(long position) throws IOException {
        TransactionHeader header = header(position);
        check(header);
        if (header.status() == TransactionHeader.UNFINISHED) {
            throw corrupt(position, "a transaction that was never finished, with others after it");
        }
        return header;
    }

    /** Returns the transaction that ends at {@code end}. */
    TransactionHeader transactionBefore(long end) throws IOException {
        long length = end - Long.BYTES < DataFile.MAGIC_SIZE ? -1 : window.number(end - Long.BYTES);
        long position = end - Long.BYTES - length;
        if (length < TransactionHeader.SIZE || position < DataFile.MAGIC_SIZE) {
            throw corrupt(end - Long.BYTES, "no length of a transaction: " + length);
        }
        return transaction(position);
    }

    void check(TransactionHeader header) throws IOException {
        long position = header.position();
        if (!header.statusKnown()) {
            throw corrupt(
                    position + TransactionHeader.STATUS_AT, "no status of a transaction: " + (int) header.status());
        }
        if (!header.endsBefore(window.end()) || !header.holdsItsTexts()) {
            throw corrupt(position, "the length of a transaction is impossible: " + header.length());
        }
        long repeated = window.number(header.recordsEnd());
        if (repeated != header.length()) {
            throw corrupt(
                    header.recordsEnd(),
                    "the two lengths of a transaction differ: " + header.length() + " and " + repeated);
        }
    }

    TransactionInfo texts(TransactionHeader header) throws IOException {
        long user = header.position() + TransactionHeader.SIZE;
        long description = user + header.userLength();
        return new TransactionInfo(
                new Tid(header.tid()),
                window.bytes(user, header.userLength()),
                window.bytes(description, header.descriptionLength()),
                window.bytes(description + header.descriptionLength(), header.extensionLength()));
    }

    /** Returns the record at a position inside of a transaction. */
    RecordHeader record(long position, TransactionHeader within) throws IOException {
        if (within.recordsEnd() - position < RecordHeader.SIZE) {
            throw corrupt(position, "the records of a transaction do not end where it ends");
        }
        RecordHeader record = RecordHeader.read(position, window.at(position, RecordHeader.SIZE));
        if (record.transaction() != within.position() || record.tid() != within.tid()) {
            throw corrupt(position, "a record of " + new Oid(record.oid()) + " names another transaction");
        }
        check(record, within.recordsEnd());
        return record;
    }

    /** Returns the oid of the record at a position, unchecked. */
    Oid oid(long position) throws IOException {
        return new Oid(window.number(position));
    }

    /** Returns the record of an object that something else says is at this position. */
    RecordHeader revision(long position, Oid oid) throws IOException {
        RecordHeader record = RecordHeader.read(position, window.at(position, RecordHeader.SIZE));
        if (record.oid() != oid.value()) {
            throw corrupt(position, "a record of " + oid + " should be here, not of " + new Oid(record.oid()));
        }
        if (record.transaction() < DataFile.MAGIC_SIZE || record.transaction() >= position) {
            throw corrupt(position, "the record of " + oid + " names another transaction");
        }
        check(record, window.end());
        return record;
    }

    private void check(RecordHeader record, long limit) throws CorruptStorageException {
        long position = record.position();
        if (record.versionLength() != 0) {
            throw corrupt(position, "the record of " + new Oid(record.oid()) + " is of a version; no ZODB reads these");
        }
        if (!record.endsBefore(limit)) {
            throw corrupt(
                    position,
                    "the data of " + new Oid(record.oid()) + " has no room: " + record.dataLength() + " bytes");
        }
        if (!isEarlier(record.previous(), position)) {
            throw corrupt(position, "the revision before this one of " + new Oid(record.oid()) + " is not before it");
        }
    }

    /** Returns the data of a revision, wherever it is; null if the revision says that the object does not exist. */
    @Nullable
    Bytes data(RecordHeader record) throws IOException {
        Oid oid = new Oid(record.oid());
        RecordHeader holder = record;
        while (holder.isPointer()) {
            long target = window.number(holder.dataAt());
            if (target == 0) {
                return null;
            }
            if (!isEarlier(target, holder.position())) {
                throw corrupt(holder.dataAt(), "the back pointer of " + oid + " does not lead back");
            }
            holder = revision(target, oid);
        }
        if (holder.dataLength() > LARGEST_ARRAY) {
            throw new StorageException(window.file().path() + ", byte " + holder.position() + ": the data of " + oid
                    + " is too large: " + holder.dataLength() + " bytes");
        }
        return window.bytes(holder.dataAt(), (int) holder.dataLength());
    }

    private static boolean isEarlier(long target, long position) {
        return target == 0 || (target >= DataFile.MAGIC_SIZE && target < position);
    }
}
