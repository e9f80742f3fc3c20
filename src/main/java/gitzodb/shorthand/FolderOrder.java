package gitzodb.shorthand;

import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order of the children of a folder of Plone, which its annotations hold as a list, and as the number of each child:
 * {@code <order name="plone.folder.ordered">}, one {@code <id>} a child.
 */
final class FolderOrder implements Shorthand {
    private static final String ELEMENT = "order";
    private static final String ID = "id";
    private static final String LIST = ".order";
    private static final String NUMBERS = ".pos";
    private static final String KEY = "plone.folder.ordered";

    @Override
    public Set<String> classes() {
        return Set.of("BTrees.OOBTree.OOBTree");
    }

    @Override
    public Optional<Element> shorten(Element tree, Native text) {
        int at = index(tree);
        if (at < 0 || at + 1 == tree.children().size()) {
            return Optional.empty();
        }
        List<Element> ids = new ArrayList<>();
        for (Element id : Nodes.items(tree.children().get(at)).orElse(List.of())) {
            String said = text.text(id);
            if (said == null) {
                return Optional.empty();
            }
            ids.add(Element.text(ID, said));
        }
        List<Element> children = new ArrayList<>(tree.children());
        children.set(at, Element.of(ELEMENT, ids).with("name", KEY));
        Element numbers = children.remove(at + 1);
        return (KEY + NUMBERS).equals(numbers.get("name")) ? Optional.of(Parts.with(tree, children)) : Optional.empty();
    }

    private static int index(Element tree) {
        for (int i = 0; i < tree.children().size(); i++) {
            if ((KEY + LIST).equals(tree.children().get(i).get("name"))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Element lengthen(Element tree, Native text) {
        Element order = tree.child(ELEMENT).orElse(null);
        if (order == null) {
            return tree;
        }
        Parts.only(order, ELEMENT, Set.of("name"));
        boolean once = tree.children().stream()
                        .filter(child -> child.name().equals(ELEMENT))
                        .count()
                == 1;
        if (!once || !KEY.equals(order.get("name"))) {
            throw new IllegalArgumentException("<" + ELEMENT + "> stands once, with the name " + KEY);
        }
        List<Element> items = new ArrayList<>();
        TreeMap<String, Element> numbers = new TreeMap<>(CanonicalOrder.CODE_POINTS);
        for (Element id : order.children()) {
            Parts.only(id, ID, Set.of());
            Element number = Element.text("int", String.valueOf(items.size())).with("name", id.text());
            if (!id.children().isEmpty() || numbers.put(id.text(), number) != null) {
                throw new IllegalArgumentException("<" + ELEMENT + "> holds each id once: " + id.text());
            }
            items.add(text.of(id.text()));
        }
        List<Element> children = new ArrayList<>();
        for (Element child : tree.children()) {
            if (child.name().equals(ELEMENT)) {
                children.add(Nodes.PERSISTENT.list(items).with("name", KEY + LIST));
                children.add(Element.of("tree", List.copyOf(numbers.values()))
                        .with("class", "BTrees.OIBTree.OIBTree")
                        .with("name", KEY + NUMBERS));
            } else {
                children.add(child);
            }
        }
        return Parts.with(tree, children);
    }

    @Override
    public boolean says(Element again, Element tree) {
        return again.children().equals(tree.children());
    }
}
