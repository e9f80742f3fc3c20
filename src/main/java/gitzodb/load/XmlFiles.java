package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Every XML file of a tree, whatever it is for. */
record XmlFiles(FileTree tree) {
    /** Takes a file. */
    @FunctionalInterface
    interface Visitor {
        void visit(String path, Bytes content) throws IOException;
    }

    void forEach(Visitor visitor) throws IOException {
        Deque<String> open = new ArrayDeque<>();
        open.push("");
        while (!open.isEmpty()) {
            String folder = open.pop();
            for (FileTree.Entry entry : tree.list(folder)) {
                String path = FileNames.join(folder, entry.name());
                switch (entry.kind()) {
                    case FOLDER -> open.push(path);
                    case FILE -> {
                        if (path.endsWith(FileNames.XML)) {
                            visitor.visit(path, tree.read(path));
                        }
                    }
                    case OTHER -> {}
                }
            }
        }
    }
}
