package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.Listing;
import gitzodb.tree.TreeAttributes;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A database as the tree that a dump of it would be; a file is written when it is read, so that only the names take
 * memory. Not thread-safe.
 */
public final class StoredTree implements FileTree {
    private final Dump dump;
    private final DumpIndex index;
    private final NavigableSet<String> names;
    private final Map<String, Bytes> rules = new HashMap<>();
    private final BufferSink written = new BufferSink();
    private @Nullable Oid last;

    private StoredTree(Dump dump, DumpIndex index, NavigableSet<String> names, TreeStates states) {
        this.dump = dump;
        this.index = index;
        this.names = names;
        rules.put(FileNames.SETTINGS, states.settings().content());
        rules.put(FileNames.ATTRIBUTES, TreeAttributes.content(states.settings().format()));
    }

    /** Dumps a database once, for the names; {@code store} then knows them, as after any dump. */
    public static StoredTree of(MapStore store, HomeGraph graph, TreeStates states) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Dump dump = new Dump(store, graph, states);
        dump.full(
                new TreeSink() {
                    @Override
                    public void put(String path, Bytes content) {
                        names.add(path);
                    }

                    @Override
                    public void put(String path, Path content) {
                        names.add(path);
                    }

                    @Override
                    public void delete(String path) {
                        names.remove(path);
                    }
                },
                DumpOptions.ALL);
        return new StoredTree(dump, new DumpIndex(store), names, states);
    }

    @Override
    public List<Entry> list(String folder) {
        return Listing.list(names, folder);
    }

    @Override
    public Optional<Entry> find(String path) {
        return Listing.find(names, path);
    }

    @Override
    public Bytes read(String path) throws IOException {
        Bytes rule = rules.get(path);
        if (rule != null) {
            return rule;
        }
        write(path);
        Bytes content = written.content(path);
        return content != null ? content : Bytes.wrap(Files.readAllBytes(file(path)));
    }

    @Override
    public InputStream open(String path) throws IOException {
        write(path);
        return written.file(path) != null ? Files.newInputStream(file(path)) : read(path).stream();
    }

    private Path file(String path) throws IOException {
        Path file = written.file(path);
        if (file == null) {
            throw new NoSuchFileException(path);
        }
        return file;
    }

    private void write(String path) throws IOException {
        Oid oid = index.ofFile(path);
        if (oid != null && !oid.equals(last)) {
            written.clear();
            dump.again(oid, written);
            last = oid;
        }
    }
}
