package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.PyDict;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** DTML Method and DTML Document. */
final class DtmlFormat implements ClassFormat {
    private static final SourceAttribute RAW = new SourceAttribute(
            "raw", ".dtml", Set.of(".dtml", ".css", ".js", ".html", ".htm", ".txt", ".xml", ".rss", ".json", ".csv"));

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("OFS.DTMLMethod.DTMLMethod", "OFS.DTMLDocument.DTMLDocument");
    }

    @Override
    public boolean hasSource() {
        return true;
    }

    @Override
    public String idAttribute() {
        return "__name__";
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        return Attributes.isSource(treeState.attribute("raw")) ? List.of(RAW) : List.of();
    }

    /** An object without {@code globals} and {@code _vars} cannot be rendered; without {@code encoding} it is Latin-1. */
    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (stored != null || settings.keepDerived() || !Attributes.isSource(tree.attribute("raw"))) {
            return tree;
        }
        ObjectState complete = tree;
        for (String name : List.of("globals", "_vars")) {
            complete = complete.attribute(name) == null ? Attributes.with(complete, name, new PyDict()) : complete;
        }
        boolean isNew = tree.attribute("globals") == null || tree.attribute("_vars") == null;
        return isNew && !Attributes.isPython2(tree)
                ? Attributes.withDefault(complete, "encoding", Attributes.text(tree, "UTF-8"))
                : complete;
    }
}
