package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree of files in memory, whatever their size. */
public final class MemoryTree implements FileTree, TreeSink {
    private final TreeMap<String, Bytes> files = new TreeMap<>();

    /** Returns the files by path; a view. */
    public SortedMap<String, Bytes> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    @Override
    public void put(String path, Bytes content) {
        files.put(path, content);
    }

    @Override
    public void put(String path, Path content) throws IOException {
        put(path, Bytes.wrap(Files.readAllBytes(content)));
    }

    @Override
    public void delete(String path) {
        files.remove(path);
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
        Bytes content = files.get(path);
        if (content == null) {
            throw new FileNotFoundException(path);
        }
        return content;
    }

    @Override
    public InputStream open(String path) throws IOException {
        return read(path).stream();
    }

    /** Nothing is put as long as two threads read. */
    @Override
    public Optional<FileTree> twin() {
        return Optional.of(this);
    }
}
