package gitzodb.tree;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The files of objects as the database has them, to tell which of them moved. */
sealed interface OldFiles permits DumpedFiles, WrittenFiles {
    /** Returns a tree that holds at least the files of the objects at these paths. */
    FileTree tree(Collection<String> paths) throws IOException;

    /** Returns the XML file of one of these objects; null if it has none. */
    @Nullable
    String xml(String path) throws IOException;
}
