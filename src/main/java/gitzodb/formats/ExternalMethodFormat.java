package gitzodb.formats;

import gitzodb.classes.ClassFormat;
import gitzodb.zodb.ClassName;
import java.util.Set;

/** External Method. It names a module and a function outside the database; whether they exist makes no difference. */
final class ExternalMethodFormat implements ClassFormat {
    @Override
    public Set<ClassName> classes() {
        return ClassList.of("Products.ExternalMethod.ExternalMethod.ExternalMethod");
    }
}
