package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.demo.DemoSite;
import gitzodb.pickle.Generation;
import gitzodb.sync.Progress;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Instant now = START;

    private ProgressLine line() {
        return new ProgressLine(new PrintStream(screen, true, StandardCharsets.UTF_8), () -> now);
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysNothingForTwoSecondsAndThenHowFarItIs() {
        ProgressLine line = line();
        now = START.plusMillis(1999);
        line.advanced("reading objects", 1, 0);
        line.clear();
        assertThat(shown()).isEmpty();

        now = START.plusMillis(2300);
        line.advanced("reading objects", 7, 9);
        line.advanced("reading objects", 8, 9);
        assertThat(shown()).isEqualTo("\rreading objects: 7 of 9\u001b[K");
        line.clear();
        assertThat(shown()).endsWith("\r\u001b[K");
    }

    @Test
    void whoeverLooksAtAFileSeesNone() {
        Console console = new Console(System.out, System.err, false);
        assertThat(console.progress()).isSameAs(Progress.NONE);
    }

    @Test
    void countsWhatIsReadAndWritten() throws IOException {
        List<String> heard = new ArrayList<>();
        StorageOpener memory = new StorageOpener() {
            @Override
            public Storage open(String url, Optional<Path> index) {
                return create(url, Generation.PYTHON3);
            }

            @Override
            public Storage create(String url, Generation generation) {
                return new MemoryStorage(generation, () -> START);
            }

            @Override
            public String absolute(String url) {
                return url;
            }
        };
        Progress progress = (task, done, total) -> heard.add(task + " " + done);
        try (Storage storage = new WatchedStorages(memory, progress).create("x", Generation.PYTHON3)) {
            DemoSite.create(storage);
            assertThat(heard).hasSize(6).endsWith("writing objects 6");
            try (Snapshot snapshot = storage.snapshot();
                    Snapshot same = snapshot.at(snapshot.tid())) {
                same.forEach(loaded -> {});
            }
            assertThat(heard).hasSize(12).endsWith("reading objects 6");
        }
    }
}
