package gitzodb.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The order of the members of a merged list. What all three versions have keeps its order, or takes that of the side that
 * changed it; any other member stands behind the one that it stands behind in its own version. What both sides put in one
 * place is sorted by key, or stands block by block, the block with the lesser first key first: so the order does not
 * depend on which side is ours.
 */
final class MemberOrder {
    private final List<String> base;
    private final List<String> ours;
    private final List<String> theirs;

    /** The order of the members that all have. */
    private List<String> common = List.of();

    private boolean moved;

    MemberOrder(List<String> base, List<String> ours, List<String> theirs) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** Returns whether exactly one side moved members, or both alike. */
    boolean isMoved() {
        return moved;
    }

    /**
     * Returns the members that are to be in the result, in order; null if no rule gives one.
     *
     * @param sorted whether members that both sides put in one place are sorted by {@link Keys#ORDER} rather than kept in
     *     blocks
     * @param known members whose place among others is known; two blocks with any other have none
     */
    @Nullable
    List<String> merge(Set<String> kept, boolean sorted, Predicate<String> known) {
        Set<String> all = new HashSet<>(base);
        all.retainAll(new HashSet<>(ours));
        all.retainAll(new HashSet<>(theirs));
        List<String> before = only(base, all);
        List<String> left = only(ours, all);
        List<String> right = only(theirs, all);
        moved = !left.equals(before) || !right.equals(before);
        if (left.equals(before) || left.equals(right)) {
            common = right;
        } else if (right.equals(before)) {
            common = left;
        } else {
            return null;
        }
        Map<String, List<String>> ourBlocks = blocks(ours, all, kept);
        Map<String, List<String>> theirBlocks = blocks(theirs, all, kept);
        placeOnce(ourBlocks, theirBlocks);
        List<String> merged = new ArrayList<>();
        for (String anchor : anchors()) {
            if (all.contains(anchor) && kept.contains(anchor)) {
                merged.add(anchor);
            }
            List<String> block = merge(
                    ourBlocks.getOrDefault(anchor, List.of()),
                    theirBlocks.getOrDefault(anchor, List.of()),
                    sorted,
                    known);
            if (block == null) {
                return null;
            }
            merged.addAll(block);
        }
        return merged;
    }

    /** What stands for the beginning: no key is it. */
    private static final String START = "\0";

    private List<String> anchors() {
        List<String> anchors = new ArrayList<>(List.of(START));
        anchors.addAll(common);
        return anchors;
    }

    private static List<String> only(List<String> keys, Set<String> wanted) {
        return keys.stream().filter(wanted::contains).toList();
    }

    /** Returns the members that not all versions have, by the common one that they stand behind. */
    private static Map<String, List<String>> blocks(List<String> keys, Set<String> all, Set<String> kept) {
        Map<String, List<String>> blocks = new HashMap<>();
        String anchor = START;
        for (String key : keys) {
            if (all.contains(key)) {
                anchor = key;
            } else if (kept.contains(key)) {
                blocks.computeIfAbsent(anchor, any -> new ArrayList<>()).add(key);
            }
        }
        return blocks;
    }

    /** What both sides put in two places stands in the first of them. */
    private void placeOnce(Map<String, List<String>> ourBlocks, Map<String, List<String>> theirBlocks) {
        Map<String, Integer> places = new HashMap<>();
        anchors().forEach(anchor -> places.put(anchor, places.size()));
        Map<String, String> inTheirs = new HashMap<>();
        theirBlocks.forEach((anchor, block) -> block.forEach(key -> inTheirs.put(key, anchor)));
        Set<String> elsewhere = new HashSet<>();
        ourBlocks.forEach((anchor, block) -> block.removeIf(key -> {
            int here = places.getOrDefault(anchor, 0);
            int other = places.getOrDefault(inTheirs.getOrDefault(key, anchor), 0);
            if (other > here) {
                elsewhere.add(key);
            }
            return other < here;
        }));
        theirBlocks.values().forEach(block -> block.removeIf(elsewhere::contains));
    }

    private static @Nullable List<String> merge(
            List<String> left, List<String> right, boolean sorted, Predicate<String> known) {
        if (left.equals(right) || right.isEmpty()) {
            return left;
        }
        if (left.isEmpty()) {
            return right;
        }
        if (!left.stream().allMatch(known) || !right.stream().allMatch(known)) {
            return null;
        }
        Set<String> both = new LinkedHashSet<>(left);
        both.retainAll(new HashSet<>(right));
        if (sorted && isSorted(left) && isSorted(right)) {
            Set<String> union = new HashSet<>(left);
            union.addAll(right);
            return union.stream().sorted(Keys.ORDER).toList();
        }
        if (!only(left, both).equals(only(right, both))) {
            return null;
        }
        List<String> merged = new ArrayList<>();
        int l = 0;
        int r = 0;
        for (String anchor : both) {
            int nextLeft = indexOf(left, anchor, l);
            int nextRight = indexOf(right, anchor, r);
            appendBlocks(left.subList(l, nextLeft), right.subList(r, nextRight), merged);
            merged.add(anchor);
            l = nextLeft + 1;
            r = nextRight + 1;
        }
        appendBlocks(left.subList(l, left.size()), right.subList(r, right.size()), merged);
        return merged;
    }

    private static int indexOf(List<String> keys, String key, int from) {
        int at = from;
        while (!keys.get(at).equals(key)) {
            at++;
        }
        return at;
    }

    private static boolean isSorted(List<String> keys) {
        for (int i = 1; i < keys.size(); i++) {
            if (Keys.ORDER.compare(keys.get(i - 1), keys.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static void appendBlocks(List<String> left, List<String> right, List<String> merged) {
        boolean leftFirst = right.isEmpty()
                || !left.isEmpty() && Comparator.<String>naturalOrder().compare(left.getFirst(), right.getFirst()) < 0;
        merged.addAll(leftFirst ? left : right);
        merged.addAll(leftFirst ? right : left);
    }
}
