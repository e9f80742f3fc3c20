package gitzodb.load;

import gitzodb.tree.ChildrenNotation;
import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds children to the XML of an object and takes them out, one element each; all else stays as it is. */
final class ChildEdit {
    private ChildEdit() {}

    /** Returns an object without a child; empty if the child does not stand in this file. */
    static Optional<Element> remove(Element object, Element child) {
        List<Element> way = way(object, child);
        if (way.size() < 2) {
            return Optional.empty();
        }
        int holder = way.size() - 2;
        List<Element> kept = new ArrayList<>(way.get(holder).children());
        kept.remove(indexOf(kept, way.getLast()));
        return Optional.of(rebuilt(way, holder, withChildren(way.get(holder), kept)));
    }

    /** Returns an object whose child is listed as another file lists it. */
    static Optional<Element> relist(Element object, Element child, Element as) {
        String type = as.get("meta_type");
        if (Objects.equals(child.get("meta_type"), type) || child.get("meta_type") == null || type == null) {
            return Optional.of(object);
        }
        List<Element> way = way(object, child);
        return way.isEmpty()
                ? Optional.empty()
                : Optional.of(rebuilt(way, way.size() - 1, way.getLast().with("meta_type", type)));
    }

    /**
     * Returns an object with one child more, behind the nearest one that stands before it in the other file.
     *
     * @param other the object in the other file, which has the child
     */
    static Optional<Element> insert(Element object, Element other, Element child) {
        List<Element> way = way(other, child);
        if (way.size() < 2) {
            return Optional.empty();
        }
        List<Element> here = new ArrayList<>(List.of(object));
        for (Element step : way.subList(1, way.size() - 1)) {
            Element next = like(here.getLast().children(), step);
            if (next == null && step.name().equals(ChildrenNotation.ELEMENT) && here.size() == 1) {
                List<Element> first = new ArrayList<>(object.children());
                first.addFirst(withChildren(step, List.of(way.getLast())));
                return Optional.of(withChildren(object, first));
            }
            if (next == null) {
                return Optional.empty();
            }
            here.add(next);
        }
        List<Element> siblings = way.get(way.size() - 2).children();
        List<Element> children = new ArrayList<>(here.getLast().children());
        int at = 0;
        for (int i = indexOf(siblings, way.getLast()) - 1; i >= 0 && at == 0; i--) {
            Element before = like(children, siblings.get(i));
            at = before == null ? 0 : indexOf(children, before) + 1;
        }
        children.add(at, way.getLast());
        return Optional.of(rebuilt(here, here.size() - 1, withChildren(here.getLast(), children)));
    }

    /** Returns the elements from the object to the one that holds the child as an entry; none if it is not in there. */
    private static List<Element> way(Element object, Element child) {
        List<Element> way = new ArrayList<>();
        way.add(object);
        List<Integer> next = new ArrayList<>(List.of(0));
        while (!way.isEmpty()) {
            Element last = way.getLast();
            int index = next.getLast();
            if (isSame(last, child)) {
                boolean entry = way.size() > 1 && way.get(way.size() - 2).name().equals("entry");
                return entry ? way.subList(0, way.size() - 1) : way;
            }
            if (index == last.children().size()) {
                way.removeLast();
                next.removeLast();
            } else {
                next.set(next.size() - 1, index + 1);
                way.add(last.children().get(index));
                next.add(0);
            }
        }
        return way;
    }

    /** Elements of one file are told apart by where they stand in it. */
    private static boolean isSame(Element one, Element other) {
        return one.line() == other.line()
                && one.column() == other.column()
                && one.name().equals(other.name())
                && Objects.equals(one.get("name"), other.get("name"));
    }

    /** One and the same, as two may be equal. */
    @SuppressWarnings("ReferenceEquality")
    private static int indexOf(List<Element> elements, Element wanted) {
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) == wanted) {
                return i;
            }
        }
        throw new IllegalArgumentException("not among them");
    }

    private static @Nullable Element like(List<Element> elements, Element wanted) {
        String name = wanted.get("name");
        boolean isNamed = name != null || wanted.name().equals(ChildrenNotation.ELEMENT);
        for (Element element : elements) {
            if (isNamed && element.name().equals(wanted.name()) && Objects.equals(element.get("name"), name)) {
                return element;
            }
        }
        return null;
    }

    private static Element rebuilt(List<Element> way, int from, Element changed) {
        Element result = changed;
        for (int i = from - 1; i >= 0; i--) {
            List<Element> children = new ArrayList<>(way.get(i).children());
            children.set(indexOf(children, way.get(i + 1)), result);
            result = withChildren(way.get(i), children);
        }
        return result;
    }

    private static Element withChildren(Element element, List<Element> children) {
        return new Element(
                element.name(), element.attributes(), children, element.text(), element.line(), element.column());
    }
}
