package gitzodb.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The fixtures, the checkers and the Python interpreters that tests compare with. They lie in the folder {@code shared}:
 * system property {@code gitzodb.shared}, environment {@code GITZODB_SHARED}, else beside the project folder. A Python
 * with ZODB is named by {@code GITZODB_ORACLE_PYTHON}, one with Zope by {@code GITZODB_ZOPE_PYTHON}, one with Plone by
 * {@code GITZODB_PLONE_PYTHON}, else the virtual environments {@code oracle}, {@code zope} and {@code plone} in
 * {@code ~/.cache/git-zodb} are taken. A test that needs what is absent is skipped, and fails if
 * {@code CI_REQUIRE_ORACLE=1} is set.
 */
public final class Oracle {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Zope starts with all of Plone, and a new site takes half a minute on an idle machine. */
    private static final Duration PLONE_LIMIT = Duration.ofMinutes(5);

    private Oracle() {}

    /** What a program printed and how it ended; exit 124 if it ran out of time and was killed. */
    public record Run(int exit, String output, String errors) {
        /** Fails the test, with everything printed, unless the program ended with 0; returns this. */
        public Run ok() {
            Assertions.assertEquals(0, exit, () -> output + errors);
            return this;
        }
    }

    /** Returns the folder with {@code fixtures} and {@code oracle}, or skips the test. */
    public static Path shared() {
        Path shared = findShared();
        require(Files.isDirectory(shared.resolve("oracle")), "no folder of fixtures and checkers at " + shared);
        return shared;
    }

    public static void assumeShared() {
        shared();
    }

    public static void assumeOraclePython() {
        shared();
        oraclePython();
    }

    public static void assumeZope() {
        shared();
        zopePython();
    }

    /** Copies the fixture {@code small} or {@code code-300} to {@code target} and returns its folder. */
    public static Path copyFixture(String name, Path target) throws IOException {
        Path source = shared().resolve("fixtures").resolve(name);
        copy(source, target);
        return target;
    }

    /** Copies a folder; the copies can be written and deleted by the owner. */
    public static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                Path copied = target.resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(path, copied);
                    boolean blob = path.toString().endsWith(".blob");
                    boolean writable = blob || copied.toFile().setWritable(true, true);
                    Assertions.assertTrue(writable, copied::toString);
                }
            }
        }
    }

    /** Asks whether two databases are the same graph; {@code options} of {@code zodbgraph.py compare}. */
    public static Run compare(Path dataFs, Path otherFs, String... options) throws IOException {
        return zodbgraph(list(list("compare", dataFs.toString(), otherFs.toString()), options));
    }

    /** Asks whether a database is sound; {@code options} of {@code zodbgraph.py check}. */
    public static Run check(Path dataFs, String... options) throws IOException {
        return zodbgraph(list(list("check", dataFs.toString()), options));
    }

    /** Writes a copy of a database with one defect. */
    public static Run corrupt(Path dataFs, String mode, int seed, Path target) throws IOException {
        return zodbgraph(list(
                "corrupt", dataFs.toString(), "--mode", mode, "--seed", Integer.toString(seed), target.toString()));
    }

    public static Run zodbgraph(List<String> arguments) throws IOException {
        return run(tool(oraclePython(), "zodbgraph.py", arguments));
    }

    /** Runs the checkers of ZODB on a Python 3 database. */
    public static Run checkfs(Path dataFs, @Nullable Path blobs) throws IOException {
        List<String> arguments = list(dataFs.toString());
        if (blobs != null) {
            arguments.add(blobs.toString());
        }
        return run(tool(oraclePython(), "checkfs.py", arguments));
    }

    /** Makes one edit through ZODB alone; {@code arguments} are options, then the command. */
    public static Run liveEdit(Path dataFs, String... arguments) throws IOException {
        return run(tool(oraclePython(), "live_edit.py", list(list("--fs", dataFs.toString()), arguments)));
    }

    /** Makes one edit through Zope. */
    public static Run zopeEdit(Path dataFs, String... arguments) throws IOException {
        return run(tool(zopePython(), "live_edit.py", list(list("--fs", dataFs.toString()), arguments)));
    }

    /** Starts an edit through ZODB alone, to be watched while it runs; the caller ends the process. */
    public static Process startLiveEdit(Path dataFs, String... arguments) throws IOException {
        return builder(tool(oraclePython(), "live_edit.py", list(list("--fs", dataFs.toString()), arguments)))
                .start();
    }

    /** Asks Zope what it makes of a site: {@code call PATH}, {@code render PATH}, {@code edit PATH TEXT} and others. */
    public static Run zopeEffect(Path dataFs, String... arguments) throws IOException {
        return run(tool(zopePython(), "zope_effect.py", list(list("--fs", dataFs.toString()), arguments)));
    }

    /** Runs Python code with ZODB at hand; {@code arguments} are its {@code sys.argv[1:]}. */
    public static Run python(String code, String... arguments) throws IOException {
        return run(list(list(oraclePython(), "-c", code), arguments));
    }

    /** Starts Python code with ZODB at hand; the caller ends the process. */
    public static Process startPython(String code, String... arguments) throws IOException {
        return builder(list(list(oraclePython(), "-c", code), arguments)).start();
    }

    /** Starts Python code with Zope at hand; the caller ends the process. Its errors are those of the test. */
    public static Process startZopePython(String code, String... arguments) throws IOException {
        return builder(list(list(zopePython(), "-c", code), arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs Python code with Zope at hand. */
    public static Run zopePython(String code, String... arguments) throws IOException {
        return run(list(list(zopePython(), "-c", code), arguments));
    }

    /** Runs the checkers of ZODB with the classes of Plone at hand. */
    public static Run checkPlone(Path dataFs, Path blobs) throws IOException {
        return run(tool(plonePython(), "checkfs.py", list(dataFs.toString(), blobs.toString())), PLONE_LIMIT);
    }

    /** Runs {@code make_plone.py}. */
    public static Run makePlone(String... arguments) throws IOException {
        List<String> command = list(plonePython(), fixture("make_plone.py"));
        command.addAll(List.of(arguments));
        return run(command, PLONE_LIMIT);
    }

    /** Runs Python code with Plone and the module {@code plone_site} of the fixtures at hand. */
    public static Run plonePython(String code, String... arguments) throws IOException {
        String start = "import sys; sys.path.insert(0, sys.argv.pop(1))\n";
        List<String> command = list(plonePython(), "-c", start + code, fixture(""));
        command.addAll(List.of(arguments));
        return run(command, PLONE_LIMIT);
    }

    /** Runs any program for a minute at most. */
    public static Run run(List<String> command) throws IOException {
        return run(command, LIMIT);
    }

    private static Run run(List<String> command, Duration limit) throws IOException {
        Path output = Files.createTempFile("oracle", ".out");
        Path errors = Files.createTempFile("oracle", ".err");
        try {
            Process process = builder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return new Run(ended ? process.exitValue() : 124, text(output), text(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("PYTHONUNBUFFERED", "1");
        // Sets are written in the same order every time; plone_site.py asks for this.
        builder.environment().put("PYTHONHASHSEED", "0");
        return builder;
    }

    private static List<String> tool(String python, String script, List<String> arguments) {
        List<String> command =
                list(python, shared().resolve("oracle").resolve(script).toString());
        command.addAll(arguments);
        return command;
    }

    private static String oraclePython() {
        return interpreter("GITZODB_ORACLE_PYTHON", "oracle");
    }

    private static String zopePython() {
        return interpreter("GITZODB_ZOPE_PYTHON", "zope");
    }

    private static String plonePython() {
        return interpreter("GITZODB_PLONE_PYTHON", "plone");
    }

    private static String fixture(String name) {
        return shared().resolve("fixtures").resolve(name).toString();
    }

    private static String interpreter(String variable, String environment) {
        String named = System.getenv(variable);
        Path python = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".cache", "git-zodb", environment, "bin", "python");
        require(Files.isExecutable(python), "no Python at " + python + " (" + variable + ")");
        return python.toString();
    }

    private static Path findShared() {
        String named = System.getProperty("gitzodb.shared", System.getenv("GITZODB_SHARED"));
        Path home = Path.of(System.getProperty("gitzodb.home", "")).toAbsolutePath();
        return named != null
                ? Path.of(named)
                : home.resolve("../shared").toAbsolutePath().normalize();
    }

    private static void require(boolean present, String otherwise) {
        if ("1".equals(System.getenv("CI_REQUIRE_ORACLE"))) {
            Assertions.assertTrue(present, otherwise);
        }
        Assumptions.assumeTrue(present, otherwise);
    }

    private static List<String> list(String... items) {
        return new ArrayList<>(List.of(items));
    }

    private static List<String> list(List<String> start, String... items) {
        start.addAll(List.of(items));
        return start;
    }
}
