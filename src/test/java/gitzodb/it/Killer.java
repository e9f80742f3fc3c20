package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts {@code git zodb} and kills it with {@code kill -9} at a random moment of its life. How long a life is it learns
 * from those that ended by themselves. The launcher becomes the JVM, so that the kill hits the JVM; a git that it has
 * started goes on, as it does in truth, and is waited for.
 */
final class Killer {
    private static final int PATIENCE_SECONDS = 60;
    private static final int LOG = 12;
    private static final long FIRST_GUESS = TimeUnit.MILLISECONDS.toNanos(1200);

    private final Workbench workbench;
    private final SplittableRandom random;
    private final List<String> log = new ArrayList<>();
    private final Map<String, Long> lives = new HashMap<>();
    private int kills;

    Killer(Workbench workbench, SplittableRandom random, String name) {
        this.workbench = workbench;
        this.random = random;
        log.add(name);
    }

    /** How many commands were killed before they ended. */
    int kills() {
        return kills;
    }

    /** The last commands, for the message of a test that fails. */
    String log() {
        return log.getFirst() + "\n" + String.join("\n", log.subList(Math.max(1, log.size() - LOG), log.size()));
    }

    /** Runs a command; fails the test if it ends by itself with anything but these codes. */
    void kill(Path directory, List<Integer> codes, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Workbench.product().resolve("git-extension/git-zodb").toString());
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(workbench.folder(), "killed", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(workbench.git().environment());
        long life = lives.getOrDefault(arguments[0], FIRST_GUESS);
        // The first quarter is the start of the JVM, which writes nothing.
        long moment = random.nextLong(life / 4, life);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(moment, TimeUnit.NANOSECONDS);
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (ProcessHandle child : children) {
                child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            long lived = System.nanoTime() - start;
            lives.put(arguments[0], ended ? (life + lived) / 2 : life + life / 20);
            log.add(arguments[0] + (ended ? " ended after " : " killed after ") + TimeUnit.NANOSECONDS.toMillis(lived)
                    + " ms");
            if (ended) {
                assertThat(process.exitValue())
                        .as("%s\n%s", log(), Files.readString(said))
                        .isIn(codes);
            } else {
                kills++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a child of " + command + " does not end", e);
        }
    }
}
