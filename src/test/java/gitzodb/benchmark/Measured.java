package gitzodb.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one run of a command took, with all processes it started.
 *
 * @param seconds from start to end
 * @param cpu seconds of processor time, user and system
 * @param peakKib the most memory that one process had; 0 where the system does not tell
 */
record Measured(double seconds, double cpu, long peakKib) {
    private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");
    private static final int LOOK_MILLIS = 20;

    /**
     * Runs a command in a folder; its standard output is dropped.
     *
     * @throws IOException if it does not exit with 0; the message is what it printed on standard error
     */
    static Measured run(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        Path errors = Files.createTempFile("benchmark", ".err");
        Path times = Files.createTempFile("benchmark", ".times");
        // The shell's own "times" counts the children that have ended; its second line is theirs.
        List<String> shell = Stream.concat(
                        Stream.of("sh", "-c", "\"$@\"; code=$?; times >'" + times + "'; exit $code", "sh"),
                        command.stream())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(shell).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(errors.toFile());
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            Map<Long, Long> peaks = new TreeMap<>();
            while (!process.waitFor(LOOK_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(each -> peaks.merge(each.pid(), peak(each.pid()), Math::max));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " exits with " + process.exitValue() + ": "
                        + Files.readString(errors).strip());
            }
            long peak = peaks.values().stream().mapToLong(Long::longValue).max().orElse(0);
            return new Measured(seconds, cpu(Files.readString(times)), peak);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(errors);
            Files.deleteIfExists(times);
        }
    }

    private static double cpu(String times) {
        Matcher matcher = TIME.matcher(times.lines().skip(1).findFirst().orElse(""));
        double sum = 0;
        while (matcher.find()) {
            sum += 60 * Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
        }
        return sum;
    }

    private static long peak(long pid) {
        try {
            Matcher matcher =
                    PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            // The process ended meanwhile.
            return 0;
        }
    }
}
