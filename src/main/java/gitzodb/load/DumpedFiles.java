package gitzodb.load;

import gitzodb.dump.DumpIndex;
import gitzodb.dump.StoredTree;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.tree.FileTree;
import gitzodb.tree.TreeStates;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files of objects of a database that was not dumped before. */
final class DumpedFiles implements OldFiles {
    private final HomeGraph graph;
    private final TreeStates states;
    private @Nullable WrittenFiles written;

    DumpedFiles(HomeGraph graph, TreeStates states) {
        this.graph = graph;
        this.states = states;
    }

    @Override
    public FileTree tree() throws IOException {
        return files().before();
    }

    @Override
    public @Nullable String xml(String path) throws IOException {
        return files().xml(path);
    }

    private WrittenFiles files() throws IOException {
        WrittenFiles known = written;
        if (known == null) {
            MapStore store = MapStore.inMemory();
            StoredTree tree = StoredTree.of(store, graph, states);
            known = new WrittenFiles(new DumpIndex(store), tree);
            written = known;
        }
        return known;
    }
}
