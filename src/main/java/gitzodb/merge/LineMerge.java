package gitzodb.merge;

import gitzodb.bytes.Bytes;
import gitzodb.xml.Element;
import gitzodb.xml.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;
import org.jspecify.annotations.Nullable;

/** Merges sequences by their longest common parts, as git merges the lines of a file. */
final class LineMerge {
    private LineMerge() {}

    /** Returns the merged text; empty if it is binary or lines conflict. Attributes are those of ours. */
    static Optional<Element> merge(Element base, Element ours, Element theirs) {
        Optional<Bytes> before = SourceText.bytes(base);
        Optional<Bytes> left = SourceText.bytes(ours);
        Optional<Bytes> right = SourceText.bytes(theirs);
        if (before.isEmpty() || left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = merge(lines(before.get()), lines(left.get()), lines(right.get()));
        if (lines == null) {
            return Optional.empty();
        }
        for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
            if (!line.endsWith("\n")) {
                return Optional.empty();
            }
        }
        return SourceText.of(ours, Bytes.wrap(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Returns the merged members; null if they conflict. */
    static @Nullable List<Element> members(List<Element> base, List<Element> ours, List<Element> theirs) {
        return merge(base, ours, theirs);
    }

    private static List<String> lines(Bytes content) {
        String text = content.latin1();
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start) + 1;
            int next = end == 0 ? text.length() : end;
            lines.add(text.substring(start, next));
            start = next;
        }
        return lines;
    }

    private static final class Items<T> extends Sequence {
        final List<T> items;

        Items(List<T> items) {
            this.items = items;
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    private static final class Equality<T> extends SequenceComparator<Items<T>> {
        @Override
        public boolean equals(Items<T> a, int i, Items<T> b, int j) {
            return Objects.equals(a.items.get(i), b.items.get(j));
        }

        @Override
        public int hash(Items<T> sequence, int i) {
            return Objects.hashCode(sequence.items.get(i));
        }
    }

    private static <T> @Nullable List<T> merge(List<T> base, List<T> ours, List<T> theirs) {
        MergeResult<Items<T>> result =
                new MergeAlgorithm().merge(new Equality<>(), new Items<>(base), new Items<>(ours), new Items<>(theirs));
        if (result.containsConflicts()) {
            return null;
        }
        List<T> merged = new ArrayList<>();
        for (MergeChunk chunk : result) {
            List<T> source = result.getSequences().get(chunk.getSequenceIndex()).items;
            merged.addAll(source.subList(chunk.getBegin(), chunk.getEnd()));
        }
        return merged;
    }
}
