package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.git.GitTree;
import gitzodb.git.TreeEntry;
import gitzodb.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The tree folder of a commit as a tree of files. */
record GitFileTree(GitTree tree) implements FileTree {
    @Override
    public List<Entry> list(String folder) throws IOException {
        return tree.list(folder).stream().map(GitFileTree::entry).toList();
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        return tree.find(path).map(GitFileTree::entry);
    }

    @Override
    public Bytes read(String path) throws IOException {
        return tree.read(path);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return tree.open(path);
    }

    private static Entry entry(TreeEntry entry) {
        Kind kind = switch (entry.kind()) {
            case FILE, EXECUTABLE -> Kind.FILE;
            case FOLDER -> Kind.FOLDER;
            case LINK, SUBMODULE -> Kind.OTHER;
        };
        return new Entry(entry.name(), kind);
    }
}
