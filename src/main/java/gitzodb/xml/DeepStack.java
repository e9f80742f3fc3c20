package gitzodb.xml;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A stack that is deep enough for values nested as deep as allowed, whatever the stack of the caller is. */
public final class DeepStack {
    /** The depth at which to change over: nearly no value is as deep. */
    static final int FROM = 100;

    private static final long BYTES = 32L * 1024 * 1024;

    private DeepStack() {}

    /** A step of a recursion. */
    @FunctionalInterface
    public interface Step<T extends @Nullable Object> {
        T take() throws IOException;
    }

    /** Takes a step on a thread with a stack of its own, and waits for it. */
    public static <T extends @Nullable Object> T take(Step<T> step) throws IOException {
        FutureTask<T> task = new FutureTask<>(step::take);
        Thread thread = new Thread(null, task, "deep value", BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }
}
