package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import java.io.IOException;

/** Every XML file of a tree, whatever it is for. */
record XmlFiles(FileTree tree) {
    /** Takes a file. */
    @FunctionalInterface
    interface Visitor {
        void visit(String path, Bytes content) throws IOException;
    }

    void forEach(Visitor visitor) throws IOException {
        tree.forEachFile(path -> {
            if (path.endsWith(FileNames.XML)) {
                visitor.visit(path, tree.read(path));
            }
        });
    }
}
