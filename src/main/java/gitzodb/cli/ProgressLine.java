package gitzodb.cli;

import gitzodb.sync.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One line on a terminal that says how far a task is, once it takes longer than two seconds. */
final class ProgressLine implements Progress {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PrintStream err;
    private final InstantSource clock;
    private final Instant start;
    private Instant last;
    private boolean shown;

    ProgressLine(PrintStream err, InstantSource clock) {
        this.err = err;
        this.clock = clock;
        this.start = clock.instant();
        this.last = start;
    }

    @Override
    public synchronized void advanced(String task, long done, long total) {
        Instant now = clock.instant();
        if (Duration.between(start, now).compareTo(PATIENCE) < 0
                || Duration.between(last, now).compareTo(PAUSE) < 0) {
            return;
        }
        last = now;
        shown = true;
        err.print("\r" + task + ": " + done + (total > 0 ? " of " + total : "") + "\u001b[K");
        err.flush();
    }

    /** Takes the line off the screen. */
    synchronized void clear() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }
}
