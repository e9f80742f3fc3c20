package gitzodb.merge;

import gitzodb.bytes.Bytes;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.DeepStack;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file after some of its conflicts were settled.
 *
 * @param content null if the choice is that there is no file
 * @param settled how many conflicts were
 * @param left how many are not
 */
public record Resolution(@Nullable Bytes content, int settled, int left) {
    private static final ConflictMarks MARKS = new ConflictMarks(7, "ours", "base", "theirs");

    /** Says which value a conflict is to have; empty for none. */
    @FunctionalInterface
    public interface Value {
        Optional<Element> of(Conflict conflict) throws IOException;
    }

    /** Settles conflicts by a choice. */
    public static Resolution of(String path, Bytes content, @Nullable String at, Choice choice) throws IOException {
        return of(path, content, at, choice::of);
    }

    /**
     * Settles conflicts.
     *
     * @param at the place of the conflict; null for all
     * @throws ChoiceException if a conflict has no such value, or none is at that place
     */
    public static Resolution of(String path, Bytes content, @Nullable String at, Value value) throws IOException {
        return DeepStack.take(() -> settled(path, content, at, value));
    }

    private static Resolution settled(String path, Bytes content, @Nullable String at, Value value) throws IOException {
        Element root = XmlReader.readWithConflicts(path, content);
        Settling settling = new Settling(at, value);
        List<Element> settled = settling.settle(root);
        if (settling.settled == 0) {
            throw new ChoiceException(path + " has no conflict" + (at == null ? "" : " at " + at));
        }
        if (settled.isEmpty()) {
            return new Resolution(null, settling.settled, 0);
        }
        Element tree = settled.getFirst();
        int left = Conflict.in(tree).size();
        Bytes written = left > 0 ? CanonicalXml.bytes(tree, MARKS) : MergeFile.checked(path, counted(path, tree));
        return new Resolution(written, settling.settled, left);
    }

    private static Element counted(String path, Element tree) throws IOException {
        return Marks.counted(tree)
                .orElseThrow(
                        () -> new ChoiceException(
                                path
                                        + ": a value would be shared with one that is no longer there; choose otherwise, or edit the file"));
    }

    private static final class Settling {
        private final @Nullable String at;
        private final Value value;
        private int settled;

        Settling(@Nullable String at, Value value) {
            this.at = at;
            this.value = value;
        }

        /** Returns what stands for an element: itself, the value of a conflict, or nothing. */
        List<Element> settle(Element element) throws IOException {
            if (Conflict.is(element)) {
                Conflict conflict = read(element);
                if (at != null && !at.equals(conflict.at())) {
                    return List.of(element);
                }
                settled++;
                Optional<Element> chosen = value.of(conflict);
                // The base of a conflict may be one too.
                return chosen.isPresent() && Conflict.is(chosen.get())
                        ? settle(chosen.get())
                        : chosen.stream().toList();
            }
            List<Element> children = new ArrayList<>();
            for (Element child : element.children()) {
                children.addAll(settle(child));
            }
            return List.of(ElementMerge.with(element, children, element.text()));
        }

        private static Conflict read(Element element) throws XmlFormatException {
            try {
                return Conflict.read(element);
            } catch (IllegalArgumentException e) {
                throw new XmlFormatException("", element.line(), element.column(), String.valueOf(e.getMessage()));
            }
        }
    }
}
