package gitzodb.parallel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One thread beside the calling one, which does what it is given, in order. For one thread; what failed comes out later. */
public final class Beside implements AutoCloseable {
    /** Works that may wait for their turn. */
    private static final int AHEAD = 64;

    /** A work that may fail. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("beside").daemon().factory());
    private final Queue<Future<?>> open = new ArrayDeque<>();

    /** Gives it a work; waits if too many are waiting. Throws what an earlier one threw. */
    public void give(Work work) throws IOException {
        while (open.size() >= AHEAD) {
            InOrder.await(open.remove());
        }
        open.add(thread.submit(() -> {
            work.run();
            return null;
        }));
    }

    /** Waits until all is done. Throws what the first that failed threw. */
    public void await() throws IOException {
        while (!open.isEmpty()) {
            InOrder.await(open.remove());
        }
    }

    /** Waits for the work that the thread is at, and drops those not begun. */
    @Override
    public void close() {
        open.forEach(work -> work.cancel(false));
        thread.close();
    }
}
