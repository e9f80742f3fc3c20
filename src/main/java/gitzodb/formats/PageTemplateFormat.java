package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Page Template. Its compiled form is never stored, so the text is all there is. */
final class PageTemplateFormat implements ClassFormat {
    private static final SourceAttribute HTML =
            new SourceAttribute("_text", ".pt", Set.of(".pt", ".zpt", ".cpt", ".html", ".htm", ".xhtml"));
    private static final SourceAttribute XML =
            new SourceAttribute("_text", ".xpt", Set.of(".xpt", ".xml", ".rss", ".pt", ".zpt"));

    private static final SourceAttribute CONTROLLED = new SourceAttribute("_text", ".cpt", HTML.fitting());
    private static final String CONTROLLER = "Products.CMFFormController.ControllerPageTemplate.ControllerPageTemplate";

    private static final List<String> MADE = List.of("content_type", "expand", "output_encoding", "_bind_names");

    private final int since;

    PageTemplateFormat(int since) {
        this.since = since;
    }

    @Override
    public int since() {
        return since;
    }

    @Override
    public Set<ClassName> classes() {
        return since == 2
                ? ClassList.of(CONTROLLER)
                : ClassList.of(
                        "Products.PageTemplates.ZopePageTemplate.ZopePageTemplate",
                        "five.customerize.zpt.TTWViewTemplate",
                        "Products.CMFCore.FSPageTemplate.CustomizedPageTemplate");
    }

    @Override
    public boolean hasSource() {
        return true;
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        if (!Attributes.isSource(treeState.attribute("_text"))) {
            return List.of();
        }
        String type = Attributes.string(treeState.attribute("content_type"));
        boolean xml = type != null && (type.startsWith("text/xml") || type.startsWith("application/xml"));
        return List.of(since == 2 ? CONTROLLED : xml ? XML : HTML);
    }

    /** A template that Zope made has these attributes, one that was written by hand has none of them. */
    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        boolean byHand = stored == null
                && !settings.keepDerived()
                && Attributes.isSource(tree.attribute("_text"))
                && MADE.stream().allMatch(name -> tree.attribute(name) == null);
        if (!byHand) {
            return tree;
        }
        ObjectState typed = Attributes.with(tree, "content_type", Attributes.text(tree, "text/html"));
        Value bindings = PlainInstance.bindings(tree, Map.of("name_subpath", "traverse_subpath"));
        return Attributes.with(Attributes.with(typed, "expand", new Value.Int(0)), "_bind_names", bindings);
    }
}
