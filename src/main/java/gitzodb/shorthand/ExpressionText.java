package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.Optional;
import java.util.Set;

/** A TALES expression of CMF, an object that holds nothing but its text: {@code <expression>string:x</expression>}. */
final class ExpressionText implements Shorthand {
    static final String ELEMENT = "expression";
    static final String CLASS = "Products.CMFCore.Expression.Expression";

    @Override
    public Set<String> classes() {
        return Set.of(CLASS);
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        String said = object.children().size() == 1
                        && "text".equals(object.children().getFirst().get("name"))
                ? text.text(object.children().getFirst())
                : null;
        return said == null
                ? Optional.empty()
                : Optional.of(
                        renamed(object, ELEMENT, Element.text(ELEMENT, said)).without("class"));
    }

    @Override
    public Element lengthen(Element element, Native text) {
        if (!element.name().equals(ELEMENT)) {
            return element;
        }
        if (!element.children().isEmpty()) {
            throw new IllegalArgumentException("<" + ELEMENT + "> holds text");
        }
        return renamed(element, "object", Element.of("object", text.named("text", element.text())))
                .with("class", CLASS);
    }

    private static Element renamed(Element from, String name, Element content) {
        return new Element(name, from.attributes(), content.children(), content.text(), from.line(), from.column());
    }
}
