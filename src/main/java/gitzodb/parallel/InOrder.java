package gitzodb.parallel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pieces of a work on several threads and hands them over on the calling thread in their order. The first piece
 * in that order that fails ends the work with its error, whichever thread met an error first.
 */
public final class InOrder<R> {
    /** Pieces that a thread takes at a time: neighbours, since these are near each other in files and caches. */
    static final int BATCH = 32;

    /** Batches for each thread that may be made or being made and not taken: what is held in memory. */
    static final int AHEAD = 16;

    private static final int MOST_THREADS = 8;
    /** A thread costs more than it gives for fewer pieces. */
    private static final int FEW = BATCH;

    /** Makes a piece; each maker is used by one thread at a time. */
    @FunctionalInterface
    public interface Maker<R> {
        R make(int piece) throws IOException;
    }

    /** Takes the pieces, in their order. */
    @FunctionalInterface
    public interface Taker<R> {
        void take(R piece) throws IOException;
    }

    private record Batch<R>(List<R> made, @Nullable Throwable failure) {}

    private final int pieces;
    private final Queue<Maker<R>> idle;

    private InOrder(List<? extends Maker<R>> makers, int pieces) {
        this.pieces = pieces;
        idle = new ConcurrentLinkedQueue<>(makers);
    }

    /** Returns how many threads are worth while for a number of pieces: at least one. */
    public static int threads(long pieces) {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
        return Math.clamp(pieces / FEW, 1, processors);
    }

    /**
     * Makes the pieces 0 to {@code pieces - 1}; when this returns or throws, its threads have ended. With one maker all is
     * done on the calling thread.
     */
    public static <R> void run(List<? extends Maker<R>> makers, int pieces, Taker<R> taker) throws IOException {
        if (makers.size() == 1) {
            for (int piece = 0; piece < pieces; piece++) {
                taker.take(makers.getFirst().make(piece));
            }
            return;
        }
        List<Thread> threads = new ArrayList<>();
        ThreadFactory named = Thread.ofPlatform().name("maker ", 0).daemon().factory();
        ExecutorService pool = Executors.newFixedThreadPool(makers.size(), work -> {
            Thread thread = named.newThread(work);
            threads.add(thread);
            return thread;
        });
        Queue<Future<Batch<R>>> open = new ArrayDeque<>();
        try {
            new InOrder<R>(makers, pieces).takeAll(pool, open, makers.size() * AHEAD, taker);
        } finally {
            open.forEach(batch -> batch.cancel(false));
            pool.shutdown();
            join(threads);
        }
    }

    private void takeAll(ExecutorService pool, Queue<Future<Batch<R>>> open, int ahead, Taker<R> taker)
            throws IOException {
        for (int from = 0; from < pieces || !open.isEmpty(); ) {
            while (from < pieces && open.size() < ahead) {
                int batch = from;
                open.add(pool.submit(() -> make(batch)));
                from += BATCH;
            }
            Batch<R> made = await(open.remove());
            for (R piece : made.made()) {
                taker.take(piece);
            }
            rethrow(made.failure());
        }
    }

    private Batch<R> make(int from) {
        int to = Math.min(from + BATCH, pieces);
        List<R> made = new ArrayList<>(to - from);
        Maker<R> maker = idle.remove();
        try {
            for (int piece = from; piece < to; piece++) {
                made.add(maker.make(piece));
            }
            return new Batch<>(made, null);
        } catch (IOException | RuntimeException | Error e) {
            return new Batch<>(made, e);
        } finally {
            idle.add(maker);
        }
    }

    /** Returns what a future gives, or throws what its work threw. */
    static <T> T await(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            rethrow(e.getCause());
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while objects are read");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Waits for the piece that each is at, also if the caller is told to hurry: the makers are free again then. */
    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
