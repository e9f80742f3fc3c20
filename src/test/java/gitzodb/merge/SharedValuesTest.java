package gitzodb.merge;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.pickle.Generation;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.ReadHooks;
import gitzodb.xml.ValueXml;
import gitzodb.xml.WriteHooks;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is merged is the canonical form of the state that it says, also where values are shared. */
class SharedValuesTest {
    private static final int CASES = Integer.getInteger("gitzodb.merges", 100_000) / 5;
    private static final long SEED = 0x736861;

    private static final ReadHooks READ = (element, label) -> {
        throw new AssertionError("no references here");
    };
    private static final WriteHooks WRITE = (id, label) -> {
        throw new AssertionError("no references here");
    };

    @Test
    void aCleanMergeIsCanonicalAsValuesToo() throws IOException {
        int clean = 0;
        int shared = 0;
        for (int i = 0; i < CASES; i++) {
            RandomTrees trees = RandomTrees.ofValues(SEED + i);
            Element base = shared(trees, trees.object());
            Element ours = shared(trees, trees.changed(withoutUses(base)));
            Element theirs = shared(trees, trees.changed(withoutUses(base)));
            String seed = "seed " + (SEED + i) + "\n" + CanonicalXml.bytes(base).utf8()
                    + CanonicalXml.bytes(ours).utf8()
                    + CanonicalXml.bytes(theirs).utf8();
            assertThat(again(ours)).as("a canonical side, " + seed).isEqualTo(ours);
            Merge merge = Merge.of(base, ours, theirs);
            if (merge instanceof Merge.Clean) {
                clean++;
                shared += Marks.areIn(merge.tree()) ? 1 : 0;
                assertThat(again(merge.tree())).as(seed).isEqualTo(merge.tree());
            } else {
                assertThat(Conflict.in(merge.tree())).as(seed).isNotEmpty();
            }
        }
        assertThat(clean).as("clean merges").isGreaterThan(CASES / 4);
        assertThat(shared).as("with shared values").isGreaterThan(CASES / 20);
    }

    /** Returns what a dump writes for the state that an element says. */
    private static Element again(Element object) throws IOException {
        ObjectState state = new ValueXml(Generation.PYTHON3, "file").read(object, READ);
        return new ValueXml(Generation.PYTHON3, "file").object(state, WRITE);
    }

    private static Element withoutUses(Element object) {
        List<Element> children = new ArrayList<>(object.children());
        children.removeIf(child -> child.name().equals("same"));
        return ElementMerge.with(object, children, "");
    }

    /** Uses lists and dicts of an object again, and counts the marks. */
    private static Element shared(RandomTrees trees, Element object) {
        List<Element> children = new ArrayList<>();
        List<Element> uses = new ArrayList<>();
        for (Element child : object.children()) {
            Element bare = child.without("id");
            if (Set.of("list", "dict").contains(child.name()) && trees.upTo(2) == 0) {
                String mark = "of " + child.get("name");
                bare = bare.with("id", mark);
                uses.add(Element.of("same").with("name", "z" + trees.upTo(6)).with("id", mark));
            }
            children.add(bare);
        }
        for (Element use : uses) {
            if (children.stream().noneMatch(child -> Keys.of(child).equals(Keys.of(use)))) {
                children.add(use);
            }
        }
        children.sort(Comparator.comparing(Keys::of));
        return Marks.counted(ElementMerge.with(object, children, "")).orElseThrow();
    }
}
