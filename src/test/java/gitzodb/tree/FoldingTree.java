package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file system that takes names for one that differ in case or normal form, and lists them decomposed, as one of an old
 * Mac does.
 */
public final class FoldingTree implements FileTree {
    private final MemoryTree files = new MemoryTree();
    private final Map<String, String> byFold = new TreeMap<>();

    /** Copies a tree; fails if two names of it are one here. */
    public FoldingTree(MemoryTree tree) {
        tree.files().forEach((path, content) -> {
            for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
                String name = end < 0 ? path : path.substring(0, end);
                String other = byFold.putIfAbsent(fold(name), name);
                if (other != null && !other.equals(name)) {
                    throw new AssertionError("one file of two names: " + other + " and " + name);
                }
                if (end < 0) {
                    break;
                }
            }
            files.put(path, content);
        });
    }

    /** The coarsest of what file systems do: full case folding of the decomposed name. */
    static String fold(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        String folded = decomposed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFD);
    }

    private String real(String path) {
        return byFold.getOrDefault(fold(path), path);
    }

    @Override
    public List<Entry> list(String folder) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : files.list(real(folder))) {
            String listed = Normalizer.normalize(entry.name(), Normalizer.Form.NFD);
            String name = NameCodec.composed(
                    listed, other -> find(FileNames.join(folder, other)).isPresent());
            entries.add(new Entry(name, entry.kind()));
        }
        entries.sort(java.util.Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public Optional<Entry> find(String path) {
        return files.find(real(path)).map(entry -> new Entry(path.substring(path.lastIndexOf('/') + 1), entry.kind()));
    }

    @Override
    public Bytes read(String path) throws IOException {
        return files.read(real(path));
    }

    @Override
    public InputStream open(String path) throws IOException {
        return files.open(real(path));
    }
}
