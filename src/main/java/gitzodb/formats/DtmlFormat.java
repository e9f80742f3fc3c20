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

/**
 * DTML Method, DTML Document and, since version 2 of trees, DTML TeX. {@code globals} and {@code _vars} are empty unless
 * an application builds DTML itself; since version 2 the tree has them only then.
 */
final class DtmlFormat implements ClassFormat {
    private static final List<String> NAMESPACES = List.of("globals", "_vars");
    private static final String ENCODING = "encoding";
    private static final SourceAttribute TEX = new SourceAttribute("raw", ".tex", Set.of(".tex", ".ltx", ".dtml"));
    private static final SourceAttribute RAW = new SourceAttribute(
            "raw", ".dtml", Set.of(".dtml", ".css", ".js", ".html", ".htm", ".txt", ".xml", ".rss", ".json", ".csv"));

    private final int since;

    DtmlFormat(int since) {
        this.since = since;
    }

    @Override
    public int since() {
        return since;
    }

    @Override
    public Set<ClassName> classes() {
        return since == 1
                ? ClassList.of("OFS.DTMLMethod.DTMLMethod", "OFS.DTMLDocument.DTMLDocument")
                : ClassList.of(
                        "OFS.DTMLMethod.DTMLMethod",
                        "OFS.DTMLDocument.DTMLDocument",
                        "Products.DTMLTeX.DTMLTeX.DTMLTeX");
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
        if (!Attributes.isSource(treeState.attribute("raw"))) {
            return List.of();
        }
        return List.of(treeState.className().name().equals("DTMLTeX") ? TEX : RAW);
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    /** In Python 3 an object without any of the three was written by hand, so one without an encoding shows the others. */
    @SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
    private Set<String> derived(ObjectState state) {
        boolean whole = Attributes.isPython2(state) || state.attribute(ENCODING) != null;
        boolean empty =
                NAMESPACES.stream().allMatch(name -> state.attribute(name) instanceof PyDict dict && dict.size() == 0);
        boolean shared = state.attribute("globals") == state.attribute("_vars");
        boolean left = since > 1 && whole && empty && !shared && Attributes.isSource(state.attribute("raw"));
        return left ? Set.copyOf(NAMESPACES) : Set.of();
    }

    /** An object without {@code globals} and {@code _vars} cannot be rendered; without {@code encoding} it is Latin-1. */
    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (stored != null) {
            return Attributes.restored(tree, stored, derived(stored));
        }
        if (settings.keepDerived() || !Attributes.isSource(tree.attribute("raw"))) {
            return tree;
        }
        ObjectState complete = tree;
        for (String name : NAMESPACES) {
            complete = complete.attribute(name) == null ? Attributes.with(complete, name, new PyDict()) : complete;
        }
        boolean isNew = tree.attribute("globals") == null || tree.attribute("_vars") == null;
        return isNew && !Attributes.isPython2(tree)
                ? Attributes.withDefault(complete, ENCODING, Attributes.text(tree, "UTF-8"))
                : complete;
    }
}
