package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into elements and makes them with other children. */
final class Parts {
    private static final String TREE = "BTrees.OOBTree.OOBTree";

    private Parts() {}

    /** Returns the attribute of that name that is a whole BTree of objects in this file; null if it is anything else. */
    static @Nullable Element tree(Element object, String name) {
        Element tree = named(object, name);
        boolean whole = tree != null
                && tree.equals(tree(name, tree.children()))
                && tree.children().stream().noneMatch(child -> child.name().equals("part"));
        return whole ? tree : null;
    }

    static Element tree(String name, List<Element> entries) {
        return Element.of("tree", entries).with("class", TREE).with("name", name);
    }

    static @Nullable Element named(Element object, String name) {
        return object.children().stream()
                .filter(child -> name.equals(child.get("name")))
                .findFirst()
                .orElse(null);
    }

    /** Returns the object with elements in the place of attributes: each where the first of its attributes stood. */
    static Element replaced(Element object, Map<String, Element> byAttribute, Set<String> gone) {
        List<Element> children = new ArrayList<>();
        for (Element child : object.children()) {
            String name = child.get("name");
            Element instead = name == null ? null : byAttribute.get(name);
            if (instead != null) {
                children.add(instead);
            } else if (name == null || !gone.contains(name)) {
                children.add(child);
            }
        }
        return with(object, children);
    }

    /**
     * Returns the object without a child of that element name, and that child; without change if there is none.
     *
     * @throws IllegalArgumentException if there are two, or attributes beside it that it says
     */
    static Optional<Taken> take(Element object, String element, String... attributes) {
        List<Element> found = object.children().stream()
                .filter(child -> child.name().equals(element) && child.get("name") == null)
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("<" + element + "> twice");
        }
        for (String attribute : attributes) {
            if (named(object, attribute) != null) {
                throw new IllegalArgumentException("<" + element + "> beside " + attribute + ", which it says");
            }
        }
        List<Element> rest = new ArrayList<>(object.children());
        rest.remove(found.getFirst());
        if (!found.getFirst().attributes().isEmpty() || !found.getFirst().text().isBlank()) {
            throw new IllegalArgumentException("<" + element + "> has children and nothing else");
        }
        return Optional.of(new Taken(with(object, rest), found.getFirst()));
    }

    /** An object without a child, and the child. */
    record Taken(Element rest, Element child) {}

    /** Returns the object with more attributes, at the end: their order means nothing. */
    static Element plus(Element object, Element... attributes) {
        List<Element> children = new ArrayList<>(object.children());
        children.addAll(List.of(attributes));
        return with(object, children);
    }

    static Element with(Element element, List<Element> children) {
        return new Element(element.name(), element.attributes(), children, "", element.line(), element.column());
    }

    /** Returns an attribute that a child must have. */
    static String needed(Element child, String attribute) {
        String value = child.get(attribute);
        if (value == null) {
            throw new IllegalArgumentException("<" + child.name() + "> without " + attribute);
        }
        return value;
    }

    /** @throws IllegalArgumentException if an element is of another name, or has attributes beside these */
    static void only(Element child, String name, Set<String> attributes) {
        boolean known = child.attributes().stream().allMatch(attribute -> attributes.contains(attribute.name()));
        if (!child.name().equals(name) || !known) {
            throw new IllegalArgumentException("<" + child.name() + "> where <" + name + "> with "
                    + String.join(", ", attributes.stream().sorted().toList()) + " is needed");
        }
    }

    /** @throws IllegalArgumentException if an element has children or text */
    static void empty(Element child) {
        if (!child.children().isEmpty() || !child.text().isBlank()) {
            throw new IllegalArgumentException("<" + child.name() + "> holds something");
        }
    }
}
