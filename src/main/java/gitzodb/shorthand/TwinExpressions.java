package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Actions and types of CMF, which keep an expression twice: as the text {@code url_expr}, which Zope shows, and as the
 * object {@code url_expr_object}, which it uses. The tree has the text; {@code expression="no"} on one without an object.
 */
final class TwinExpressions implements Shorthand {
    private static final String TEXT = "_expr";
    private static final String OBJECT = "_expr_object";
    private static final String MARK = "expression";

    @Override
    public Set<String> classes() {
        return Set.of(
                "Products.CMFCore.ActionInformation.Action",
                "Products.CMFCore.TypesTool.FactoryTypeInformation",
                "Products.CMFCore.TypesTool.ScriptableTypeInformation",
                "Products.CMFDynamicViewFTI.fti.DynamicViewTypeInformation",
                "plone.dexterity.fti.DexterityFTI");
    }

    @Override
    public boolean isImplied() {
        return true;
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        List<Element> children = new ArrayList<>();
        for (Element child : object.children()) {
            Element source = child.name().equals(ExpressionText.ELEMENT) || child.get("name") == null
                    ? null
                    : source(object, String.valueOf(child.get("name")), text);
            if (child.equals(source)) {
                boolean twin = Parts.named(object, child.get("name") + "_object") != null;
                children.add(twin ? child : child.with(MARK, "no"));
            } else if (!isTwin(object, child, text)) {
                children.add(child);
            }
        }
        return Optional.of(Parts.with(object, children));
    }

    /** Returns the attribute of that name if it is the text of an expression. */
    private static @Nullable Element source(Element object, String name, Native text) {
        Element source = name.endsWith(TEXT) ? Parts.named(object, name) : null;
        String said = source == null ? null : text.text(source);
        return said == null || said.isEmpty() ? null : source;
    }

    private static boolean isTwin(Element object, Element child, Native text) {
        String name = String.valueOf(child.get("name"));
        Element source = name.endsWith(OBJECT)
                ? source(object, name.substring(0, name.length() - "_object".length()), text)
                : null;
        return source != null && child.equals(twin(source));
    }

    private static Element twin(Element source) {
        return Element.text(ExpressionText.ELEMENT, source.text()).with("name", source.get("name") + "_object");
    }

    @Override
    public Element lengthen(Element object, Native text) {
        List<Element> children = new ArrayList<>();
        for (Element child : object.children()) {
            boolean marked = "no".equals(child.get(MARK));
            Element bare = marked ? child.without(MARK) : child;
            children.add(bare);
            Element source = source(Element.of("object", bare), String.valueOf(bare.get("name")), text);
            if (source != null && !marked && Parts.named(object, source.get("name") + "_object") == null) {
                children.add(twin(source));
            }
        }
        return Parts.with(object, children);
    }
}
