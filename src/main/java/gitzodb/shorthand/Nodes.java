package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mappings and lists that a component registry is made of: persistent objects, or plain values in databases older than
 * zope.component 5. The order of a mapping means nothing.
 */
enum Nodes {
    PERSISTENT("persistent.mapping.PersistentMapping", "persistent.list.PersistentList"),
    PLAIN(null, null);

    private static final String DATA = "data";

    private final @Nullable String mapping;
    private final @Nullable String list;

    Nodes(@Nullable String mapping, @Nullable String list) {
        this.mapping = mapping;
        this.list = list;
    }

    /** A key and what is under it. */
    record Entry(Element key, Element value) {
        Element element() {
            return Element.of("entry", key, value);
        }
    }

    /** Returns a mapping whose entries have no order. */
    Element mapping(List<Entry> entries) {
        Element dict = Element.of("dict", entries.stream().map(Entry::element).toList())
                .with("order", "none");
        return mapping == null
                ? dict
                : Element.of("object", dict.with("name", DATA)).with("class", mapping);
    }

    Element list(List<Element> items) {
        Element made = Element.of("list", items);
        return list == null
                ? made
                : Element.of("object", made.with("name", DATA)).with("class", list);
    }

    /** Returns a list of subscribers: the plain one is a tuple. */
    Element leaf(List<Element> items) {
        return this == PLAIN ? Element.of("tuple", items) : list(items);
    }

    /** Returns the entries of a mapping of either kind; empty if it is anything else. */
    static Optional<List<Entry>> entries(Element node) {
        Element dict = inside(node, PERSISTENT.mapping, "dict");
        if (dict == null) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        for (Element child : dict.children()) {
            String name = child.get("name");
            if (name != null) {
                entries.add(new Entry(Element.text("text", name), child.without("name")));
            } else if (child.name().equals("entry") && child.children().size() == 2) {
                entries.add(
                        new Entry(child.children().getFirst(), child.children().getLast()));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(entries);
    }

    /** Returns the items of a list of either kind, or of a tuple; empty if it is anything else. */
    static Optional<List<Element>> items(Element node) {
        if (node.name().equals("tuple")) {
            return Optional.of(node.children());
        }
        Element items = inside(node, PERSISTENT.list, "list");
        return items == null ? Optional.empty() : Optional.of(items.children());
    }

    private static @Nullable Element inside(Element node, @Nullable String cls, String plain) {
        boolean bare = node.attributes().stream()
                .allMatch(attribute -> attribute.name().equals("name")
                        || attribute.name().equals("order")
                        || attribute.name().equals("class"));
        if (!bare) {
            return null;
        }
        if (node.name().equals(plain)) {
            return node;
        }
        boolean holds = node.name().equals("object")
                && String.valueOf(cls).equals(node.get("class"))
                && node.children().size() == 1
                && DATA.equals(node.children().getFirst().get("name"));
        Element held = holds ? node.children().getFirst() : null;
        return held != null && held.name().equals(plain) && held.get("id") == null ? held : null;
    }

    /** Returns an element that is the same for two nodes of one content, whatever the order of their mappings. */
    static Element comparable(Element node) {
        Optional<List<Entry>> entries = entries(node);
        if (entries.isPresent()) {
            return mapping(
                    node,
                    entries.get().stream()
                            .map(entry -> new Entry(entry.key, comparable(entry.value)))
                            .toList());
        }
        return items(node)
                .map(items -> Element.of(
                                "list", items.stream().map(Nodes::comparable).toList())
                        .with("kind", kind(node)))
                .orElseGet(() -> Registration.elsewhere(node));
    }

    /** Returns an element that is the same for two mappings of the same entries, whatever their order. */
    static Element unordered(Element node) {
        return entries(node).map(entries -> mapping(node, entries)).orElse(node);
    }

    private static Element mapping(Element node, List<Entry> entries) {
        return Element.of(
                        "mapping",
                        entries.stream()
                                .sorted(Comparator.comparing(entry -> entry.key.toString()))
                                .map(Entry::element)
                                .toList())
                .with("kind", kind(node));
    }

    private static String kind(Element node) {
        return node.name().equals("object") ? String.valueOf(node.get("class")) : node.name();
    }
}
