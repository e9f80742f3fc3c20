package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.tree.TreeSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands files to a sink on a second thread, in their order, so that packing or writing them does not hold up who makes
 * them. An error of the sink is thrown by a later call, by {@link #finish} at the latest; nothing is written after it. Used
 * by one thread; the sink is free again after {@link #close}.
 */
final class WriteBehind implements TreeSink, Closeable {
    /** What may wait: enough that neither side waits for the other at each file. */
    private static final long WAITING_BYTES = 8 << 20;

    /** What a waiting file weighs besides its content. */
    private static final int OVERHEAD = 256;

    /** Writes one file. */
    @FunctionalInterface
    private interface Step {
        void run(TreeSink sink) throws IOException;
    }

    private record Waiting(long weight, Step step) {}

    private final TreeSink sink;
    private final Thread writer = new Thread(this::write, "files of a dump");
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean ended;
    private @Nullable Throwable failure;

    WriteBehind(TreeSink sink) {
        this.sink = sink;
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void put(String path, Bytes content) throws IOException {
        add(content.length() + OVERHEAD, to -> to.put(path, content));
    }

    @Override
    public void put(String path, Path content) throws IOException {
        add(OVERHEAD, to -> to.put(path, content));
    }

    @Override
    public void delete(String path) throws IOException {
        add(OVERHEAD, to -> to.delete(path));
    }

    private synchronized void add(long weight, Step step) throws IOException {
        try {
            while (waitingBytes > WAITING_BYTES && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
        waiting.add(new Waiting(weight, step));
        waitingBytes += weight;
        notifyAll();
    }

    /** Waits until everything is written. */
    void finish() throws IOException {
        end(false);
        synchronized (this) {
            throwFailure();
        }
    }

    /** Drops what is not written yet, and waits for the file being written. */
    @Override
    public void close() throws IOException {
        end(true);
    }

    private void end(boolean drop) throws IOException {
        synchronized (this) {
            ended = true;
            if (drop) {
                waiting.clear();
            }
            notifyAll();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void write() {
        try {
            for (Waiting next = next(); next != null; next = next()) {
                next.step().run(sink);
                done(next);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(interrupted(e));
        }
    }

    private synchronized @Nullable Waiting next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        return waiting.poll();
    }

    private synchronized void done(Waiting written) {
        waitingBytes -= written.weight();
        notifyAll();
    }

    private synchronized void fail(Throwable thrown) {
        failure = thrown;
        waiting.clear();
        notifyAll();
    }

    private void throwFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while files are written");
        interrupted.initCause(cause);
        return interrupted;
    }
}
