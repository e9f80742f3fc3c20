package gitzodb.tree;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the element of an object with a file says shorter than its values do, and back (tree-format §7): the attributes
 * that hold the object's own name, and the child list of a BTree folder. Used only where reading gives the same values.
 */
final class UnitNotation {
    private static final List<String> NAMES = List.of("__name__", "id");
    private static final String SELF = "self";

    private UnitNotation() {}

    /**
     * Returns the short form.
     *
     * @param root the element of the object with all its values
     * @param segment the object's last segment
     */
    static Element collapse(Element root, Segment segment, Generation generation) {
        if (!root.name().equals("object")) {
            return root;
        }
        Element shown = BTreeFolderNotation.collapse(root);
        List<String> own = new ArrayList<>(1);
        for (String name : NAMES) {
            Element said = named(name, segment.text(), generation);
            if (segment.mark() == Segment.Mark.PLAIN && shown.children().contains(said)) {
                own.add(name);
                shown = withChildren(
                        shown,
                        shown.children().stream().filter(c -> !c.equals(said)).toList());
            }
        }
        return own.isEmpty() ? shown : shown.with(SELF, String.join(" ", own));
    }

    /**
     * Returns the long form.
     *
     * @throws IllegalArgumentException if the short form is not one that {@link #collapse} makes
     */
    static Element expand(Element root, Segment segment, Generation generation) {
        Element shown = root;
        String own = root.get(SELF);
        if (own != null) {
            shown = shown.without(SELF);
            for (String name : own.split(" ", -1)) {
                if (!NAMES.contains(name)
                        || shown.children().stream().anyMatch(child -> name.equals(child.get("name")))) {
                    throw new IllegalArgumentException(
                            "self is one or both of __name__ and id, not shown again: " + own);
                }
                shown = insert(shown, at(named(name, segment.text(), generation), root));
            }
        }
        return BTreeFolderNotation.expand(shown);
    }

    /** Returns an object's element with one attribute more at its canonical place. */
    static Element insert(Element object, Element attribute) {
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

    static Element withChildren(Element element, List<Element> children) {
        return new Element(element.name(), element.attributes(), children, "", element.line(), element.column());
    }

    /** Returns an element as if it stood where another one does, for messages. */
    static Element at(Element element, Element place) {
        return new Element(
                element.name(), element.attributes(), element.children(), element.text(), place.line(), place.column());
    }

    static Element text(String text, Generation generation) {
        return Element.text(generation == Generation.PYTHON2 ? "str" : "text", text);
    }

    private static Element named(String name, String text, Generation generation) {
        return text(text, generation).with("name", name);
    }

    private static boolean isHead(Element child) {
        return child.name().equals("newargs")
                || child.name().equals("class")
                || child.name().equals(ChildrenNotation.ELEMENT);
    }
}
