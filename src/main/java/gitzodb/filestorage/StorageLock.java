package gitzodb.filestorage;

import gitzodb.files.FileLock;
import gitzodb.zodb.ReadOnlyStorageException;
import gitzodb.zodb.StorageBusyException;
import gitzodb.zodb.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The right to write a {@code Data.fs}: {@code flock} on {@code Data.fs.lock}, with our pid in it (zodb-formats §1.8). */
final class StorageLock implements Closeable {
    private static final int LONGEST_PID = 32;

    private final List<FileLock> locks;

    private StorageLock(List<FileLock> locks) {
        this.locks = locks;
    }

    /**
     * Takes the lock of the file as named and, where that is a symbolic link, that of the file it leads to.
     *
     * @throws StorageBusyException if another process has one
     */
    static StorageLock take(Path dataFs) throws IOException {
        if (!Files.isWritable(dataFs)) {
            throw new ReadOnlyStorageException(dataFs + " cannot be written by this user; change its owner or mode");
        }
        StorageLock lock = new StorageLock(new ArrayList<>());
        try {
            for (Path file : files(dataFs)) {
                lock.add(file, dataFs);
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Set<Path> files(Path dataFs) throws IOException {
        Path real = dataFs.toRealPath();
        Path named = dataFs.toAbsolutePath();
        Path folder = named.getParent();
        Set<Path> files = new LinkedHashSet<>();
        files.add(FileNames.lock(folder == null ? named : folder.toRealPath().resolve(named.getFileName())));
        files.add(FileNames.lock(real));
        return files;
    }

    private void add(Path file, Path dataFs) throws IOException {
        Optional<FileLock> lock;
        try {
            lock = FileLock.tryLock(file);
        } catch (IOException e) {
            throw new StorageException(e.getMessage() == null ? file + " cannot be locked" : e.getMessage());
        }
        locks.add(lock.orElseThrow(() -> busy(file, dataFs)));
        Files.writeString(file, " " + ProcessHandle.current().pid() + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static StorageBusyException busy(Path file, Path dataFs) {
        return new StorageBusyException(
                dataFs + " is in use by " + holder(file) + "; stop Zope, or serve the database by ZEO and name that");
    }

    private static String holder(Path file) {
        try {
            byte[] start = Files.size(file) > LONGEST_PID ? new byte[0] : Files.readAllBytes(file);
            String pid = new String(start, StandardCharsets.US_ASCII).strip();
            return pid.matches("[0-9]+") ? "process " + pid : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() {
        locks.forEach(FileLock::close);
        locks.clear();
    }
}
