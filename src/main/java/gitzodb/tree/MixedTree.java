package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A tree of which some files come from another one, and some are written anew. */
public final class MixedTree implements FileTree {
    private final FileTree other;
    private final TreeMap<String, FileTree> files = new TreeMap<>();
    private final Map<String, Bytes> written = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    /** Makes a tree that is {@code base} so far. */
    public MixedTree(FileTree base, FileTree other) throws IOException {
        this.other = other;
        addFrom(base, "");
        changed.clear();
    }

    /** Returns the files that are not those of the base: added, of other origin, or gone. */
    public Set<String> changed() {
        return Collections.unmodifiableSet(changed);
    }

    /** True for a file that {@link #changed} names and that the other tree has. */
    public boolean isFromOther(String path) {
        return other.equals(files.get(path)) && !written.containsKey(path);
    }

    public void takeOut(String path) {
        if (files.remove(path) != null) {
            changed.add(path);
        }
        written.remove(path);
    }

    public void takeOutFolder(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + '/';
        List.copyOf(files.subMap(prefix, folder.isEmpty() ? "\uffff" : folder + '0')
                        .keySet())
                .forEach(this::takeOut);
    }

    /** Adds a file of a tree if there is one; returns false for what is neither file nor folder. */
    public boolean add(FileTree from, String path) throws IOException {
        Optional<Entry> entry = from.find(path);
        if (entry.isPresent() && entry.get().kind() == Kind.FILE) {
            files.put(path, from);
            changed.add(path);
        }
        return entry.isEmpty() || entry.get().kind() != Kind.OTHER;
    }

    /** Adds all files below a folder; returns what is neither file nor folder. */
    public Set<String> addFrom(FileTree from, String folder) throws IOException {
        Set<String> odd = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(folder));
        while (!open.isEmpty()) {
            String next = open.pop();
            for (Entry entry : from.list(next)) {
                String path = FileNames.join(next, entry.name());
                switch (entry.kind()) {
                    case FILE -> {
                        files.put(path, from);
                        changed.add(path);
                    }
                    case FOLDER -> open.push(path);
                    case OTHER -> odd.add(path);
                }
            }
        }
        return odd;
    }

    public void write(String path, Bytes content) {
        files.put(path, other);
        written.put(path, content);
        changed.add(path);
    }

    @Override
    public List<Entry> list(String folder) {
        return Listing.list(files.navigableKeySet(), folder);
    }

    @Override
    public Optional<Entry> find(String path) {
        return Listing.find(files.navigableKeySet(), path);
    }

    @Override
    public Bytes read(String path) throws IOException {
        Bytes content = written.get(path);
        return content == null ? from(path).read(path) : content;
    }

    @Override
    public InputStream open(String path) throws IOException {
        Bytes content = written.get(path);
        return content == null ? from(path).open(path) : content.stream();
    }

    private FileTree from(String path) throws IOException {
        FileTree from = files.get(path);
        if (from == null) {
            throw new NoSuchFileException(path);
        }
        return from;
    }
}
