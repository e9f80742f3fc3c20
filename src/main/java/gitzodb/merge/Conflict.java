package gitzodb.merge;

import gitzodb.xml.Element;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where no rule decides, as the element {@code <conflict>} that stands there.
 *
 * @param at the place, as {@link Decision#path}
 * @param reason the name of a {@link Reason}
 * @param base null if the place was empty, so the others
 */
public record Conflict(
        String at,
        String reason,
        @Nullable Element base,
        @Nullable Element ours,
        @Nullable Element theirs) {
    private static final String NAME = "conflict";

    static Conflict of(String at, Reason reason, Three values) {
        return new Conflict(at, reason.text(), values.base(), values.ours(), values.theirs());
    }

    /** Returns whether an element is a conflict. */
    public static boolean is(@Nullable Element element) {
        return element != null && element.name().equals(NAME);
    }

    /**
     * Reads an element.
     *
     * @throws IllegalArgumentException if it is no well-formed conflict
     */
    public static Conflict read(Element element) {
        String at = element.get("at");
        String reason = element.get("reason");
        if (!is(element) || at == null || reason == null) {
            throw new IllegalArgumentException("not a <conflict> with a place and a reason");
        }
        List<String> sides = element.children().stream().map(Element::name).toList();
        if (!sides.equals(List.of("ours", "base", "theirs"))) {
            throw new IllegalArgumentException("a <conflict> has <ours>, <base> and <theirs>, in this order");
        }
        return new Conflict(at, reason, side(element, 1), side(element, 0), side(element, 2));
    }

    private static @Nullable Element side(Element element, int index) {
        Element side = element.children().get(index);
        if (side.children().size() > 1 || !side.text().isBlank()) {
            throw new IllegalArgumentException("<" + side.name() + "> of a <conflict> has one element, or none");
        }
        return side.children().isEmpty() ? null : side.children().getFirst();
    }

    /** Returns the reason in words. */
    public String explanation() {
        for (Reason known : Reason.values()) {
            if (known.text().equals(reason)) {
                return known.explanation();
            }
        }
        return reason;
    }

    /** Returns the conflicts in an element, in order; those inside a conflict excepted. */
    public static List<Element> in(Element root) {
        List<Element> found = new ArrayList<>();
        Deque<Element> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Element element = open.pop();
            if (is(element)) {
                found.add(element);
            } else {
                element.children().reversed().forEach(open::push);
            }
        }
        return found;
    }

    Element element() {
        return Element.of(NAME, side("ours", ours), side("base", base), side("theirs", theirs))
                .with("at", at)
                .with("reason", reason);
    }

    private static Element side(String name, @Nullable Element value) {
        return value == null ? Element.of(name) : Element.of(name, value);
    }
}
