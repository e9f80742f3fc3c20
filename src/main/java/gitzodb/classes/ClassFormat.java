package gitzodb.classes;

import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a family of classes. All methods are pure functions. Every default is that of an unknown class,
 * which loses nothing. Secrets are no concern of a format: {@link Secrets} names them for all classes.
 */
public interface ClassFormat {
    /** Returns the classes this format is for. */
    Set<ClassName> classes();

    /**
     * Returns the first version of trees ({@link FormatSettings#format}) that this format is for. Where two formats are
     * for one class, a tree has the newest that is not newer than the tree.
     */
    default int since() {
        return 1;
    }

    /** True for a container: its file is {@code __self__.zodb.xml} in a folder of its name, with or without children. */
    default boolean isFolder() {
        return false;
    }

    /**
     * Returns the attribute under which the class keeps its children in a mapping or BTree ({@code _tree},
     * {@code data}); the attribute is left out of their paths.
     */
    default Optional<String> collection() {
        return Optional.empty();
    }

    /**
     * True if an object without a reference in its {@link #collection} has none: its children are then elsewhere, as in
     * another version of the class.
     */
    default boolean isCollectionOptional() {
        return false;
    }

    /** True for a class whose objects are folded into their holder's file, wherever they hang. */
    default boolean isSatellite() {
        return false;
    }

    /** Returns the attribute that holds the object's own id, which must be its name in its container. */
    default String idAttribute() {
        return "id";
    }

    /** Returns the attributes that are kept as natural files, of this object. */
    default List<SourceAttribute> sources(ObjectState treeState) {
        return List.of();
    }

    /**
     * True for an object that holds what belongs to a value of its holder: its source is named after the value, and is a
     * natural file only where the value is an attribute of an object with a file.
     */
    default boolean isValueHolder() {
        return false;
    }

    /**
     * Returns the extension of the file of the blob that such an object holds, with the dot, {@code ""} for none; the file
     * is named after the object. Empty if the class says nothing of its blobs: the file has the name of the blob.
     */
    default Optional<String> blobExtension(ObjectState holder) {
        return Optional.empty();
    }

    /** How a BTree is cut into files. */
    enum Cut {
        /** Into parts, where its keys say so. */
        BY_KEY,
        /** Not at all, however long: its entries stand in the file of what holds it. */
        NEVER,
        /** All of it is one file of its own. */
        APART
    }

    /** Returns how a BTree is cut that has its home at an attribute of the object, or of an instance in its state. */
    default Cut cut(String attribute) {
        return Cut.BY_KEY;
    }

    /** True if objects of this class have sources, so that they always get a file of their own. */
    default boolean hasSource() {
        return false;
    }

    /**
     * Returns the state as the tree shows it: without derived attributes. Must not change {@code stored}; may return it.
     * Values that stay are the same instances.
     */
    default ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return stored;
    }

    /**
     * True if a running Zope keeps with an object what it makes of those folded below it: when one of these is stored, the
     * object is stored too, {@link #renewed}, so that Zope reads it again.
     */
    default boolean isRenewed() {
        return false;
    }

    /** Returns what to store for an object of which nothing but what is below it changed; empty for the state as it is. */
    default Optional<ObjectState> renewed(ObjectState stored) {
        return Optional.empty();
    }

    /**
     * Returns the state to store, from what the tree says: puts back or rebuilds what {@link #toTree} left out, so that
     * a running Zope does what the tree says.
     *
     * <p>{@code toDatabase(toTree(s), s)} is {@code s}, value by value and in its order.
     *
     * @param stored the present state in the database, null for a new object
     * @throws FormatException if the tree says something that cannot be stored, such as arguments that do not parse
     */
    default ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content)
            throws FormatException {
        return tree;
    }
}
