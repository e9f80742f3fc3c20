package gitzodb.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs the commands of the main job on databases of its own and prints a table: {@code LAUNCHER FOLDER SIZE…}. Started by
 * {@code src/test/benchmark.sh}; see {@code src/docs/performance.md}.
 */
public final class MainJobBenchmark {
    private static final int EDITS = 20;
    private static final int RELOADED = 10;

    private final PrintStream out;
    private final Path launcher;
    private final Path folder;
    private final int size;
    private final Path site;
    private final Path tree;
    private final Path work;
    private final Map<String, String> environment = new TreeMap<>();

    private MainJobBenchmark(PrintStream out, Path launcher, Path folder, int size) {
        this.out = out;
        this.launcher = launcher;
        this.folder = folder;
        this.size = size;
        site = folder.resolve("Data.fs");
        tree = folder.resolve("tree");
        work = folder.resolve("work");
        environment.put("PATH", Objects.requireNonNull(launcher.getParent()) + ":" + System.getenv("PATH"));
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "Ida");
            environment.put("GIT_" + who + "_EMAIL", "ida@example.org");
        }
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_ZODB_JAVA_OPTS", "-Xmx512m");
    }

    public static void main(String[] args) throws IOException {
        Path launcher = Path.of(args[0]).toAbsolutePath();
        for (String size : Arrays.copyOfRange(args, 2, args.length)) {
            Path folder =
                    Files.createDirectories(Path.of(args[1]).resolve(size)).toAbsolutePath();
            new MainJobBenchmark(System.out, launcher, folder, Integer.parseInt(size)).run();
        }
    }

    private void run() throws IOException {
        CodeSite.write(site, size);
        out.printf(Locale.ROOT, "%n%,d objects, %,d MB%n%n", size, Files.size(site) >> 20);
        out.println("| work | seconds | CPU | peak MB | figure | budget |");
        out.println("| --- | ---: | ---: | ---: | --- | --- |");
        files();
        commands();
    }

    private void files() throws IOException {
        Measured dump = zodb(folder, "dump", "--from", site.toString(), "-o", tree.toString());
        Measured copy =
                run(folder, "cp", "-r", tree.toString(), folder.resolve("copy").toString());
        row("cp -r of the tree", copy, "", "");
        row("dump to files", dump, times(dump.seconds() / copy.seconds()) + " of cp -r", "3 × cp -r");
        Path loaded = folder.resolve("loaded.fs");
        Measured load = zodb(folder, "load", "--dir", tree.toString(), "--into", loaded.toString(), "--create");
        row("load into an empty database", load, rate(load), "10,000 objects/s");
        // Nothing is deleted before the end: for minutes ext4 passes over the inodes of deleted files one by one, which
        // makes each new file many times dearer.
    }

    private void commands() throws IOException {
        Path other = folder.resolve("other");
        run(folder, "git", "init", "-q", "-b", "main", other.toString());
        run(other, "git", "commit", "-q", "--allow-empty", "-m", "not of the database");
        Measured dump = zodb(other, "init", site.toString());
        row("dump into git (init without checkout)", dump, rate(dump), "10,000 objects/s");
        run(folder, "git", "init", "-q", "-b", "main", work.toString());
        Measured init = zodb(work, "init", site.toString());
        row("init (dump into git, check out)", init, rate(init), "");
        row("status, nothing changed", best(() -> zodb(work, "status")), "", "0.5 s");
        CodeSite.edit(site, EDITS);
        row("fetch after " + EDITS + " transactions", zodb(work, "fetch"), "", "0.6 s");
        row("pull of them", zodb(work, "pull"), "", "");
        row("hook, nothing to do", hook(), "", "0.015 s");
        change();
        run(work, "git", "-c", "core.hooksPath=/dev/null", "commit", "-qam", "ten scripts");
        row("push of " + RELOADED + " objects", zodb(work, "push"), "", "");
        run(work, "git", "-c", "core.hooksPath=/dev/null", "reset", "-q", "--hard", "HEAD~1");
        row("reload of " + RELOADED + " objects", zodb(work, "reload"), "", "0.6 s");
    }

    /** What each commit and checkout of git costs while the database is in step. */
    private Measured hook() throws IOException {
        String hook = Objects.requireNonNull(launcher.getParent())
                .resolveSibling("hooks")
                .resolve("post-commit")
                .toString();
        return best(() -> run(work, "sh", hook));
    }

    private void change() throws IOException {
        List<Path> scripts;
        try (Stream<Path> files = Files.walk(work.resolve("zodb"))) {
            scripts = files.filter(file -> file.toString().endsWith(".py"))
                    .sorted()
                    .limit(RELOADED)
                    .toList();
        }
        for (Path script : scripts) {
            Files.writeString(script, Files.readString(script) + "# changed in git\n");
        }
    }

    private Measured zodb(Path directory, String... arguments) throws IOException {
        return run(
                directory,
                Stream.concat(Stream.of(launcher.toString()), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    private Measured run(Path directory, String... command) throws IOException {
        return Measured.run(directory, environment, List.of(command));
    }

    private interface Command {
        Measured run() throws IOException;
    }

    private static Measured best(Command command) throws IOException {
        Measured best = command.run();
        for (int i = 0; i < 2; i++) {
            Measured next = command.run();
            best = next.seconds() < best.seconds() ? next : best;
        }
        return best;
    }

    private void row(String work, Measured measured, String figure, String budget) {
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %d | %s | %s |%n",
                work,
                measured.seconds(),
                measured.cpu(),
                measured.peakKib() >> 10,
                figure,
                budget);
    }

    private String rate(Measured measured) {
        return String.format(Locale.ROOT, "%,.0f objects/s", size / measured.seconds());
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, "%.1f ×", factor);
    }
}
