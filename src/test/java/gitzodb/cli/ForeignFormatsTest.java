package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.load.Load;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.sync.RefusedException;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of class-formats.md, compiled and used. */
class ForeignFormatsTest {
    private static final String RULE = "[class \"my.site.Note\"]\n\tformat = my.site.Note\n";
    private static final Pattern FILE =
            Pattern.compile("`((?:META-INF/services|example)/[\\w./]+)`:\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

    @TempDir
    private Path temp;

    /** Writes and compiles the files of the example. */
    private Path example() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("example classes"));
        Path docs = Path.of(System.getProperty("gitzodb.home", "")).resolve("src/docs/class-formats.md");
        Matcher files = FILE.matcher(Files.readString(docs));
        while (files.find()) {
            Path file = folder.resolve(files.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, files.group(2));
        }
        String source = folder.resolve("example/NoteFormat.java").toString();
        String product = Path.of(URI.create(ClassFormat.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", product, source);
        assertThat(status).isZero();
        return folder;
    }

    private static TreeStates states(Snapshot snapshot, ClassFormats formats, TreeSettings settings) {
        return new TreeStates(snapshot, formats, settings, IgnoreRules.NONE);
    }

    private static MemoryTree dump(MemoryStorage storage, ClassFormats formats, TreeSettings settings)
            throws IOException {
        MemoryTree tree = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = states(snapshot, formats, settings);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
        }
        return tree;
    }

    @Test
    void theExampleOfTheDocumentationDoesWhatItSays() throws IOException {
        ClassFormats formats =
                BuiltinFormats.formats().offering(ForeignFormats.in(example().toString()));
        TreeSettings plain = TreeSettings.of(Generation.PYTHON3);
        Bytes content = Bytes.utf8(plain.content().utf8() + RULE);
        TreeSettings settings = TreeSettings.parse(content);
        settings.requireFormats(formats, content);
        try (MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC())) {
            SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
            Oid oid = site.object("my.site.Note");
            site.item(Oid.ROOT, "june", oid);
            site.set(oid, "text", site.text("two words\n")).set(oid, "words", new Value.Int(2));
            site.store(storage);

            assertThat(dump(storage, formats, plain).files().keySet()).doesNotContain("june.md");
            MemoryTree tree = dump(storage, formats, settings);
            assertThat(tree.read("june.md").utf8()).isEqualTo("two words\n");
            assertThat(tree.read("june.zodb.xml").utf8()).doesNotContain("\"words\"");

            tree.put("june.md", Bytes.utf8("three words now\n"));
            try (Snapshot snapshot = storage.snapshot();
                    MapStore store = MapStore.inMemory()) {
                TreeStates states = states(snapshot, formats, settings);
                HomeGraph graph = new HomeGraph(store);
                graph.build(states);
                new Load(tree, states, graph, Load.Options.DEFAULT).into(storage, TransactionText.of("ida", "edit"));
            }
            try (Snapshot snapshot = storage.snapshot()) {
                assertThat(ObjectRecord.parse(snapshot.load(oid).orElseThrow().data(), Generation.PYTHON3)
                                .attribute("words"))
                        .isEqualTo(new Value.Int(3));
            }
        }
    }

    @Test
    void aFormatIsForTheClassThatItNamesAndForNoOther() throws IOException {
        List<ClassFormat> foreign = ForeignFormats.in(example().toString());
        ClassFormats formats = BuiltinFormats.formats().offering(foreign);
        assertThat(foreign).hasSize(1);
        assertThat(formats.named(ClassName.parse("my.site.Note"))).contains(foreign.getFirst());
        assertThat(formats.named(ClassName.parse("my.site.LongNote"))).isEmpty();
        assertThat(formats.of(ClassName.parse("my.site.Note"))).isSameAs(ClassFormats.GENERIC);
        assertThat(formats.known()).isEqualTo(BuiltinFormats.formats().known());
        assertThat(formats.in(1).named(ClassName.parse("my.site.Note"))).isPresent();
    }

    @Test
    void aJarThatIsNotThereOrBrokenIsNamed() throws IOException {
        assertThat(ForeignFormats.in("")).isEmpty();
        assertThatThrownBy(() -> ForeignFormats.in(temp.resolve("no.jar").toString()))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("zodb.classpath: " + temp.resolve("no.jar"));
        assertThatThrownBy(() -> ForeignFormats.in("relative.jar")).isInstanceOf(RefusedException.class);
        Path services = Files.createDirectories(temp.resolve("broken/META-INF/services"));
        Files.writeString(services.resolve(ClassFormat.class.getName()), "example.Missing\n");
        assertThatThrownBy(() -> ForeignFormats.in(temp.resolve("broken").toString()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("example.Missing");
    }
}
