package gitzodb.it;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** How a program ended that a test started: both outputs, and 124 if it ran longer than two minutes and was killed. */
record Ran(List<String> command, int exit, String output, String errors) {
    private static final int LIMIT_SECONDS = 120;

    static Ran of(Path directory, Map<String, String> environment, String... command) throws IOException {
        // Files and not pipes: a child that outlives the program must not hold up the test.
        Path output = Files.createTempFile("ran", ".out");
        Path errors = Files.createTempFile("ran", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return new Ran(
                    List.of(command),
                    ended ? process.exitValue() : 124,
                    Files.readString(output),
                    Files.readString(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    /** Fails the test, with all that was printed, unless the program ended so; returns this. */
    Ran exits(int status) {
        Assertions.assertEquals(status, exit, this::toString);
        return this;
    }

    Ran ok() {
        return exits(0);
    }

    /** Both outputs, without white space around them. */
    String text() {
        return (output + errors).strip();
    }

    @Override
    public String toString() {
        return String.join(" ", command) + " → " + exit + "\n" + output + errors;
    }
}
