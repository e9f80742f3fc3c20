package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.tree.FileNames;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeAttributes;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of class-formats.md: what each class that has a format looks like in a tree. */
class ClassExamplesTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("^`([^`\n]+)`:\n```[a-z]+\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static Map<String, String> examples() throws IOException {
        Path docs = Path.of(System.getProperty("gitzodb.home", ""), "src/docs/class-formats.md");
        Map<String, String> files = new TreeMap<>();
        String text = Files.readString(docs);
        Matcher matcher = EXAMPLE.matcher(text.substring(text.indexOf("## Examples")));
        while (matcher.find()) {
            assertThat(files.put(matcher.group(1), matcher.group(2))).isNull();
        }
        return files;
    }

    @Test
    void loadedAndDumpedTheyAreTheSameBytes() throws IOException {
        TreeSettings settings = TreeSettings.of(Generation.PYTHON3);
        MemoryTree tree = new MemoryTree();
        tree.put(FileNames.SETTINGS, settings.content());
        tree.put(FileNames.ATTRIBUTES, TreeAttributes.content(settings.format()));
        Map<String, String> examples = examples();
        examples.forEach((path, content) -> tree.put(path, Bytes.utf8(content)));
        MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
        new FullLoad(tree, BuiltinFormats.formats(), settings).into(storage, TransactionText.of("ida", "load"));
        MemoryTree dumped = new MemoryTree();
        try (Snapshot snapshot = storage.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            new Dump(store, graph, states).full(dumped, DumpOptions.ALL);
        }
        assertThat(dumped.files().keySet()).isEqualTo(tree.files().keySet());
        for (Map.Entry<String, String> example : examples.entrySet()) {
            String written = new String(dumped.read(example.getKey()).toArray(), StandardCharsets.UTF_8);
            assertThat(written).as(example.getKey()).isEqualTo(example.getValue());
        }
    }

    @Test
    void thereIsOneOfEachClassThatHasANaturalFile() throws IOException {
        String all = String.join("\n", examples().values());
        for (String cls : new String[] {
            "Application",
            "Folder",
            "OrderedFolder",
            "BTreeFolder2",
            "PythonScript",
            "ZopePageTemplate",
            "DTMLMethod",
            "DTMLDocument",
            "SQL",
            "ExternalMethod",
            "File",
            "Image",
            "UserFolder"
        }) {
            assertThat(all).contains("." + cls + "\"");
        }
    }
}
