package gitzodb.parallel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Makes a piece; each maker is used by one thread. */
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
    private final int batches;
    private final int ahead;
    private final Map<Integer, Batch<R>> ready = new HashMap<>();
    private int next;
    private int taken;
    private @Nullable Throwable broken;

    private InOrder(int pieces, int makers) {
        this.pieces = pieces;
        batches = Math.ceilDiv(pieces, BATCH);
        ahead = makers * AHEAD;
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
        InOrder<R> order = new InOrder<>(pieces, makers.size());
        List<Thread> threads = new ArrayList<>();
        try {
            for (Maker<R> maker : makers) {
                Thread thread = new Thread(() -> order.work(maker), "maker " + threads.size());
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            order.takeAll(taker);
        } finally {
            order.end();
            join(threads);
        }
    }

    private void takeAll(Taker<R> taker) throws IOException {
        for (int batch = 0; batch < batches; batch++) {
            Batch<R> made = await(batch);
            for (R piece : made.made()) {
                taker.take(piece);
            }
            rethrow(made.failure());
        }
    }

    private void work(Maker<R> maker) {
        try {
            for (int batch = begin(); batch >= 0; batch = begin()) {
                hand(batch, make(maker, batch));
            }
        } catch (RuntimeException | Error e) {
            // Not of a piece, such as no memory for what was made: nobody is to wait for this thread.
            breakOff(e);
        }
    }

    private Batch<R> make(Maker<R> maker, int batch) {
        int from = batch * BATCH;
        int to = Math.min(from + BATCH, pieces);
        List<R> made = new ArrayList<>(to - from);
        try {
            for (int piece = from; piece < to; piece++) {
                made.add(maker.make(piece));
            }
            return new Batch<>(made, null);
        } catch (IOException | RuntimeException | Error e) {
            return new Batch<>(made, e);
        }
    }

    /** Returns a batch to make; negative if there is none any more. */
    private synchronized int begin() {
        try {
            while (next < batches && next - taken >= ahead) {
                wait();
            }
        } catch (InterruptedException e) {
            // Nobody but us knows these threads.
            throw new IllegalStateException(e);
        }
        return next < batches ? next++ : -1;
    }

    private synchronized void hand(int batch, Batch<R> made) {
        ready.put(batch, made);
        if (made.failure() != null) {
            // All before it were begun already.
            next = batches;
        }
        notifyAll();
    }

    private synchronized Batch<R> await(int batch) throws IOException {
        try {
            Batch<R> made = ready.remove(batch);
            while (made == null) {
                rethrow(broken);
                wait();
                made = ready.remove(batch);
            }
            taken = batch + 1;
            notifyAll();
            return made;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while objects are read");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private synchronized void breakOff(Throwable thrown) {
        broken = thrown;
        next = batches;
        notifyAll();
    }

    private synchronized void end() {
        next = batches;
        notifyAll();
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
