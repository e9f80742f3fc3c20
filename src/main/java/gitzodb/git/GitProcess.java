package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One run of a program: both outputs are drained while it runs, so that it never waits for a full pipe. */
final class GitProcess {
    /** What is kept of standard output; git prints lists here, never file content. */
    private static final int OUTPUT_LIMIT = 512 << 20;

    private static final int ERRORS_LIMIT = 1 << 20;

    private GitProcess() {}

    static GitResult run(
            Path executable,
            List<String> arguments,
            Path directory,
            Map<String, String> environment,
            byte[] input,
            Duration limit)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            CompletableFuture<byte[]> output = drain(process.getInputStream(), OUTPUT_LIMIT);
            CompletableFuture<byte[]> errors = drain(process.getErrorStream(), ERRORS_LIMIT);
            feed(process, input);
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new GitException("git " + arguments.getFirst() + ": no end after " + limit.toMinutes()
                        + " minutes, stopped; see whether another program holds the repository");
            }
            return new GitResult(
                    arguments,
                    process.exitValue(),
                    Bytes.wrap(output.join()),
                    new String(errors.join(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("git " + arguments.getFirst() + ": interrupted");
        } catch (CompletionException e) {
            throw new GitException("git " + arguments.getFirst() + ": " + e.getCause(), e);
        } finally {
            process.destroy();
        }
    }

    private static void feed(Process process, byte[] input) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // A program that fails early closes its end; its exit status tells more than the broken pipe.
            if (input.length == 0) {
                throw e;
            }
        }
    }

    private static CompletableFuture<byte[]> drain(InputStream stream, int limit) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (stream) {
                byte[] bytes = stream.readNBytes(limit);
                if (bytes.length == limit) {
                    stream.transferTo(OutputStream.nullOutputStream());
                    throw new UncheckedIOException(new IOException("more than " + limit + " bytes of output"));
                }
                result.complete(bytes);
            } catch (IOException | UncheckedIOException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
