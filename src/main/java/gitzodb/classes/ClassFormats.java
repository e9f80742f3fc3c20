package gitzodb.classes;

import gitzodb.zodb.ClassName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The class formats in use, by class; any other class has {@link #GENERIC}. */
public final class ClassFormats {
    /** The format of every class that nothing is known about. */
    public static final ClassFormat GENERIC = Set::of;

    private final Map<ClassName, ClassFormat> byClass = new HashMap<>();

    public ClassFormats(Collection<? extends ClassFormat> formats) {
        for (ClassFormat format : formats) {
            for (ClassName name : format.classes()) {
                if (byClass.put(name, format) != null) {
                    throw new IllegalArgumentException("two formats for " + name);
                }
            }
        }
    }

    public ClassFormat of(ClassName name) {
        return byClass.getOrDefault(name, GENERIC);
    }

    /** Returns the classes that have a format of their own. */
    public Set<ClassName> known() {
        return Set.copyOf(byClass.keySet());
    }
}
