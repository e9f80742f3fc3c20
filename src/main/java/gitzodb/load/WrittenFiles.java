package gitzodb.load;

import gitzodb.dump.DumpIndex;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.zodb.Oid;
import org.jspecify.annotations.Nullable;

/** The files of objects in the tree that the last dump wrote. */
record WrittenFiles(DumpIndex dump, FileTree before) implements OldFiles {
    @Override
    public FileTree tree() {
        return before;
    }

    @Override
    public @Nullable String xml(String path) {
        Oid oid = dump.at(path.substring(1));
        DumpIndex.Entry entry = oid == null ? null : dump.unit(oid);
        if (entry == null) {
            return null;
        }
        for (String file : entry.files()) {
            if (FileNames.isUnit(file)) {
                return file;
            }
        }
        return null;
    }
}
