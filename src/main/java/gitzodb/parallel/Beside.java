package gitzodb.parallel;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two works at the same time. */
public final class Beside {
    /** A work that may fail. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    private Beside() {}

    /** Runs one on the calling thread and the other beside it; both have ended when this returns or throws. */
    public static void run(Work here, Work there) throws IOException {
        try (ExecutorService beside = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("beside").daemon().factory())) {
            Future<?> other = beside.submit(() -> {
                there.run();
                return null;
            });
            here.run();
            InOrder.await(other);
        }
    }
}
