package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import org.junit.jupiter.api.Test;

class UnitNotationTest {
    private static final Segment NAME = Segment.plain("docs");

    private static Element text(String name, String text) {
        return Element.text("text", text).with("name", name);
    }

    private static Element tree(String name, String cls, Element... entries) {
        return Element.of("tree", entries).with("class", cls).with("name", name);
    }

    private static Element folder(int count) {
        return Element.of(
                        "object",
                        Element.of("object", Element.of("state", Element.text("int", Integer.toString(count))))
                                .with("class", "BTrees.Length.Length")
                                .with("name", "_count"),
                        tree(
                                "_mt_index",
                                "BTrees.OOBTree.OOBTree",
                                tree(
                                        "Document",
                                        "BTrees.OIBTree.OIBTree",
                                        Element.text("int", "1").with("name", "a")),
                                tree(
                                        "File",
                                        "BTrees.OIBTree.OIBTree",
                                        Element.text("int", "1").with("name", "b"))),
                        tree(
                                "_tree",
                                "BTrees.OOBTree.OOBTree",
                                Element.of("child").with("name", "a"),
                                Element.of("child").with("name", "b")),
                        text("id", "docs"),
                        text("title", "docs"))
                .with("class", "m.BTreeFolder");
    }

    @Test
    void saysChildrenOfABTreeFolderOnce() {
        Element shown = UnitNotation.collapse(folder(2), NAME, Generation.PYTHON3);
        assertThat(shown.children())
                .containsExactly(
                        Element.of(
                                        "children",
                                        Element.of("child").with("name", "a").with("meta_type", "Document"),
                                        Element.of("child").with("name", "b").with("meta_type", "File"))
                                .with("kind", "btree"),
                        text("title", "docs"));
        assertThat(shown.get("self")).isEqualTo("id");
        assertThat(UnitNotation.expand(shown, NAME, Generation.PYTHON3)).isEqualTo(folder(2));
    }

    @Test
    void keepsWhatDoesNotAgree() {
        Element shown = UnitNotation.collapse(folder(3), NAME, Generation.PYTHON3);
        assertThat(shown.child("children")).isEmpty();
        assertThat(UnitNotation.expand(shown, NAME, Generation.PYTHON3)).isEqualTo(folder(3));
    }

    @Test
    void followsTheNameOfTheFile() {
        Element shown = UnitNotation.collapse(
                Element.of("object", text("__name__", "docs"), text("id", "other")), NAME, Generation.PYTHON3);
        assertThat(shown.get("self")).isEqualTo("__name__");
        assertThat(UnitNotation.expand(shown, Segment.plain("moved"), Generation.PYTHON3))
                .isEqualTo(Element.of("object", text("__name__", "moved"), text("id", "other")));
    }

    @Test
    void tellsOtherKindsOfTextApart() {
        Element object = Element.of("object", Element.text("str", "docs").with("name", "id"));
        assertThat(UnitNotation.collapse(object, NAME, Generation.PYTHON3)).isEqualTo(object);
        assertThat(UnitNotation.collapse(object, NAME, Generation.PYTHON2).get("self"))
                .isEqualTo("id");
    }

    @Test
    void refusesContradictions() {
        Element twice = Element.of("object", text("id", "x")).with("self", "id");
        Element other = Element.of("object").with("self", "title");
        assertThatThrownBy(() -> UnitNotation.expand(twice, NAME, Generation.PYTHON3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UnitNotation.expand(other, NAME, Generation.PYTHON3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
