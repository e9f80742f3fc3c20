package gitzodb.tree;

import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The child list of a BTree folder (zope-classes §3), which Zope keeps three times: {@code _tree}, {@code _count} and
 * {@code _mt_index}. Where they agree they are {@code <children kind="btree">}, one {@code <child name="…"
 * meta_type="…"/>} a child, by name. A list of more than one part has the parts of {@code _tree}, with the types.
 */
public final class BTreeFolderNotation {
    private static final String KIND = "btree";
    private static final String TREE = "_tree";
    private static final String COUNT = "_count";
    private static final String INDEX = "_mt_index";
    private static final String PART = "part";
    private static final String OBJECT_TREE = "BTrees.OOBTree.OOBTree";

    private BTreeFolderNotation() {}

    /** True for a tree whose parts {@link #collapse} needs. */
    public static boolean isList(Place tree) {
        List<Segment> local = tree.path().local();
        return !local.isEmpty()
                && (local.getFirst().text().equals(TREE)
                        || local.getFirst().text().equals(INDEX));
    }

    /**
     * Returns an object with its list of children.
     *
     * @param parts the parts of its trees by file; afterwards those that the object has
     */
    public static Element collapse(Element object, Map<String, Element> parts) {
        Element whole = whole(object, parts);
        Element shown = collapse(whole);
        if (parts.isEmpty() || shown.equals(whole)) {
            return parts.isEmpty() ? shown : object;
        }
        Element tree = named(object, TREE);
        List<Element> all = shown.child(ChildrenNotation.ELEMENT).orElseThrow().children();
        Map<String, Element> kept = new LinkedHashMap<>();
        int at = 0;
        for (Element part : tree == null ? List.<Element>of() : tree.children()) {
            Element content = parts.get(String.valueOf(part.get("file")));
            if (content != null) {
                int end = at + content.children().size();
                kept.put(String.valueOf(part.get("file")), withChildren(content, all.subList(at, end)));
                at = end;
            }
        }
        parts.clear();
        parts.putAll(kept);
        if (kept.isEmpty()) {
            return shown;
        }
        List<Element> children = new ArrayList<>();
        for (Element child : shown.children()) {
            boolean list = child.name().equals(ChildrenNotation.ELEMENT);
            children.add(list ? withChildren(child, Objects.requireNonNull(tree).children()) : child);
        }
        return withChildren(shown, children);
    }

    /** Returns an object with the content of the parts in their place. */
    private static Element whole(Element element, Map<String, Element> parts) {
        if (parts.isEmpty()) {
            return element;
        }
        List<Element> children = new ArrayList<>(element.children().size());
        boolean changed = false;
        for (Element child : element.children()) {
            Element part = child.name().equals(PART) ? parts.get(String.valueOf(child.get("file"))) : null;
            if (part != null) {
                children.addAll(part.children());
                changed = true;
            } else {
                boolean tree = child.name().equals("tree");
                children.add(tree ? whole(child, parts) : child);
                changed |= tree;
            }
        }
        return changed ? withChildren(element, children) : element;
    }

    private static Element collapse(Element object) {
        Element tree = named(object, TREE);
        Element index = named(object, INDEX);
        if (tree == null || index == null || named(object, COUNT) == null) {
            return object;
        }
        Map<String, String> types = new HashMap<>();
        for (Element type : index.children()) {
            for (Element id : type.children()) {
                types.put(String.valueOf(id.get("name")), String.valueOf(type.get("name")));
            }
        }
        List<Element> children = new ArrayList<>(tree.children().size());
        for (Element child : tree.children()) {
            String type = types.get(String.valueOf(child.get("name")));
            if (type == null || !child.name().equals("child")) {
                return object;
            }
            children.add(child.with("meta_type", type));
        }
        List<Element> rest = new ArrayList<>();
        rest.add(Element.of(ChildrenNotation.ELEMENT, children).with("kind", KIND));
        for (Element child : object.children()) {
            String name = child.get("name");
            if (!TREE.equals(name) && !COUNT.equals(name) && !INDEX.equals(name)) {
                rest.add(child);
            }
        }
        Element shown = withChildren(object, rest);
        return object.child(ChildrenNotation.ELEMENT).isEmpty() && isSame(expanded(shown), object) ? shown : object;
    }

    private static Element expanded(Element shown) {
        try {
            return expand(shown, file -> Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
    }

    /** The order of attributes means nothing. */
    private static boolean isSame(Element one, Element other) {
        return one.attributes().equals(other.attributes())
                && one.children().size() == other.children().size()
                && new HashSet<>(one.children()).equals(new HashSet<>(other.children()));
    }

    /** Returns the root of a part file; empty if it cannot be read. */
    @FunctionalInterface
    public interface Parts {
        Optional<Element> read(String file) throws IOException;
    }

    /** @throws IllegalArgumentException if a child has no name or type, or the list stands beside what it says */
    public static Element expand(Element object, Parts parts) throws IOException {
        Element list = null;
        List<Element> rest = new ArrayList<>();
        for (Element child : object.children()) {
            boolean ours = child.name().equals(ChildrenNotation.ELEMENT) && KIND.equals(child.get("kind"));
            if (ours && list != null) {
                throw new IllegalArgumentException("two lists of children");
            }
            if (ours) {
                list = child;
            } else {
                rest.add(child);
            }
        }
        if (list == null) {
            return object;
        }
        Element shown = withChildren(object, rest);
        if (named(shown, TREE) != null || named(shown, COUNT) != null || named(shown, INDEX) != null) {
            throw new IllegalArgumentException("children of kind btree beside _tree, _count or _mt_index");
        }
        List<Element> children = new ArrayList<>();
        List<Element> listed = new ArrayList<>();
        for (Element child : list.children()) {
            String file = child.name().equals(PART) ? child.get("file") : null;
            if (file == null) {
                children.add(child.without("meta_type"));
                listed.add(child);
            } else {
                children.add(child);
                parts.read(file).ifPresent(part -> listed.addAll(part.children()));
            }
        }
        Map<String, List<Element>> types = new TreeMap<>(CanonicalOrder.CODE_POINTS);
        for (Element child : listed) {
            String name = child.get("name");
            String type = child.get("meta_type");
            if (name == null || type == null || !child.name().equals("child")) {
                throw new IllegalArgumentException("children of kind btree have name and meta_type");
            }
            types.computeIfAbsent(type, t -> new ArrayList<>())
                    .add(at(Element.text("int", "1").with("name", name), child));
        }
        List<Element> index = new ArrayList<>();
        for (Map.Entry<String, List<Element>> type : types.entrySet()) {
            index.add(tree(type.getKey(), "BTrees.OIBTree.OIBTree", type.getValue(), list));
        }
        Element count = Element.of("object", Element.of("state", Element.text("int", Integer.toString(listed.size()))))
                .with("class", "BTrees.Length.Length")
                .with("name", COUNT);
        shown = insert(shown, at(count, list));
        shown = insert(shown, tree(INDEX, OBJECT_TREE, index, list));
        return insert(shown, tree(TREE, OBJECT_TREE, children, list));
    }

    /** True for a child of an object's element that says an attribute together with others. */
    static boolean says(Element child, String attribute) {
        return child.name().equals(ChildrenNotation.ELEMENT)
                && KIND.equals(child.get("kind"))
                && (attribute.equals(TREE) || attribute.equals(COUNT) || attribute.equals(INDEX));
    }

    private static Element tree(String name, String cls, List<Element> entries, Element place) {
        return at(Element.of("tree", entries).with("class", cls).with("name", name), place);
    }

    private static @Nullable Element named(Element object, String name) {
        return object.children().stream()
                .filter(child -> Objects.equals(child.get("name"), name))
                .findFirst()
                .orElse(null);
    }

    /** Returns an object's element with one attribute more at its canonical place. */
    private static Element insert(Element object, Element attribute) {
        String name = String.valueOf(attribute.get("name"));
        List<Element> children = new ArrayList<>(object.children());
        int at = 0;
        for (int i = 0; i < children.size(); i++) {
            String other = children.get(i).get("name");
            boolean before =
                    other == null ? isHead(children.get(i)) : CanonicalOrder.CODE_POINTS.compare(other, name) < 0;
            if (before) {
                at = i + 1;
            }
        }
        children.add(at, attribute);
        return withChildren(object, children);
    }

    private static Element withChildren(Element element, List<Element> children) {
        return new Element(element.name(), element.attributes(), children, "", element.line(), element.column());
    }

    /** Returns an element as if it stood where another one does, for messages. */
    private static Element at(Element element, Element place) {
        return new Element(
                element.name(), element.attributes(), element.children(), element.text(), place.line(), place.column());
    }

    private static boolean isHead(Element child) {
        return child.name().equals("newargs")
                || child.name().equals("class")
                || child.name().equals(ChildrenNotation.ELEMENT);
    }
}
