package gitzodb.merge;

import gitzodb.merge.Decision.Combined;
import gitzodb.merge.Decision.Rule;
import gitzodb.merge.ElementMerge.Outcome;
import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Merges the children of an element: each by its key, then their order. */
final class ChildrenMerge {
    private final ElementMerge elements;
    private final String path;
    private final Shape shape;

    ChildrenMerge(ElementMerge elements, String path, Shape shape) {
        this.elements = elements;
        this.path = path;
        this.shape = shape;
    }

    private boolean isList() {
        return shape == Shape.LIST || shape == Shape.TUPLE;
    }

    /** Merges; {@code frame} is the element without content. */
    Outcome merge(Three values, Element frame) {
        boolean members = isList() || shape == Shape.MEMBERS || shape == Shape.GROUPS;
        Map<String, Element> base = Keys.byKey(values.base(), members);
        Map<String, Element> ours = Keys.byKey(values.ours(), members);
        Map<String, Element> theirs = Keys.byKey(values.theirs(), members);
        if (base == null || ours == null || theirs == null) {
            return shape == Shape.LIST ? repeated(values, frame) : new Outcome.Clash(Reason.CHANGED);
        }
        List<String> before = List.copyOf(base.keySet());
        List<String> left = List.copyOf(ours.keySet());
        List<String> right = List.copyOf(theirs.keySet());
        if (isList() && new Replacements(before).clash(left, right, shape == Shape.TUPLE)) {
            return new Outcome.Clash(Reason.CHANGED);
        }
        Map<String, Element> merged = new HashMap<>();
        for (String key : all(before, left, right)) {
            Element child = elements.merge(below(key), new Three(base.get(key), ours.get(key), theirs.get(key)));
            if (child != null) {
                merged.put(key, child);
            }
        }
        boolean hasState = frame.name().equals("object") || frame.name().equals("instance");
        if (hasState && (Keys.saysTwice(merged) || Keys.hasTwoStates(merged))) {
            return new Outcome.Clash(Reason.CHANGED);
        }
        if (shape == Shape.KEYED) {
            count(new Counts(base, ours, theirs), merged);
        }
        MemberOrder order = new MemberOrder(before, left, right);
        boolean sorted = shape != Shape.ORDERED && !isList();
        List<String> keys = order.merge(merged.keySet(), sorted, key -> shape != Shape.SORTED || Keys.isOrdered(key));
        if (keys == null) {
            return new Outcome.Clash(Reason.ORDER);
        }
        if (order.isMoved()) {
            elements.decisions().add(new Combined(path, Rule.ORDER));
        }
        List<Element> children = new ArrayList<>();
        keys.forEach(key -> children.add(Objects.requireNonNull(merged.get(key))));
        List<Element> whole = shape == Shape.GROUPS ? Groups.completed(children, values) : children;
        return new Outcome.Made(ElementMerge.with(frame, whole, ""));
    }

    private void count(Counts counts, Map<String, Element> merged) {
        Map<String, Element> corrected = new HashMap<>();
        merged.keySet().forEach(key -> counts.corrected(key, merged).ifPresent(counter -> corrected.put(key, counter)));
        corrected.forEach((key, counter) -> {
            if (!counter.equals(merged.put(key, counter))) {
                elements.decisions().add(new Combined(below(key), Rule.COUNT));
            }
        });
    }

    private static Set<String> all(List<String> before, List<String> left, List<String> right) {
        Set<String> all = new LinkedHashSet<>(before);
        all.addAll(left);
        all.addAll(right);
        return all;
    }

    private String below(String key) {
        return Paths.below(path, key);
    }

    /** Lists that hold a member twice are merged like lines of text. */
    private Outcome repeated(Three values, Element frame) {
        Element base = Objects.requireNonNull(values.base());
        List<Element> merged = LineMerge.members(
                base.children(),
                Objects.requireNonNull(values.ours()).children(),
                Objects.requireNonNull(values.theirs()).children());
        if (merged == null) {
            return new Outcome.Clash(Reason.CHANGED);
        }
        elements.decisions().add(new Combined(path, Rule.LINES));
        return new Outcome.Made(ElementMerge.with(frame, merged, ""));
    }

    /** Paths of places. */
    static final class Paths {
        private static final int LONGEST = 200;

        private Paths() {}

        static String below(String path, String key) {
            String name = key.replaceFirst("^<([a-z-]+)>$", "$1");
            String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
            return (path.equals("/") ? "" : path) + "/"
                    + shown.replace("/", "%2F").replace("\n", " ");
        }
    }
}
