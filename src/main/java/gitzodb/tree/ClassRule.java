package gitzodb.tree;

import gitzodb.zodb.ClassName;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code .zodbconfig} says of one class, for the tree alone; what is not said the class format decides.
 *
 * @param placement whether objects of the class have a file
 * @param collection the attribute under which the class keeps its children
 * @param family the BTree family of a subclass: {@code OOBTree}, {@code IITreeSet} …
 * @param secrets attributes that are secret; with {@code /*} at the end, the entries of a mapping or BTree
 * @param like the class whose format it has
 * @param sources the attributes that are natural files, with the extension of each, such as {@code .html}, or none
 * @param derived attributes that are made from others, and so are left out
 */
public record ClassRule(
        Optional<Placing> placement,
        Optional<String> collection,
        Optional<String> family,
        SortedSet<String> secrets,
        Optional<ClassName> like,
        SortedMap<String, String> sources,
        SortedSet<String> derived) {
    public static final ClassRule NONE = new ClassRule(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new TreeSet<>(),
            Optional.empty(),
            new TreeMap<>(),
            new TreeSet<>());

    public ClassRule {
        secrets = Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        derived = Collections.unmodifiableSortedSet(new TreeSet<>(derived));
    }

    /** Where objects of a class go. */
    public enum Placing {
        /** Each has a file of its own, once it has a home that gives it a name. */
        OWN,
        /** Each is in its holder's file, with all below it. */
        FOLD
    }

    /** True if the rule makes a class format of its own. */
    boolean isFormat() {
        return like.isPresent() || !sources.isEmpty() || !derived.isEmpty();
    }

    ClassRule placed(Placing where) {
        return new ClassRule(Optional.of(where), collection, family, secrets, like, sources, derived);
    }

    ClassRule collecting(String attribute) {
        return new ClassRule(placement, Optional.of(attribute), family, secrets, like, sources, derived);
    }

    ClassRule ofFamily(String btree) {
        return new ClassRule(placement, collection, Optional.of(btree), secrets, like, sources, derived);
    }

    ClassRule withSecret(String attribute) {
        return new ClassRule(placement, collection, family, with(secrets, attribute), like, sources, derived);
    }

    ClassRule like(ClassName other) {
        return new ClassRule(placement, collection, family, secrets, Optional.of(other), sources, derived);
    }

    ClassRule withSource(String attribute, String extension) {
        SortedMap<String, String> all = new TreeMap<>(sources);
        all.put(attribute, extension);
        return new ClassRule(placement, collection, family, secrets, like, all, derived);
    }

    ClassRule withDerived(String attribute) {
        return new ClassRule(placement, collection, family, secrets, like, sources, with(derived, attribute));
    }

    private static SortedSet<String> with(SortedSet<String> names, String name) {
        SortedSet<String> all = new TreeSet<>(names);
        all.add(name);
        return all;
    }
}
