package gitzodb.merge;

import gitzodb.xml.Element;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counters, {@code BTrees.Length}, which say how much their neighbours hold: the base, and what each side added. Where a
 * counter is the size of the one tree beside it in all versions, it is the size of the merged tree.
 */
final class Counts {
    private static final String LENGTH = "BTrees.Length.Length";
    private static final Set<String> COUNTED = Set.of("tree", "children", "object");

    private final Map<String, Element> base;
    private final Map<String, Element> ours;
    private final Map<String, Element> theirs;

    Counts(Map<String, Element> base, Map<String, Element> ours, Map<String, Element> theirs) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** Returns what a counter is to be where it is not what {@link #sum} gives; empty if there is nothing to correct. */
    Optional<Element> corrected(String key, Map<String, Element> merged) {
        BigInteger before = count(base.get(key));
        BigInteger left = count(ours.get(key));
        BigInteger right = count(theirs.get(key));
        Element shown = merged.get(key);
        if (before == null || left == null || right == null || shown == null || count(shown) == null) {
            return Optional.empty();
        }
        List<String> trees = merged.keySet().stream()
                .filter(each -> isTree(merged.get(each)))
                .toList();
        if (trees.size() == 1
                && before.equals(size(base.get(trees.getFirst())))
                && left.equals(size(ours.get(trees.getFirst())))
                && right.equals(size(theirs.get(trees.getFirst())))) {
            BigInteger size = size(merged.get(trees.getFirst()));
            return size == null ? Optional.empty() : Optional.of(with(shown, size));
        }
        // Both counted one more: the same one, or two that one of them does not have?
        boolean differ = !left.equals(before)
                && left.equals(right)
                && merged.keySet().stream().anyMatch(this::isContentThatDiffers);
        return differ ? Optional.of(with(shown, left.add(right).subtract(before))) : Optional.empty();
    }

    private boolean isContentThatDiffers(String key) {
        Element left = ours.get(key);
        Element right = theirs.get(key);
        Element any = left != null ? left : right;
        return any != null && COUNTED.contains(any.name()) && count(any) == null && !Objects.equals(left, right);
    }

    private static boolean isTree(@Nullable Element element) {
        return element != null && element.name().equals("tree");
    }

    private static @Nullable BigInteger size(@Nullable Element tree) {
        if (!isTree(tree)
                || tree == null
                || !Conflict.in(tree).isEmpty()
                || tree.children().stream().anyMatch(child -> child.name().equals("part"))
                || tree.get("shown") != null) {
            return null;
        }
        long size = tree.children().isEmpty()
                ? tree.text().lines().filter(line -> !line.isEmpty()).count()
                : tree.children().size();
        return BigInteger.valueOf(size);
    }

    /** Returns the sum of a counter in three versions; empty if it is none. */
    static Optional<BigInteger> sum(Three values) {
        BigInteger before = count(values.base());
        BigInteger left = count(values.ours());
        BigInteger right = count(values.theirs());
        return before == null || left == null || right == null
                ? Optional.empty()
                : Optional.of(left.add(right).subtract(before));
    }

    /** Returns a counter with another number. */
    static Element with(Element counter, BigInteger number) {
        Element old = counter.children().getFirst().children().getFirst();
        Element state = Element.of("state", ElementMerge.with(old, List.of(), number.toString()));
        return ElementMerge.with(counter, List.of(state), "");
    }

    static boolean isCounter(Element element) {
        return count(element) != null;
    }

    private static @Nullable BigInteger count(@Nullable Element element) {
        if (element == null
                || !LENGTH.equals(element.get("class"))
                || element.children().size() != 1
                || !element.children().getFirst().name().equals("state")) {
            return null;
        }
        List<Element> state = element.children().getFirst().children();
        return state.size() == 1
                        && state.getFirst().name().equals("int")
                        && state.getFirst().text().matches("-?[0-9]{1,18}")
                ? new BigInteger(state.getFirst().text())
                : null;
    }
}
