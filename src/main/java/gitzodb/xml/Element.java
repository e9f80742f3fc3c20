package gitzodb.xml;

import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One element: a name, attributes in canonical order, and either children or text.
 *
 * @param text empty if there are children
 * @param line where the element starts in the file it was read from, from 1; 0 for an element that was not read
 * @param column as {@code line}, in UTF-16 units
 */
public record Element(
        String name, List<Attribute> attributes, List<Element> children, String text, int line, int column) {
    /** One attribute. */
    public record Attribute(String name, String value) {}

    private static final List<String> FIRST = List.of("name", "class", "kind", "enc", "file", "path");

    private static final Comparator<Attribute> ORDER = Comparator.<Attribute>comparingInt(a -> rank(a.name))
            .thenComparing(Attribute::name, CanonicalOrder.CODE_POINTS);

    public Element {
        if (!children.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException(name + " has children and text");
        }
    }

    public static Element of(String name, Element... children) {
        return new Element(name, List.of(), List.of(children), "", 0, 0);
    }

    public static Element of(String name, List<Element> children) {
        return new Element(name, List.of(), children, "", 0, 0);
    }

    public static Element text(String name, String text) {
        return new Element(name, List.of(), List.of(), text, 0, 0);
    }

    /** Returns this element with one attribute more, at its place, or with another value for it. */
    public Element with(String attribute, String value) {
        List<Attribute> changed = new ArrayList<>(attributes);
        changed.removeIf(present -> present.name.equals(attribute));
        changed.add(new Attribute(attribute, value));
        changed.sort(ORDER);
        return new Element(name, List.copyOf(changed), children, text, line, column);
    }

    /** Returns this element without an attribute. */
    public Element without(String attribute) {
        List<Attribute> kept =
                attributes.stream().filter(a -> !a.name.equals(attribute)).toList();
        return new Element(name, kept, children, text, line, column);
    }

    /** Returns the value of an attribute, or null. */
    public @Nullable String get(String attribute) {
        for (Attribute present : attributes) {
            if (present.name.equals(attribute)) {
                return present.value;
            }
        }
        return null;
    }

    public Optional<Element> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    static List<Attribute> sorted(List<Attribute> attributes) {
        return attributes.size() < 2
                ? attributes
                : attributes.stream().sorted(ORDER).toList();
    }

    private static int rank(String attribute) {
        if (attribute.equals("id")) {
            return FIRST.size() + 1;
        }
        int first = FIRST.indexOf(attribute);
        return first < 0 ? FIRST.size() : first;
    }
}
