package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site with an object of every class of Zope: what was not edited is no change, and a small edit is a small one. */
class NoiseIT {
    private static final String GALLERY = "## What an edit looks like";

    @TempDir
    private static Path kept;

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeAll
    static void makeSite() throws IOException {
        Checkout first = Workbench.in(kept).bound("small");
        first.site().zopeScript("services.py");
        first.site().zopeScript("more_classes.py");
        first.zodb("pull");
    }

    @BeforeEach
    void copySite() throws IOException {
        checkout = Workbench.in(temp).copy(kept);
        site = checkout.site();
    }

    /** The blocks of a Python file, by the names that their first lines give. */
    private static Map<String, String> blocks(String resource) throws IOException {
        Map<String, String> blocks = new LinkedHashMap<>();
        for (String block : Site.script(resource).split("(?m)^# == ")) {
            int end = block.indexOf('\n');
            blocks.put(block.substring(0, end), block.substring(end + 1));
        }
        blocks.remove(blocks.keySet().iterator().next());
        return blocks;
    }

    @Test
    void whatIsSavedAsItIsMakesNoCommit() throws IOException {
        Map<String, String> saves = blocks("saves.py");
        String again = saves.remove("Z Catalog: cleared and filled again");
        String first = checkout.id("HEAD");
        for (Map.Entry<String, String> save : saves.entrySet()) {
            site.zope(save.getKey(), save.getValue());
        }
        checkout.zodb("pull");
        // What forms write the first time is content; class-formats.md names it.
        assertThat(checkout.git("log", "--format=%s", first + "..HEAD").lines())
                .containsExactlyInAnyOrder(
                        "Application",
                        "Folder: properties",
                        "Page Template",
                        "DTML Method, DTML Document",
                        "User Folder: its properties",
                        "Virtual Host Monster",
                        "PluggableAuthService: plugins",
                        "PluggableAuthService: properties of plugins",
                        "PluggableAuthService: other plugins",
                        "Z Catalog: an index emptied and filled again",
                        "Z Catalog: settings");

        String before = checkout.id("HEAD");
        for (Map.Entry<String, String> save : saves.entrySet()) {
            site.zope(save.getKey(), save.getValue());
        }
        checkout.zodb("pull");
        assertThat(checkout.git("log", "--format=%s", "--stat", before + "..HEAD"))
                .isEmpty();
        site.zope("the numbers of a catalog are drawn anew", again);
        checkout.zodb("pull");
        checkout.mustEqualDump();
        assertThat(checkout.changes("HEAD")).allMatch(line -> line.startsWith("M Application/more/catalog"));
    }

    @Test
    void smallEditsAreTheDiffsOfTheDocs() throws IOException {
        List<DiffGallery.Edit> edits = DiffGallery.below(GALLERY);
        for (int i = 0; i < edits.size(); i++) {
            site.zope("edit " + i, edits.get(i).code());
        }
        String before = checkout.id("HEAD");
        checkout.zodb("pull");
        List<DiffGallery.Edit> found = DiffGallery.found(checkout, before, edits, "zodb/Application/");
        DiffGallery.update(GALLERY, found);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < found.size(); i++) {
            softly.assertThat(found.get(i).diff())
                    .as(found.get(i).code())
                    .isEqualTo(edits.get(i).diff());
            softly.assertThat(found.get(i).changedLines())
                    .as(found.get(i).diff())
                    .isLessThanOrEqualTo(3);
        }
        softly.assertAll();
        checkout.mustEqualDump();
    }
}
