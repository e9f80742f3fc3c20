package gitzodb.load;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a tree says of its objects, with every reference resolved, and stores what is to be stored. */
interface ObjectWriter {
    /**
     * Where an object is.
     *
     * @param file the XML that says it, {@code line} the line in it
     * @param holding the attribute that holds it, as far as the file says so
     */
    record At(Oid oid, String path, String file, int line, SecretKeeper.Holding holding) {}

    /**
     * The content of an attribute, which is that of a natural file.
     *
     * @param str true for an 8-bit string, false for bytes
     * @param lengths how they are cut into {@code Pdata} objects, none for content in the object itself
     */
    record Content(String attribute, NaturalFile file, boolean str, List<Integer> lengths) {}

    /** Returns the value of an attribute with this content; called before {@link #object}. */
    Value content(At at, Content content) throws IOException;

    void object(At at, ObjectState state, LoadedSources sources) throws IOException;

    void tree(At at, Structure.Node shape, ClassMeta meta, List<Entry> entries) throws IOException;

    /** Takes a blob; {@code file} is its path in the tree, null for one whose content is missing. */
    void blob(At at, ClassMeta meta, @Nullable String file) throws IOException;

    /** Takes the bytes of a record that cannot be read: a problem, unless the database holds them for this object. */
    void unreadable(At at, Bytes record) throws IOException;

    /** True if the content of an attribute is that in the database. */
    default boolean isStored(At at, Content content) throws IOException {
        return false;
    }
}
