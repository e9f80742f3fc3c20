package gitzodb.merge;

import gitzodb.xml.DeepStack;
import gitzodb.xml.Element;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of a merge: one element, and a decision for every place where a side differs from the base. */
public sealed interface Merge {
    /** Returns the merged root element. */
    Element tree();

    /** Returns what was decided, in the order of the places. */
    List<Decision> decisions();

    /** Every place has one value. */
    record Clean(Element tree, List<Decision> decisions) implements Merge {}

    /** Some places hold a {@link Conflict}. */
    record Conflicted(Element tree, List<Decision> decisions) implements Merge {}

    /** Elements inside each other that are merged on the stack of the caller. */
    int SHALLOW = 100;

    /**
     * Merges what two sides made of a base.
     *
     * @param base null if both sides added the file
     */
    static Merge of(@Nullable Element base, Element ours, Element theirs) {
        Three values = new Three(base, ours, theirs);
        boolean deep = Stream.of(Optional.ofNullable(base), Optional.of(ours), Optional.of(theirs))
                .flatMap(Optional::stream)
                .anyMatch(Merge::isDeep);
        try {
            return deep ? DeepStack.take(() -> merge(values)) : merge(values);
        } catch (IOException e) {
            throw new IllegalStateException("a merge reads nothing", e);
        }
    }

    private static boolean isDeep(Element root) {
        record Open(Element element, int depth) {}
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(root, 0));
        while (!open.isEmpty()) {
            Open next = open.pop();
            if (next.depth > SHALLOW) {
                return true;
            }
            next.element.children().forEach(child -> open.push(new Open(child, next.depth + 1)));
        }
        return false;
    }

    private static Merge merge(Three values) {
        Three bare = values.part(Merge::withoutPlaces);
        boolean marked = Stream.of(bare.base(), bare.ours(), bare.theirs())
                .filter(Objects::nonNull)
                .anyMatch(Marks::areIn);
        Three named = marked ? bare.part(Marks::named) : bare;
        ElementMerge merge = new ElementMerge();
        Element tree = Objects.requireNonNull(merge.merge("/", named));
        if (!Conflict.in(tree).isEmpty()) {
            return new Conflicted(tree, List.copyOf(merge.decisions()));
        }
        Optional<Element> counted = marked ? Marks.counted(tree) : Optional.of(tree);
        if (counted.isEmpty()) {
            Element conflict = Conflict.of("/", Reason.SHARING, named).element();
            return new Conflicted(conflict, List.of(new Decision.Conflicting("/", Reason.SHARING)));
        }
        return new Clean(counted.get(), List.copyOf(merge.decisions()));
    }

    /** Returns an element that says nothing of the lines it was read from, so that equal ones are equal. */
    private static Element withoutPlaces(Element element) {
        List<Element> children = new ArrayList<>(element.children().size());
        element.children().forEach(child -> children.add(withoutPlaces(child)));
        return new Element(element.name(), element.attributes(), List.copyOf(children), element.text(), 0, 0);
    }
}
