package gitzodb.classes;

import gitzodb.zodb.ClassName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The class formats in use for trees of one version, by class; any other class has {@link #GENERIC}. */
public final class ClassFormats {
    /** The format of every class that nothing is known about. */
    public static final ClassFormat GENERIC = Set::of;

    private final Map<ClassName, ClassFormat> byClass = new HashMap<>();
    private final Map<ClassName, ClassFormat> ruled = new HashMap<>();
    private final Map<ClassName, ClassFormat> offered = new HashMap<>();
    private final List<ClassFormat> all;
    private final int version;

    /** Takes the formats of trees of all versions, for the newest. */
    public ClassFormats(Collection<? extends ClassFormat> formats) {
        this(List.copyOf(formats), FormatSettings.NEWEST);
    }

    private ClassFormats(List<ClassFormat> all, int version) {
        this.all = all;
        this.version = version;
        for (ClassFormat format : all) {
            if (format.since() <= version) {
                format.classes().forEach(name -> byClass.merge(name, format, ClassFormats::newer));
            }
        }
    }

    private static ClassFormat newer(ClassFormat one, ClassFormat other) {
        if (one.since() == other.since()) {
            throw new IllegalArgumentException("two formats for a class of " + other.classes());
        }
        return one.since() > other.since() ? one : other;
    }

    /** Returns the formats for trees of a version. */
    public ClassFormats in(int tree) {
        if (tree == version) {
            return this;
        }
        ClassFormats formats = new ClassFormats(all, tree);
        formats.offered.putAll(offered);
        return formats;
    }

    /**
     * Returns these formats and further ones that a tree has only where its settings name them: so it is the same for all
     * who have them, and whoever has not is told.
     */
    public ClassFormats offering(Collection<? extends ClassFormat> foreign) {
        ClassFormats formats = new ClassFormats(all, version);
        foreign.forEach(format -> format.classes().forEach(name -> formats.offered.put(name, format)));
        return formats;
    }

    /** Returns the format that settings mean by a class: an offered one before that of the program. */
    public Optional<ClassFormat> named(ClassName name) {
        ClassFormat foreign = offered.get(name);
        return Optional.ofNullable(foreign != null ? foreign : byClass.get(name));
    }

    /** Returns these formats with those that a tree says of its own; they come first, and make no class known. */
    public ClassFormats with(Collection<? extends ClassFormat> ofTree) {
        ClassFormats formats = new ClassFormats(all, version);
        formats.offered.putAll(offered);
        ofTree.forEach(format -> format.classes().forEach(name -> formats.ruled.put(name, format)));
        return formats;
    }

    /** Returns the version of the trees these formats are for. */
    public int version() {
        return version;
    }

    public ClassFormat of(ClassName name) {
        ClassFormat first = ruled.get(name);
        return first != null ? first : byClass.getOrDefault(name, GENERIC);
    }

    /** Returns the classes that the program itself has a format for. */
    public Set<ClassName> known() {
        return Set.copyOf(byClass.keySet());
    }
}
