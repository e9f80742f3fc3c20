package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ClassName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenamesTest {
    private final List<Movable> gone = new ArrayList<>();
    private final List<Movable> added = new ArrayList<>();
    private final Map<String, String> texts = new HashMap<>();

    private void gone(String path, String cls, String text) {
        gone.add(new Movable(path, ClassName.parse(cls), Bytes.utf8(text)));
        texts.put("-" + path, text);
    }

    private void added(String path, String cls, String text) {
        added.add(new Movable(path, ClassName.parse(cls), Bytes.utf8(text)));
        texts.put("+" + path, text);
    }

    private Map<String, String> find() throws IOException {
        return Renames.find(gone, added, new Renames.Texts() {
            @Override
            public List<String> gone(String path) {
                return texts.getOrDefault("-" + path, "").lines().toList();
            }

            @Override
            public List<String> added(String path) {
                return texts.getOrDefault("+" + path, "").lines().toList();
            }
        });
    }

    @Test
    void takesAWholeSubtreeUnderAnotherName() throws IOException {
        gone("/shop", "m.Folder", "");
        gone("/shop/a", "m.Script", "one");
        gone("/shop/sub", "m.Folder", "");
        added("/store", "m.Folder", "");
        added("/store/a", "m.Script", "one");
        added("/store/sub", "m.Folder", "");
        assertThat(find())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("/store", "/shop", "/store/a", "/shop/a", "/store/sub", "/shop/sub"));
    }

    @Test
    void findsAnEditedObjectOfTheSameNameInAnotherFolder() throws IOException {
        gone("/a/price", "m.Script", "x\ny");
        added("/b/price", "m.Script", "totally\ndifferent");
        assertThat(find()).containsExactly(Map.entry("/b/price", "/a/price"));
    }

    @Test
    void findsARenamedAndEditedObjectBySimilarity() throws IOException {
        gone("/price", "m.Script", "a\nb\nc\nd");
        gone("/other", "m.Script", "1\n2\n3\n4");
        added("/price_list", "m.Script", "a\nb\nc\nnew");
        assertThat(find()).containsExactly(Map.entry("/price_list", "/price"));
    }

    @Test
    void leavesTheAmbiguousNew() throws IOException {
        gone("/x", "m.Script", "same");
        gone("/y", "m.Script", "same");
        added("/z", "m.Script", "same");
        assertThat(find()).isEmpty();
    }

    @Test
    void breaksATieBetweenTwinsByName() throws IOException {
        gone("/a/x", "m.Script", "same");
        gone("/a/y", "m.Script", "same");
        added("/b/y", "m.Script", "same");
        added("/b/x", "m.Script", "same");
        assertThat(find()).containsExactlyInAnyOrderEntriesOf(Map.of("/b/x", "/a/x", "/b/y", "/a/y"));
    }

    @Test
    void neverPairsTwoClasses() throws IOException {
        gone("/x", "m.Script", "same");
        added("/y", "m.Method", "same");
        assertThat(find()).isEmpty();
    }

    @Test
    void takesChildrenAlongWithAnEditedFolder() throws IOException {
        gone("/shop", "m.Folder", "a\nb\nc");
        gone("/shop/p", "m.Script", "one");
        gone("/attic/p", "m.Script", "one");
        added("/store", "m.Folder", "a\nb\nd");
        added("/store/p", "m.Script", "entirely different");
        assertThat(find()).containsEntry("/store", "/shop").containsEntry("/store/p", "/shop/p");
    }

    @Test
    void countsCommonLinesOnceForEachTimeTheyStandInBoth() {
        assertThat(Renames.percentCommon(List.of("a", "a"), List.of("a"))).isEqualTo(66);
        assertThat(Renames.percentCommon(List.of("a"), List.of("b"))).isZero();
        assertThat(Renames.percentCommon(List.of(), List.of())).isEqualTo(100);
    }
}
