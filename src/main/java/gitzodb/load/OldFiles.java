package gitzodb.load;

import gitzodb.tree.FileTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The files of objects as the database has them, to tell which of them moved. */
sealed interface OldFiles permits DumpedFiles, WrittenFiles {
    /** Returns the tree of these files. */
    FileTree tree() throws IOException;

    /** Returns the XML file of the object at a path; null if it has none. */
    @Nullable
    String xml(String path) throws IOException;
}
