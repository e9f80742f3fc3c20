package gitzodb.dump;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.filestorage.FileStorage;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.oracle.Oracle;
import gitzodb.tree.FolderSink;
import gitzodb.tree.FolderTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureDumpTest {
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    private Path temp;

    private Path site;

    @BeforeEach
    void copy() throws IOException {
        Oracle.assumeShared();
        site = Oracle.copyFixture("small", temp.resolve("site"));
    }

    @AfterEach
    void restoreDefaults() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    private DumpReport dump(TreeSink sink) throws IOException {
        Path dataFs = Files.isDirectory(site) ? site.resolve("Data.fs") : site;
        FileStorage.Options options =
                FileStorage.Options.of(Clock.systemUTC()).withBlobs(dataFs.resolveSibling("blobs"));
        try (FileStorage storage = FileStorage.open(dataFs, options);
                Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeSettings settings = TreeSettings.of(storage.generation());
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return new Dump(store, graph, states).full(sink, DumpOptions.ALL);
        }
    }

    @Test
    void givesTheSameBytesInAnyLocaleAndTimeZone() throws IOException {
        MemoryTree first = new MemoryTree();
        DumpReport report = dump(first);
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        MemoryTree second = new MemoryTree();
        dump(second);
        assertThat(second.files()).isEqualTo(first.files());
        assertThat(report.files()).isEqualTo(first.files().size());
        assertThat(report.secrets()).containsEntry(ClassName.parse("AccessControl.users.User"), 6);
        assertThat(report.dangling()).isEmpty();
    }

    @Test
    void writesTheSameTreeIntoAFolder() throws IOException {
        MemoryTree memory = new MemoryTree();
        dump(memory);
        Path folder = temp.resolve("tree");
        for (int i = 0; i < 2; i++) {
            try (FolderSink sink = FolderSink.open(folder)) {
                dump(sink);
                sink.removeStale();
            }
            Files.writeString(folder.resolve("stale.zodb.xml"), "left over");
        }
        Files.delete(folder.resolve("stale.zodb.xml"));
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .sorted())
                    .containsExactlyElementsOf(memory.files().keySet());
        }
        FolderTree read = new FolderTree(folder);
        for (String path : memory.files().keySet()) {
            assertThat(read.read(path)).as(path).isEqualTo(memory.read(path));
        }
    }
}
