package gitzodb.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what both sides of a list put in the place of the same members, where a member is no more than its content. */
final class Replacements {
    private final List<String> base;

    Replacements(List<String> base) {
        this.base = base;
    }

    /** Members that are gone, and what stands where they stood. */
    private record Replacement(List<String> gone, List<String> by) {}

    /**
     * Returns whether a side replaced members that the other replaced by others, or deleted.
     *
     * @param any whether any two replacements clash, also of different members
     */
    boolean clash(List<String> ours, List<String> theirs, boolean any) {
        List<Replacement> left = replacements(ours);
        List<Replacement> right = replacements(theirs);
        if (any && !left.isEmpty() && !right.isEmpty() && !left.equals(right)) {
            return true;
        }
        return clash(left, right, theirs) || clash(right, left, ours);
    }

    private static boolean clash(List<Replacement> made, List<Replacement> others, List<String> other) {
        Set<String> present = new HashSet<>(other);
        for (Replacement each : made) {
            if (!others.contains(each) && !present.containsAll(each.gone)) {
                return true;
            }
        }
        return false;
    }

    private List<Replacement> replacements(List<String> side) {
        Set<String> present = new HashSet<>(side);
        Set<String> before = new HashSet<>(base);
        List<String> kept = base.stream().filter(present::contains).toList();
        if (!kept.equals(side.stream().filter(before::contains).toList())) {
            // Where members were moved no place can be told from another.
            List<String> gone = new ArrayList<>(base);
            gone.removeIf(key -> present.contains(key) || !Keys.isContent(key));
            List<String> by = new ArrayList<>(side);
            by.removeIf(before::contains);
            return gone.isEmpty() || by.isEmpty() ? List.of() : List.of(new Replacement(gone, by));
        }
        List<Replacement> found = new ArrayList<>();
        int b = 0;
        int s = 0;
        for (int i = 0; i <= kept.size(); i++) {
            List<String> gone = new ArrayList<>();
            List<String> by = new ArrayList<>();
            String next = i < kept.size() ? kept.get(i) : null;
            for (; b < base.size() && !base.get(b).equals(next); b++) {
                if (Keys.isContent(base.get(b))) {
                    gone.add(base.get(b));
                }
            }
            for (; s < side.size() && !side.get(s).equals(next); s++) {
                by.add(side.get(s));
            }
            b++;
            s++;
            if (!gone.isEmpty() && !by.isEmpty()) {
                found.add(new Replacement(gone, by));
            }
        }
        return found;
    }
}
