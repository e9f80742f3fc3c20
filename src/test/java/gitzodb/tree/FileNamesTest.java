package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.SourceAttribute;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    private static final SourceAttribute PYTHON = new SourceAttribute("_body", ".py", Set.of(".py", ".cpy"));

    private static String python(String id, Set<String> siblings) {
        return FileNames.source(Segment.plain(id), NameCodec.name(id), PYTHON, true, siblings::contains);
    }

    @Test
    void addsAnExtensionUnlessOneFits() {
        assertThat(python("price", Set.of())).isEqualTo("price.py");
        assertThat(python("price.cpy", Set.of())).isEqualTo("price.cpy");
        assertThat(python("price.html", Set.of())).isEqualTo("price.html.py");
        assertThat(python("Price.PY", Set.of())).isEqualTo("Price.PY");
    }

    @Test
    void yieldsToASiblingOfThatName() {
        assertThat(python("price", Set.of("price.py"))).isEqualTo("price#_body.py");
        assertThat(python("Price", Set.of("price.py"))).isEqualTo("Price#_body.py");
        assertThat(python("price", Set.of("price.cpy"))).isEqualTo("price.py");
    }

    @Test
    void namesSourcesOfFoldedObjectsAfterHolderAndLocalName() {
        List<Segment> local = List.of(Segment.plain("text"));
        Segment page = Segment.plain("front-page");
        assertThat(FileNames.foldedSource(page, "front-page", local, ".html", Set.of()::contains))
                .isEqualTo("front-page.text.html");
        assertThat(FileNames.foldedSource(page, "front-page", local, ".html", "front-page.text"::equals))
                .isEqualTo("front-page#text.html");
        assertThat(FileNames.foldedSource(page, FileNames.SELF, local, ".html", Set.of()::contains))
                .isEqualTo("__self__.text.html");
    }

    @Test
    void neverTakesTheNameOfAnXmlFile() {
        SourceAttribute xml = new SourceAttribute("raw", ".xml", Set.of(".xml"));
        assertThat(FileNames.source(Segment.plain("a.zodb"), "a.zodb", xml, true, Set.of()::contains))
                .isEqualTo("a.zodb#raw.xml");
    }

    @Test
    void keepsPartNamesShort() {
        String name = FileNames.part(
                "x".repeat(160), List.of(Segment.plain("y".repeat(300))), Segment.plain("k".repeat(300)));
        assertThat(name.length()).isLessThan(255);
        assertThat(name).endsWith(".zodb.xml");
    }
}
