package gitzodb.tree;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What {@code .zodbconfig} says of one class, for the tree alone; what is not said the class format decides.
 *
 * @param placement whether objects of the class have a file
 * @param collection the attribute under which the class keeps its children
 * @param family the BTree family of a subclass: {@code OOBTree}, {@code IITreeSet} …
 * @param secrets attributes that are secret; with {@code /*} at the end, the entries of a mapping or BTree
 */
public record ClassRule(
        Optional<Placing> placement, Optional<String> collection, Optional<String> family, SortedSet<String> secrets) {
    public static final ClassRule NONE =
            new ClassRule(Optional.empty(), Optional.empty(), Optional.empty(), new TreeSet<>());

    public ClassRule {
        secrets = Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
    }

    /** Where objects of a class go. */
    public enum Placing {
        /** Each has a file of its own, once it has a home that gives it a name. */
        OWN,
        /** Each is in its holder's file, with all below it. */
        FOLD
    }
}
