package gitzodb.merge;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Makes files of objects, and changes them. Every new value holds a token that is nowhere else, such as {@code t17t}. */
final class RandomTrees {
    private final SplittableRandom random;
    private final int kinds;
    private int tokens;

    RandomTrees(long seed) {
        this(seed, 14);
    }

    private RandomTrees(long seed, int kinds) {
        random = new SplittableRandom(seed);
        this.kinds = kinds;
    }

    /** Makes objects of plain values only. */
    static RandomTrees ofValues(long seed) {
        return new RandomTrees(seed, 8);
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    String token() {
        return "t" + tokens++ + "t";
    }

    Element object() {
        TreeMap<String, Element> attributes = new TreeMap<>();
        int size = 1 + upTo(6);
        for (int i = 0; i < size; i++) {
            put(attributes, named(value(2)));
        }
        return ElementMerge.with(Element.of("object").with("class", "m.C"), sorted(attributes), "");
    }

    private static void put(Map<String, Element> attributes, Element child) {
        attributes.putIfAbsent(Keys.of(child), child);
    }

    private static List<Element> sorted(Map<String, Element> attributes) {
        return List.copyOf(attributes.values());
    }

    private Element named(Element value) {
        return switch (value.name()) {
            case "permission", "local-roles", "properties", "children", "roles" -> value;
            default -> value.with("name", "a" + upTo(12));
        };
    }

    /** Returns a value without a name. */
    Element value(int depth) {
        return switch (upTo(depth == 0 ? 4 : kinds)) {
            case 0, 1 -> Element.text("text", token());
            case 2 -> Element.text("int", Integer.toString(1_000_000 + tokens++));
            case 3 -> lines();
            case 4 -> list("list", depth - 1);
            case 5 -> list("tuple", depth - 1);
            case 6 -> dict(depth - 1);
            case 7 -> set();
            case 8 -> Element.of("permission", roles()).with("acquire", "no").with("name", "P" + upTo(3));
            case 9 -> children();
            case 10 -> properties();
            case 11 -> Element.of("instance", object().children()).with("class", "m.I");
            case 12 -> tree();
            default -> Element.text("bytes", token() + token()).with("enc", "base64");
        };
    }

    private Element lines() {
        StringBuilder text = new StringBuilder();
        int lines = 2 + upTo(5);
        for (int i = 0; i < lines; i++) {
            text.append(token()).append('\n');
        }
        return Element.text("text", text.toString());
    }

    private Element list(String name, int depth) {
        List<Element> members = new ArrayList<>();
        int size = upTo(5);
        for (int i = 0; i < size; i++) {
            members.add(upTo(3) == 0 ? value(depth) : Element.text("text", token()));
        }
        members.removeIf(
                member -> !Set.of("text", "int", "list", "tuple", "dict").contains(member.name()));
        if (!members.isEmpty() && upTo(8) == 0) {
            members.add(members.getFirst());
        }
        return Element.of(name, members);
    }

    private Element dict(int depth) {
        List<Element> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int size = upTo(5);
        for (int i = 0; i < size; i++) {
            Element value = value(depth);
            String name = "k" + upTo(20);
            boolean isPlain = !Set.of("permission", "children", "properties", "roles", "local-roles")
                    .contains(value.name());
            if (isPlain && names.add(name)) {
                entries.add(value.with("name", name));
            }
        }
        return Element.of("dict", entries);
    }

    private Element set() {
        return Element.of("set", texts("text").stream().sorted(BY_TEXT).toList());
    }

    private static final Comparator<Element> BY_TEXT = Comparator.comparing(Element::text);

    private List<Element> roles() {
        return texts("role");
    }

    private List<Element> texts(String name) {
        List<Element> all = new ArrayList<>();
        int size = upTo(4);
        for (int i = 0; i < size; i++) {
            all.add(Element.text(name, token()));
        }
        return all;
    }

    private Element children() {
        return Element.of("children", rows("child", "meta_type"));
    }

    private Element properties() {
        List<Element> rows = new ArrayList<>();
        for (Element row : rows("property", "type")) {
            rows.add(ElementMerge.with(row, List.of(Element.text("text", token())), ""));
        }
        return Element.of("properties", rows);
    }

    private List<Element> rows(String name, String attribute) {
        List<Element> rows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int size = upTo(5);
        for (int i = 0; i < size; i++) {
            String id = "c" + upTo(30);
            if (names.add(id)) {
                rows.add(Element.of(name).with("name", id).with(attribute, "Folder"));
            }
        }
        return rows;
    }

    private Element tree() {
        TreeMap<String, Element> entries = new TreeMap<>();
        int size = upTo(6);
        for (int i = 0; i < size; i++) {
            put(entries, Element.text("text", token()).with("name", "e" + upTo(40)));
        }
        return Element.of("tree", sorted(entries)).with("class", "BTrees.OOBTree.OOBTree");
    }

    /** Returns an element with some changes in it. */
    Element changed(Element element) {
        Element changed = element;
        for (int i = 1 + upTo(3); i > 0; i--) {
            changed = change(changed);
        }
        return changed;
    }

    private Element change(Element element) {
        Shape shape = Shape.of(element);
        List<Element> children = new ArrayList<>(element.children());
        if (children.isEmpty() && shape != Shape.KEYED) {
            return leaf(element);
        }
        int at = children.isEmpty() ? 0 : upTo(children.size());
        switch (children.isEmpty() ? 0 : upTo(6)) {
            case 0 -> add(element, children);
            case 1 -> children.remove(at);
            case 2 -> move(element, children, at);
            default -> children.set(at, inside(element, children.get(at)));
        }
        return ElementMerge.with(element, ordered(element, children), element.text());
    }

    private Element inside(Element parent, Element child) {
        boolean isMember = Set.of("list", "tuple", "set", "permission").contains(parent.name());
        if (isMember && upTo(2) == 0) {
            return like(parent, child);
        }
        if (upTo(6) == 0 && Set.of("object", "dict", "instance").contains(parent.name()) && child.get("name") != null) {
            return Element.text("text", token()).with("name", String.valueOf(child.get("name")));
        }
        return change(child);
    }

    private Element like(Element parent, Element child) {
        return parent.name().equals("set") || parent.name().equals("permission")
                ? Element.text(child.name(), token())
                : Element.text("text", token());
    }

    private void move(Element parent, List<Element> children, int at) {
        if (Set.of("list", "children", "properties").contains(parent.name())) {
            Element moved = children.remove(at);
            children.add(upTo(children.size() + 1), moved);
        }
    }

    private void add(Element parent, List<Element> children) {
        Element added = switch (parent.name()) {
            case "object", "instance" -> named(value(1));
            case "dict" -> Element.text("text", token()).with("name", "k" + upTo(20));
            case "tree" -> Element.text("text", token()).with("name", "e" + upTo(40));
            case "children" -> Element.of("child").with("name", "c" + upTo(30)).with("meta_type", token());
            case "properties" ->
                Element.of("property", Element.text("text", token()))
                        .with("name", "c" + upTo(30))
                        .with("type", "string");
            case "permission" -> Element.text("role", token());
            case "property" -> null;
            default -> Element.text("text", token());
        };
        boolean keyed = Shape.of(parent) == Shape.KEYED
                || Shape.of(parent) == Shape.SORTED
                || Shape.of(parent) == Shape.ORDERED;
        if (added != null
                && !(keyed && children.stream().anyMatch(c -> Keys.of(c).equals(Keys.of(added))))) {
            children.add(upTo(children.size() + 1), added);
        }
    }

    private static List<Element> ordered(Element parent, List<Element> children) {
        switch (parent.name()) {
            case "object", "instance", "tree" -> children.sort(Comparator.comparing(Keys::of));
            case "set" -> children.sort(BY_TEXT);
            default -> {}
        }
        return children;
    }

    private Element leaf(Element element) {
        return switch (element.name()) {
            case "text" -> text(element);
            case "int" -> ElementMerge.with(element, List.of(), Integer.toString(1_000_000 + tokens++));
            case "child" -> element.with("meta_type", token());
            case "property" -> element;
            case "bytes", "role" -> ElementMerge.with(element, List.of(), token());
            default -> {
                List<Element> children = new ArrayList<>();
                add(element, children);
                yield ElementMerge.with(element, children, "");
            }
        };
    }

    private Element text(Element element) {
        if (!element.text().contains("\n")) {
            return ElementMerge.with(element, List.of(), token());
        }
        List<String> lines = new ArrayList<>(element.text().lines().toList());
        int at = upTo(lines.size());
        switch (upTo(3)) {
            case 0 -> lines.add(at, token());
            case 1 -> lines.set(at, token());
            default -> lines.remove(at);
        }
        return ElementMerge.with(element, List.of(), lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    /** Returns the elements of a list in any order. */
    <T> List<T> shuffled(List<T> all) {
        List<T> list = new ArrayList<>(all);
        Collections.shuffle(list, new Random(random.nextLong()));
        return list;
    }
}
