package gitzodb.merge;

import gitzodb.xml.Element;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Merges the lines {@code key value}, or {@code key}, of a tree of integers by key. */
final class NumberLines {
    private NumberLines() {}

    /** Returns the merged text; empty if it is of another form, or both sides changed one entry. */
    static Optional<String> merge(Three values) {
        Map<BigInteger, String> base = lines(values.base());
        Map<BigInteger, String> ours = lines(values.ours());
        Map<BigInteger, String> theirs = lines(values.theirs());
        if (base == null || ours == null || theirs == null) {
            return Optional.empty();
        }
        TreeSet<BigInteger> keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        StringBuilder out = new StringBuilder("\n");
        for (BigInteger key : keys) {
            String before = base.get(key);
            String left = ours.get(key);
            String right = theirs.get(key);
            boolean isOurs = Objects.equals(left, right) || Objects.equals(before, right);
            if (!isOurs && !Objects.equals(before, left)) {
                return Optional.empty();
            }
            String line = isOurs ? left : right;
            if (line != null) {
                out.append(line).append('\n');
            }
        }
        return Optional.of(out.length() == 1 ? "" : out.toString());
    }

    private static @Nullable Map<BigInteger, String> lines(@Nullable Element tree) {
        Map<BigInteger, String> lines = new TreeMap<>();
        String text = tree == null ? "" : tree.text();
        if (tree != null && !tree.children().isEmpty() || !text.isEmpty() && !text.startsWith("\n")) {
            return null;
        }
        for (String line : (Iterable<String>) text.lines().skip(1)::iterator) {
            int space = line.indexOf(' ');
            String key = space < 0 ? line : line.substring(0, space);
            if (!key.matches("-?[0-9]{1,20}") || lines.put(new BigInteger(key), line) != null) {
                return null;
            }
        }
        return lines;
    }
}
