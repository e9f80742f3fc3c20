package gitzodb.formats;

import gitzodb.zodb.ClassName;
import java.util.LinkedHashSet;
import java.util.Set;

/** Makes sets of class names from their text forms. */
final class ClassList {
    private ClassList() {}

    static Set<ClassName> of(String... names) {
        Set<ClassName> classes = new LinkedHashSet<>();
        for (String name : names) {
            classes.add(ClassName.parse(name));
        }
        return classes;
    }
}
