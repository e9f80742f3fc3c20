package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageException;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import gitzodb.zodb.TidClock;
import gitzodb.zodb.TransactionInfo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database in one {@code Data.fs}. */
public final class FileStorage implements Storage {
    private static final int ATTEMPTS = 5;
    private static final int MAX_TEXT = 0xffff;
    private static final Tid LATEST = new Tid(-1);

    /**
     * How to open a database.
     *
     * @param blobs the blob folder; else {@code blobs} beside the file, else {@code ../blobstorage}
     * @param index a file for an index of our own, read and written so that opening need not read the whole database
     * @param clock gives the time of new transactions
     */
    public record Options(Optional<Path> blobs, Optional<Path> index, InstantSource clock) {
        public static Options of(InstantSource clock) {
            return new Options(Optional.empty(), Optional.empty(), clock);
        }

        public Options withBlobs(Path folder) {
            return new Options(Optional.of(folder), index, clock);
        }

        public Options withIndex(Path file) {
            return new Options(blobs, Optional.of(file), clock);
        }
    }

    private final Path path;
    private final Options options;
    private DataFile file;
    private LogState log;
    private final Generation generation;
    private WriteStep.Watch watch = step -> {};

    private FileStorage(Path path, Options options, DataFile file, LogState log) {
        this.path = path;
        this.options = options;
        this.file = file;
        this.log = log;
        this.generation = file.generation();
    }

    /**
     * Opens a database for reading and, by {@link #begin}, for writing. Takes no lock and changes nothing.
     *
     * @throws StorageException if there is no such file, or it is none of a FileStorage
     */
    public static FileStorage open(Path dataFs, Options options) throws IOException {
        DataFile file = DataFile.open(dataFs);
        try {
            return new FileStorage(dataFs, options, file, read(file, null, options));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Creates a database without any object.
     *
     * @throws FileAlreadyExistsException if the file exists
     */
    public static FileStorage create(Path dataFs, Generation generation, Options options) throws IOException {
        try (FileChannel channel = FileChannel.open(dataFs, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(FileNames.magic(generation).buffer());
            channel.force(true);
        }
        return open(dataFs, options);
    }

    @Override
    public Generation generation() {
        return generation;
    }

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public Snapshot snapshot() throws IOException {
        refresh();
        return FileSnapshot.open(file, log, BlobFolder.open(path, options.blobs()));
    }

    @Override
    public StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException {
        for (Bytes text : List.of(user, description, extension)) {
            if (text.length() > MAX_TEXT) {
                throw new IllegalArgumentException("longer than 65,535 bytes: " + text);
            }
        }
        StorageLock lock = StorageLock.take(path);
        try {
            refresh();
            Tid tid = new TidClock(options.clock()).next(log.lastTid());
            if (tid.compareTo(log.lastTid()) <= 0) {
                throw new StorageException(
                        path + " has the last tid there is, " + log.lastTid() + "; restore a backup");
            }
            TransactionInfo info = new TransactionInfo(tid, user, description, extension);
            return FileTransaction.open(file, log, BlobFolder.open(path, options.blobs()), info, lock, watch);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Has each step of later transactions told to {@code watch}; for tests. */
    void watch(WriteStep.Watch newWatch) {
        watch = newWatch;
    }

    /** Reads what was added since, or another file that has taken the place of the one at hand. */
    private void refresh() throws IOException {
        DataFile present = DataFile.open(path);
        boolean same = present.identity().equals(file.identity()) && stillEndsWith(log);
        if (same) {
            present.close();
            log = read(file, log, options);
            return;
        }
        try {
            if (present.generation() != generation) {
                throw new StorageException(path + " was replaced by a database of the other Python; open it again");
            }
            log = read(present, null, options);
        } catch (IOException | RuntimeException e) {
            present.close();
            throw e;
        }
        file.close();
        file = present;
    }

    /** True unless the file was written over in place. */
    private boolean stillEndsWith(LogState known) throws IOException {
        if (known.end() == DataFile.MAGIC_SIZE) {
            return true;
        }
        if (file.size() < known.end()) {
            return false;
        }
        try {
            LogReader reader = new LogReader(new Window(file, known.end(), Window.SMALL));
            return new TransactionLog(reader, known.end()).lastUpTo(LATEST).equals(known.lastTid());
        } catch (CorruptStorageException e) {
            return false;
        }
    }

    /**
     * Reads a file to its last whole transaction. A writer that gives up cuts off what it had written; what looks like
     * damage while the size changes is read again.
     */
    private static LogState read(DataFile file, @Nullable LogState known, Options options) throws IOException {
        for (int attempt = 1; ; attempt++) {
            long size = Math.max(file.size(), DataFile.MAGIC_SIZE);
            try {
                Window window = new Window(file, size, Window.LARGE);
                LogState start = known != null ? known : IndexFiles.best(file, window, options.index());
                LogState now = ForwardScan.run(window, start);
                if (known == null) {
                    IndexFiles.keep(file, start, now, options.index());
                }
                return now;
            } catch (CorruptStorageException e) {
                if (file.size() == size || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
