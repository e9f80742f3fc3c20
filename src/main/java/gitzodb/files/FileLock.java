package gitzodb.files;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * An exclusive {@code flock(2)} on a file, as Zope takes it: unlike the locks of {@link java.nio.channels.FileChannel}
 * it excludes programs that use {@code flock}, and other locks of this process too. Ends with {@link #close} or with the
 * process. Not on Windows, where Zope locks otherwise.
 */
public final class FileLock implements Closeable {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int O_RDWR = 2;
    private static final int INTERRUPTED = 4;
    private static final long PAUSE_MILLIS = 20;

    private final int descriptor;
    private boolean open = true;

    private FileLock(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Takes the lock if nobody has it, and makes the file if there is none. */
    public static Optional<FileLock> tryLock(Path file) throws IOException {
        return lock(file, Duration.ZERO);
    }

    /**
     * Takes the lock as soon as nobody has it; empty if that takes longer than {@code limit}.
     *
     * @throws IOException if the file cannot be opened, or on Windows
     */
    public static Optional<FileLock> lock(Path file, Duration limit) throws IOException {
        if (Platform.isWindows()) {
            throw new IOException(file + " cannot be locked: writing while sharing a lock with Zope is not supported on"
                    + " Windows; run this where the database is served by Linux or macOS");
        }
        if (!Files.exists(file)) {
            createUnlessThere(file);
        }
        FileLock lock = new FileLock(openFile(file));
        try {
            if (lock.take(file, limit)) {
                return Optional.of(lock);
            }
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        lock.close();
        return Optional.empty();
    }

    private boolean take(Path file, Duration limit) throws IOException {
        long start = System.nanoTime();
        while (!tryFlock(file)) {
            if (System.nanoTime() - start >= limit.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the lock " + file, e);
            }
        }
        return true;
    }

    private boolean tryFlock(Path file) throws IOException {
        while (true) {
            try {
                C.LIBRARY.flock(descriptor, LOCK_EX | LOCK_NB);
                return true;
            } catch (LastErrorException e) {
                if (e.getErrorCode() == C.wouldBlock()) {
                    return false;
                }
                if (e.getErrorCode() != INTERRUPTED) {
                    throw new IOException(file + " cannot be locked: " + e.getMessage(), e);
                }
            }
        }
    }

    private static void createUnlessThere(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // another process was faster, which is as good
        }
    }

    private static int openFile(Path file) throws IOException {
        byte[] name =
                file.toAbsolutePath().toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding")));
        try {
            return C.LIBRARY.open(Arrays.copyOf(name, name.length + 1), O_RDWR | C.closeOnExec());
        } catch (LastErrorException e) {
            throw new IOException(file + " cannot be opened to lock it: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            C.LIBRARY.close(descriptor);
        }
    }

    /** What is needed of the C library, which is part of every process. */
    private interface C extends Library {
        C LIBRARY = Native.load(C.class);

        int open(byte[] path, int flags) throws LastErrorException;

        int flock(int descriptor, int operation) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;

        static int wouldBlock() {
            return Platform.isLinux() ? 11 : 35;
        }

        static int closeOnExec() {
            return Platform.isLinux() ? 0x80000 : Platform.isMac() ? 0x1000000 : 0;
        }
    }
}
