package gitzodb.merge;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.xml.CanonicalXml;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every merge, on random files; how many is {@code gitzodb.merges}. */
class MergeLawsTest {
    private static final int CASES = Integer.getInteger("gitzodb.merges", 100_000);
    private static final long SEED = 0x7a6f6462;
    private static final Pattern TOKEN = Pattern.compile("t[0-9]+t|1[0-9]{6}");

    @Test
    void holdWhateverIsMerged() throws XmlFormatException {
        int clean = 0;
        for (int i = 0; i < CASES; i++) {
            RandomTrees trees = new RandomTrees(SEED + i);
            Element base = trees.object();
            Element ours = trees.changed(base);
            Element theirs = trees.changed(base);
            try {
                clean += holds(base, ours, theirs, i % 4 == 0) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + (SEED + i) + "\n" + CanonicalXml.bytes(base).utf8()
                                + CanonicalXml.bytes(ours).utf8()
                                + CanonicalXml.bytes(theirs).utf8(),
                        e);
            }
        }
        assertThat(clean).as("clean merges").isBetween(CASES / 4, CASES * 99 / 100);
    }

    private static boolean holds(Element base, Element ours, Element theirs, boolean asFile) throws XmlFormatException {
        if (asFile) {
            unchanged(base, ours, ours, base);
            unchanged(base, theirs, base, theirs);
            unchanged(base, ours, ours, ours);
        }
        Merge merge = Merge.of(base, ours, theirs);
        assertThat(swapped(Merge.of(base, theirs, ours).tree())).as("symmetry").isEqualTo(merge.tree());
        boolean clean = Conflict.in(merge.tree()).isEmpty();
        assertThat(merge).isInstanceOf(clean ? Merge.Clean.class : Merge.Conflicted.class);
        assertThat(merge.decisions().stream().anyMatch(Decision.Conflicting.class::isInstance))
                .isNotEqualTo(clean);
        if (asFile) {
            isReadAgain(merge.tree(), clean);
        }
        keepsEveryValue(base, ours, theirs, merge);
        return clean;
    }

    private static void unchanged(Element base, Element expected, Element ours, Element theirs) {
        Merge merge = Merge.of(base, ours, theirs);
        assertThat(merge).isInstanceOf(Merge.Clean.class);
        assertThat(merge.tree()).isEqualTo(expected);
    }

    private static void isReadAgain(Element tree, boolean clean) throws XmlFormatException {
        if (clean) {
            MergeFile.checked("file", tree);
        } else {
            var content = CanonicalXml.bytes(tree, new ConflictMarks(7, "HEAD", "", "topic"));
            assertThat(CanonicalXml.bytes(XmlReader.readWithConflicts("file", content)))
                    .isEqualTo(CanonicalXml.bytes(tree));
        }
    }

    /** What a side made new is there; what is gone was taken out by a side, and the decisions say so. */
    private static void keepsEveryValue(Element base, Element ours, Element theirs, Merge merge) {
        Set<String> before = tokens(base);
        Set<String> twice = twice(base);
        Set<String> left = tokens(ours);
        Set<String> right = tokens(theirs);
        Set<String> present = tokens(merge.tree());
        for (Set<String> side : List.of(left, right)) {
            Set<String> made = new HashSet<>(side);
            made.removeAll(before);
            assertThat(present).as("what a side made").containsAll(made);
        }
        Set<String> kept = new HashSet<>(left);
        kept.retainAll(right);
        kept.removeAll(twice);
        assertThat(present).as("what both have").containsAll(kept);
        if (merge instanceof Merge.Clean) {
            Set<String> gone = new HashSet<>(before);
            gone.removeAll(left);
            Set<String> deleted = new HashSet<>(before);
            deleted.removeAll(right);
            gone.addAll(deleted);
            gone.removeAll(twice);
            assertThat(present)
                    .as("what a side took out")
                    .doesNotContainAnyElementsOf(gone.isEmpty() ? Set.of("") : gone);
        }
        if (!ours.equals(base) || !theirs.equals(base)) {
            assertThat(merge.decisions()).isNotEmpty();
        }
    }

    private static Set<String> twice(Element element) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        Matcher matcher = TOKEN.matcher(Keys.text(element));
        while (matcher.find()) {
            if (!once.add(matcher.group())) {
                twice.add(matcher.group());
            }
        }
        return twice;
    }

    private static Set<String> tokens(Element element) {
        Set<String> tokens = new HashSet<>();
        Matcher matcher = TOKEN.matcher(Keys.text(element));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static Element swapped(Element element) {
        List<Element> children = new ArrayList<>();
        element.children().forEach(child -> children.add(swapped(child)));
        if (Conflict.is(element)) {
            Element ours = ElementMerge.with(Element.of("ours"), children.get(2).children(), "");
            Element theirs =
                    ElementMerge.with(Element.of("theirs"), children.get(0).children(), "");
            return ElementMerge.with(element, List.of(ours, children.get(1), theirs), "");
        }
        return ElementMerge.with(element, children, element.text());
    }

    @Test
    void changesOfDifferentAttributesNeverConflict() {
        for (int i = 0; i < CASES / 10; i++) {
            RandomTrees trees = new RandomTrees(SEED - i);
            Element base = trees.object();
            Element other = trees.changed(trees.changed(trees.object()));
            Map<String, Element> before = byKey(base);
            Map<String, Element> pool = byKey(other);
            Map<String, Element> left = new TreeMap<>(before);
            Map<String, Element> right = new TreeMap<>(before);
            Map<String, Element> expected = new TreeMap<>(before);
            Set<String> keys = new HashSet<>(before.keySet());
            keys.addAll(pool.keySet());
            for (String key : keys) {
                Element value = trees.upTo(4) == 0 ? null : pool.get(key);
                if (trees.upTo(3) > 0) {
                    put(trees.upTo(2) == 0 ? left : right, key, value);
                    put(expected, key, value);
                }
            }
            Merge merge = Merge.of(base, object(left), object(right));
            assertThat(merge.tree()).as("seed " + (SEED - i)).isEqualTo(object(expected));
            assertThat(merge).isInstanceOf(Merge.Clean.class);
        }
    }

    private static void put(Map<String, Element> map, String key, @Nullable Element value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    private static Map<String, Element> byKey(Element object) {
        return new HashMap<>(Objects.requireNonNull(Keys.byKey(object, false)));
    }

    private static Element object(Map<String, Element> attributes) {
        return ElementMerge.with(Element.of("object").with("class", "m.C"), List.copyOf(attributes.values()), "");
    }
}
