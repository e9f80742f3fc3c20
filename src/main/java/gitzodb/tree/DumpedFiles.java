package gitzodb.tree;

import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of objects, written for this. */
final class DumpedFiles implements OldFiles {
    private final HomeGraph graph;
    private final TreeStates states;
    private final Map<String, String> files = new HashMap<>();

    DumpedFiles(HomeGraph graph, TreeStates states) {
        this.graph = graph;
        this.states = states;
    }

    @Override
    public FileTree tree(Collection<String> paths) throws IOException {
        MemoryTree tree = new MemoryTree();
        try (MapStore store = MapStore.inMemory()) {
            new Dump(store, graph, states)
                    .full(
                            tree,
                            new DumpOptions(
                                    paths.stream().map(ObjectPath::parse).toList(), false, true, false));
        }
        files.putAll(new UnitTexts(tree).units());
        return tree;
    }

    @Override
    public @Nullable String xml(String path) {
        return files.get(path);
    }
}
