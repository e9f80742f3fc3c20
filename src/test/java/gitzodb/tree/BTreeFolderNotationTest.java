package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.xml.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BTreeFolderNotationTest {
    private static final BTreeFolderNotation.Parts NONE = file -> Optional.empty();

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
    void saysChildrenOfABTreeFolderOnce() throws IOException {
        Element shown = BTreeFolderNotation.collapse(folder(2), new HashMap<>());
        assertThat(shown.children())
                .containsExactly(
                        Element.of(
                                        "children",
                                        Element.of("child").with("name", "a").with("meta_type", "Document"),
                                        Element.of("child").with("name", "b").with("meta_type", "File"))
                                .with("kind", "btree"),
                        text("id", "docs"),
                        text("title", "docs"));
        assertThat(BTreeFolderNotation.expand(shown, NONE)).isEqualTo(folder(2));
    }

    @Test
    void keepsWhatDoesNotAgree() throws IOException {
        Element shown = BTreeFolderNotation.collapse(folder(3), new HashMap<>());
        assertThat(shown.child("children")).isEmpty();
        assertThat(BTreeFolderNotation.expand(shown, NONE)).isEqualTo(folder(3));
    }

    @Test
    void refusesContradictions() {
        Element list = Element.of("children").with("kind", "btree");
        Element count = Element.of("object").with("name", "_count");
        Element untyped =
                Element.of("children", Element.of("child").with("name", "a")).with("kind", "btree");
        for (Element object : List.of(
                Element.of("object", list, list), Element.of("object", list, count), Element.of("object", untyped))) {
            assertThatThrownBy(() -> BTreeFolderNotation.expand(object, NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aListOfSeveralPartsHasTheTypesInTheParts() throws IOException {
        Element folder = folder(2);
        Element tree = folder.children().get(2);
        Map<String, Element> parts = new HashMap<>();
        List<Element> named = new ArrayList<>();
        for (Element child : tree.children()) {
            parts.put("part " + child.get("name"), Element.of("part", child));
            named.add(Element.of("part").with("file", "part " + child.get("name")));
        }
        List<Element> children = new ArrayList<>(folder.children());
        children.set(2, tree("_tree", "BTrees.OOBTree.OOBTree", named.toArray(new Element[0])));
        Element cut = new Element("object", folder.attributes(), children, "", 0, 0);
        Element shown = BTreeFolderNotation.collapse(cut, parts);
        assertThat(shown.children().getFirst())
                .isEqualTo(Element.of("children", named).with("kind", "btree"));
        assertThat(parts)
                .containsEntry(
                        "part b",
                        Element.of("part", Element.of("child").with("name", "b").with("meta_type", "File")));
        assertThat(BTreeFolderNotation.expand(shown, file -> Optional.ofNullable(parts.get(file))))
                .isEqualTo(cut);
    }
}
