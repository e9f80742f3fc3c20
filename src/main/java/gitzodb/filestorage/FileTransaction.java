package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ConflictException;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import gitzodb.zodb.TransactionInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/**
 * A transaction being appended (zodb-formats §1.11). The one byte of the status makes it visible: before that everybody
 * takes what it wrote for the rest of a transaction that was given up.
 */
final class FileTransaction implements StorageTransaction {
    private enum Stage {
        OPEN,
        VOTED,
        FINISHED,
        FAILED,
        CLOSED
    }

    private final DataFile file;
    private final LogState log;
    private final LogReader reader;
    private final BlobWriter blobs;
    private final BlobFolder blobFolder;
    private final TransactionInfo info;
    private final StorageLock lock;
    private final WriteStep.Watch watch;
    private final FileChannel channel;
    private final RecordSpool spool;
    private final LongHashSet stored = new LongHashSet();
    private Stage stage = Stage.OPEN;

    private FileTransaction(
            DataFile file,
            LogState log,
            BlobFolder blobFolder,
            TransactionInfo info,
            StorageLock lock,
            WriteStep.Watch watch,
            FileChannel channel) {
        this.file = file.hold();
        this.log = log;
        this.reader = new LogReader(new Window(file, log.end(), Window.SMALL));
        this.blobFolder = blobFolder;
        this.blobs = new BlobWriter(blobFolder);
        this.info = info;
        this.lock = lock;
        this.watch = watch;
        this.channel = channel;
        this.spool = new RecordSpool(FileNames.spool(file.path()));
    }

    /** Starts after the last transaction, once what is behind that has been put aside; takes over the lock. */
    static FileTransaction open(
            DataFile file,
            LogState log,
            BlobFolder blobs,
            TransactionInfo info,
            StorageLock lock,
            WriteStep.Watch watch)
            throws IOException {
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            watch.after(WriteStep.LOCKED);
            if (channel.size() == 0) {
                channel.write(FileNames.magic(file.generation()).buffer(), 0);
            }
            Tail.cut(file.path(), channel, log.end());
            watch.after(WriteStep.TAIL_CUT);
            return new FileTransaction(file, log, blobs, info, lock, watch, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Snapshot current() {
        return FileSnapshot.open(file, log, blobFolder);
    }

    @Override
    public void store(Oid oid, Tid baseTid, Bytes data) throws IOException {
        require(Stage.OPEN);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("no data for " + oid);
        }
        long previous = log.index().position(oid.value());
        requireUnchanged(oid, baseTid, previous);
        if (!stored.add(oid.value())) {
            throw new IllegalArgumentException(oid + " is stored twice in one transaction");
        }
        long position = log.end() + header(0).fullSize() + spool.size();
        RecordHeader record =
                new RecordHeader(position, oid.value(), info.tid().value(), previous, log.end(), 0, data.length());
        spool.add(record, data);
    }

    private void requireUnchanged(Oid oid, Tid baseTid, long position) throws IOException {
        Tid current = Tid.NONE;
        if (position != 0) {
            RecordHeader last = reader.revision(position, oid);
            boolean uncreated = baseTid.equals(Tid.NONE) && reader.data(last) == null;
            current = uncreated ? Tid.NONE : new Tid(last.tid());
        }
        if (!current.equals(baseTid)) {
            throw new ConflictException(oid, baseTid, current);
        }
    }

    @Override
    public void storeBlob(Oid oid, Tid baseTid, Bytes data, Path content) throws IOException {
        store(oid, baseTid, data);
        blobs.place(oid, info.tid(), content);
        watch.after(WriteStep.BLOB_PLACED);
    }

    @Override
    public void vote() throws IOException {
        require(Stage.OPEN);
        stage = Stage.FAILED;
        TransactionHeader header = header(spool.size());
        ByteBuffer start = ByteBuffer.allocate(header.fullSize());
        header.write(start);
        start.put(info.user().buffer())
                .put(info.description().buffer())
                .put(info.extension().buffer());
        long position = write(start.flip(), log.end());
        watch.after(WriteStep.HEADER_WRITTEN);
        position = spool.copyTo(channel, position);
        write(ByteBuffer.allocate(Long.BYTES).putLong(header.length()).flip(), position);
        watch.after(WriteStep.RECORDS_WRITTEN);
        channel.force(true);
        watch.after(WriteStep.RECORDS_SYNCED);
        stage = Stage.VOTED;
    }

    @Override
    public Tid finish() throws IOException {
        require(Stage.VOTED);
        stage = Stage.FAILED;
        ByteBuffer status = ByteBuffer.allocate(1).put((byte) TransactionHeader.COMMITTED);
        write(status.flip(), log.end() + TransactionHeader.STATUS_AT);
        watch.after(WriteStep.STATUS_WRITTEN);
        channel.force(true);
        watch.after(WriteStep.STATUS_SYNCED);
        stage = Stage.FINISHED;
        return info.tid();
    }

    @Override
    public void close() throws IOException {
        Stage last = stage;
        stage = Stage.CLOSED;
        if (last == Stage.CLOSED) {
            return;
        }
        try (lock;
                file;
                channel;
                spool) {
            if (last != Stage.FINISHED) {
                takeBack();
            }
        }
    }

    private void takeBack() throws IOException {
        if (channel.size() > log.end()) {
            channel.truncate(log.end());
            channel.force(true);
        }
        blobs.takeBack();
    }

    private TransactionHeader header(long recordsLength) {
        TransactionHeader header = new TransactionHeader(
                log.end(),
                info.tid().value(),
                0,
                TransactionHeader.UNFINISHED,
                info.user().length(),
                info.description().length(),
                info.extension().length());
        return header.withLength(header.fullSize() + recordsLength);
    }

    private long write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        return at;
    }

    private void require(Stage expected) {
        if (stage != expected) {
            throw new IllegalStateException("the transaction is " + stage + ", not " + expected);
        }
    }
}
