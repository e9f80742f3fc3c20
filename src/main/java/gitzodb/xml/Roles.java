package gitzodb.xml;

import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of texts as one element a text. */
final class Roles {
    private Roles() {}

    /** Returns the elements; empty if the value is no list (or, as said, no tuple) of plain native texts. */
    static Optional<List<Element>> write(String element, Value value, boolean asList, Dialect dialect) {
        List<Value> items = switch (value) {
            case PyList list when asList -> list.items();
            case PyTuple tuple when !asList -> tuple.items();
            default -> null;
        };
        if (items == null) {
            return Optional.empty();
        }
        List<Element> elements = new ArrayList<>(items.size());
        for (Value item : items) {
            String text = dialect.text(item);
            if (text == null) {
                return Optional.empty();
            }
            elements.add(Element.text(element, text));
        }
        return Optional.of(elements);
    }

    static List<Value> read(String element, Element holder, Dialect dialect) throws Malformed {
        if (!Characters.areBlank(holder.text())) {
            throw new Malformed("text inside <" + holder.name() + ">");
        }
        List<Value> values = new ArrayList<>(holder.children().size());
        for (Element child : holder.children()) {
            if (!child.name().equals(element)
                    || !child.attributes().isEmpty()
                    || !child.children().isEmpty()) {
                throw new Malformed("<" + holder.name() + "> holds <" + element + ">s of plain text");
            }
            values.add(dialect.text(child.text()));
        }
        return values;
    }

    static void only(Element element, List<String> attributes) throws Malformed {
        for (Element.Attribute attribute : element.attributes()) {
            if (!attributes.contains(attribute.name())) {
                throw new Malformed("unknown attribute " + attribute.name() + " on <" + element.name() + ">");
            }
        }
    }
}
