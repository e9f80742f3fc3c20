package gitzodb.formats;

import gitzodb.classes.ClassFormat;
import gitzodb.zodb.ClassName;
import java.util.Set;

/**
 * The registry of Plone: all values in its own file, one line or one list a record; the fields, which say what may stand
 * there and seldom change, in one file beside it.
 */
final class RegistryFormat implements ClassFormat {
    @Override
    public Set<ClassName> classes() {
        return ClassList.of("plone.registry.registry.Registry", "plone.app.registry.registry.Registry");
    }

    @Override
    public int since() {
        return 2;
    }

    @Override
    public Cut cut(String attribute) {
        return switch (attribute) {
            case "_values" -> Cut.NEVER;
            case "_fields" -> Cut.APART;
            default -> Cut.BY_KEY;
        };
    }
}
