package gitzodb.load;

import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.ObjectPath;
import java.io.IOException;
import java.util.Optional;

/** Which object a file or folder of a tree belongs to. */
public final class FileOwner {
    private FileOwner() {}

    /** True if a tree has an object with a file at a path. */
    public static boolean isObject(FileTree tree, ObjectPath path) throws IOException {
        return UnitFiles.find(tree, path).isPresent();
    }

    /** Returns the object of a file, or the one whose children a folder has; empty if no object names the file. */
    public static Optional<ObjectPath> of(FileTree tree, String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(ObjectPath.ROOT);
        }
        boolean isFolder = tree.find(path)
                .filter(entry -> entry.kind() == FileTree.Kind.FOLDER)
                .isPresent();
        if (isFolder || path.endsWith(FileNames.XML)) {
            return UnitFiles.pathOf(tree, path);
        }
        int slash = path.lastIndexOf('/');
        String folder = path.substring(0, Math.max(0, slash));
        for (FileTree.Entry entry : tree.list(folder)) {
            String xml = FileNames.join(folder, entry.name());
            boolean isUnit = entry.kind() == FileTree.Kind.FILE && entry.name().endsWith(FileNames.XML);
            if (isUnit && UnitTexts.named(xml, tree.read(xml)).contains(path.substring(slash + 1))) {
                return UnitFiles.pathOf(tree, xml);
            }
        }
        return Optional.empty();
    }
}
