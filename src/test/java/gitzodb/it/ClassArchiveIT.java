package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The class-data archive: made after install, used, made again for another jar, and never in the way. */
@Timeout(180)
class ClassArchiveIT {
    private static final String NAME = "git-zodb-" + System.getProperty("java.version")
            + (Runtime.version().feature() < 25 ? ".jsa" : ".aot");

    @TempDir
    Path folder;

    @Test
    void isMadeUsedAndMadeAgain() throws Exception {
        Workbench bench = Workbench.in(folder);
        Path tool = release(bench);
        Path archive = tool.resolve(NAME);
        bench.git().with("JAVA_HOME", System.getProperty("java.home"));

        Path work = bench.clone(bench.site("demo"), "work").folder();
        await(archive);
        assertThat(status(bench, tool, work).exit()).isZero();
        assertThat(loadedFromArchive(bench, tool, work)).isGreaterThan(100);

        // Not what Java expects, in several ways; the commands go on as if there were none.
        byte[] good = Files.readAllBytes(archive);
        for (int length : List.of(0, 100, good.length / 2)) {
            try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
                file.setLength(length);
            }
            assertQuietStatus(bench, tool, work);
        }
        Files.writeString(archive, "no archive at all, ".repeat(10_000));
        assertQuietStatus(bench, tool, work);

        Files.write(archive, good);
        Path jar = tool.resolve("git-zodb.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(60)));
        // Two at once, and each has it made.
        String start = "'" + tool.resolve("git-zodb") + "' ";
        Ran both = bench.run(work, "sh", "-c", start + "--version & " + start + "status; wait");
        assertThat(both.errors()).isEmpty();
        await(archive);
        assertThat(Files.getLastModifiedTime(archive)).isGreaterThanOrEqualTo(Files.getLastModifiedTime(jar));
        assertThat(loadedFromArchive(bench, tool, work)).isGreaterThan(100);
        Set<String> release = Set.of("git-zodb", "git-zodb.jar", NAME);
        for (int i = 0; i < 900 && !names(tool).equals(release); i++) {
            Thread.sleep(100);
        }
        assertThat(names(tool)).isEqualTo(release);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** A release as it is unpacked: launcher and jar in one folder, the hooks beside it. */
    private static Path release(Workbench bench) throws IOException {
        Path tool = Files.createDirectories(bench.folder().resolve("tool/bin"));
        Files.copy(Workbench.product().resolve("git-extension/git-zodb"), tool.resolve("git-zodb"));
        assertThat(tool.resolve("git-zodb").toFile().setExecutable(true)).isTrue();
        Files.copy(Workbench.jar(), tool.resolve("git-zodb.jar"));
        bench.run(
                bench.folder(), "cp", "-r", Workbench.product().resolve("hooks").toString(), "tool/hooks");
        bench.git().with("PATH", tool + ":" + bench.git().environment().get("PATH"));
        return tool;
    }

    private static void await(Path archive) throws InterruptedException {
        for (int i = 0; i < 900 && !Files.exists(archive); i++) {
            Thread.sleep(100);
        }
        assertThat(archive).exists();
    }

    private static Ran status(Workbench bench, Path tool, Path work) throws IOException {
        return bench.run(work, tool.resolve("git-zodb").toString(), "status");
    }

    private static void assertQuietStatus(Workbench bench, Path tool, Path work) throws IOException {
        Ran ran = status(bench, tool, work);
        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.errors()).isEmpty();
    }

    private static long loadedFromArchive(Workbench bench, Path tool, Path work) throws IOException {
        Path log = bench.folder().resolve("classes.log");
        bench.git().with("GIT_ZODB_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        assertQuietStatus(bench, tool, work);
        bench.git().environment().remove("GIT_ZODB_JAVA_OPTS");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" gitzodb.") && line.contains("shared objects file"))
                    .count();
        }
    }
}
