package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import gitzodb.zodb.TransactionHash;
import gitzodb.zodb.TransactionInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The transactions of a file, walked from the newest back: the cost follows the distance, not the size of the file. */
final class TransactionLog {
    private final LogReader reader;
    private final long end;

    TransactionLog(LogReader reader, long end) {
        this.reader = reader;
        this.end = end;
    }

    /** Returns the tid of the last transaction that is not later than {@code limit}. */
    Tid lastUpTo(Tid limit) throws IOException {
        for (TransactionHeader header = before(null); header != null; header = before(header)) {
            if (tid(header).compareTo(limit) <= 0) {
                return tid(header);
            }
        }
        return Tid.NONE;
    }

    @Nullable
    TransactionHeader find(Tid wanted) throws IOException {
        for (TransactionHeader header = before(null); header != null; header = before(header)) {
            int order = tid(header).compareTo(wanted);
            if (order <= 0) {
                return order == 0 ? header : null;
            }
        }
        return null;
    }

    /** Returns the transactions after {@code since} up to {@code last}, newest first. */
    List<TransactionHeader> between(Tid since, Tid last) throws IOException {
        List<TransactionHeader> found = new ArrayList<>();
        for (TransactionHeader header = before(null); header != null; header = before(header)) {
            if (tid(header).compareTo(since) <= 0) {
                break;
            }
            if (tid(header).compareTo(last) <= 0) {
                found.add(header);
            }
        }
        return found;
    }

    StoredTransaction stored(TransactionHeader header) throws IOException {
        TransactionInfo texts = reader.texts(header);
        TransactionHash hash = new TransactionHash(texts);
        TreeSet<Oid> oids = new TreeSet<>();
        for (long at = header.records(); at < header.recordsEnd(); ) {
            RecordHeader record = reader.record(at, header);
            Oid oid = new Oid(record.oid());
            Bytes data = reader.data(record);
            if (data == null) {
                hash.uncreated(oid);
            } else {
                hash.record(oid, data);
            }
            oids.add(oid);
            at = record.end();
        }
        return new StoredTransaction(texts, List.copyOf(oids), hash.finish());
    }

    /** Returns the transaction before another one, void ones left out, or the last if {@code later} is null. */
    private @Nullable TransactionHeader before(@Nullable TransactionHeader later) throws IOException {
        long at = later == null ? end : later.position();
        while (at > DataFile.MAGIC_SIZE) {
            TransactionHeader header = reader.transactionBefore(at);
            if (header.status() != TransactionHeader.VOID) {
                if (later != null && Long.compareUnsigned(header.tid(), later.tid()) >= 0) {
                    throw reader.corrupt(
                            header.position(), "transaction " + tid(header) + " is not earlier than the one after it");
                }
                return header;
            }
            at = header.position();
        }
        return null;
    }

    private static Tid tid(TransactionHeader header) {
        return new Tid(header.tid());
    }
}
