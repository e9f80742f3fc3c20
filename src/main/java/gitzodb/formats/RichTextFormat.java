package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.SourceAttribute;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Set;

/** The text of a rich text field of Plone, which an object of its own holds. What Plone shows of it is never stored. */
final class RichTextFormat implements ClassFormat {
    private static final SourceAttribute VALUE = new SourceAttribute("value", ".html", Set.of(".html"));

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("plone.app.textfield.value.RawValueHolder");
    }

    @Override
    public int since() {
        return 2;
    }

    @Override
    public boolean isValueHolder() {
        return true;
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        return Attributes.isSource(treeState.attribute(VALUE.name())) ? List.of(VALUE) : List.of();
    }
}
