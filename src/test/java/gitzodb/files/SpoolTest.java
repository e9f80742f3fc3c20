package gitzodb.files;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private static final byte[] CONTENT = new byte[Spool.SHORT + 1];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
    }

    @Test
    void shortContentStaysInMemory() throws IOException {
        try (Spool spool = new Spool()) {
            spool.write(CONTENT, 1, Spool.SHORT);
            assertThat(spool.bytes()).contains(Bytes.wrap(Arrays.copyOfRange(CONTENT, 1, CONTENT.length)));
            assertThat(spool.length()).isEqualTo(Spool.SHORT);
        }
    }

    @Test
    void longContentIsAFileForWhoTakesIt() throws IOException {
        Path file;
        try (Spool spool = new Spool()) {
            for (int from = 0; from < CONTENT.length; from += 100_000) {
                spool.write(CONTENT, from, Math.min(100_000, CONTENT.length - from));
            }
            assertThat(spool.bytes()).isEmpty();
            file = spool.takeFile();
        }
        assertThat(file).hasBinaryContent(CONTENT);
        Files.delete(file);
    }

    @Test
    void whatNobodyTookIsGone() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        long before = parts(folder);
        try (Spool spool = new Spool()) {
            spool.write(CONTENT);
            spool.write(7);
            assertThat(parts(folder)).isGreaterThan(before);
        }
        assertThat(parts(folder)).isEqualTo(before);
    }

    private static long parts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }
}
