package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog whose content is left out of the tree: it stays in its database, and is filled again in a new one. */
class CatalogIT {
    private static final String RULES = """
            [content Products.ZCatalog.Catalog.Catalog]
            [content Products.*Index*]
            """;

    /** What each index of the catalog finds. */
    private static final String FOUND = """
            [sorted((b.getPath(), b.title) for b in at('/shelf/catalog')(**query)) for query in (
                {'title': 'Document 1'}, {'colours': 'red'}, {'path': '/shelf'}, {'text': 'green'}, {'open': True},
                {'key': 'key-3'}, {'topics': 'red'}, {})] + [
                len(at('/shelf/catalog')), sorted(at('/shelf/catalog').indexes()), at('/shelf/catalog').schema()]
            """.replace("\n", " ");

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
        try (InputStream stream = CatalogIT.class.getResourceAsStream("catalog.py")) {
            byte[] code = Objects.requireNonNull(stream).readAllBytes();
            site.zope("catalog", new String(code, StandardCharsets.UTF_8));
        }
        checkout.zodb("pull");
    }

    private void leaveOut() throws IOException {
        checkout.write(".zodbignore", RULES);
        checkout.commit("Leave the catalog out");
        int before = site.transactions();
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(site.transactions()).isEqualTo(before);
    }

    private String tree() throws IOException {
        return checkout.workbench()
                .run(checkout.folder(), "sh", "-c", "cat $(find zodb/Application/shelf/catalog* -type f | sort)")
                .text();
    }

    @Test
    void whatIsLeftOutStaysWhenTheTreeIsEditedAndItsFolderRenamed() throws IOException {
        String found = site.look(FOUND);
        assertThat(found).contains("('/shelf/doc2', 'Document 2')");
        leaveOut();
        assertThat(tree())
                .contains(
                        "<left-out name=\"paths\" class=\"BTrees.IOBTree.IOBTree\"/>", "Splitter", "'red' in o.colours")
                .doesNotContain("/shelf/doc2", "apples", "<tree name=\"_index\"");

        checkout.replace("Application/shelf/catalog.zodb.xml", ">Catalog<", ">Catalogue<");
        checkout.commit("Another title");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(site.look("at('/shelf/catalog').title")).isEqualTo("Catalogue");
        assertThat(site.look(FOUND)).isEqualTo(found);

        site.zope("index", "at('/shelf/doc4').title = 'Five'; at('/shelf/catalog').catalog_object(at('/shelf/doc4'))");
        checkout.zodb("pull");
        assertThat(checkout.changes("HEAD")).containsExactly("M Application/shelf/doc4.zodb.xml");

        String indexed = site.look(FOUND);
        checkout.git("mv", "zodb/Application/shelf", "zodb/Application/rack");
        checkout.replace("Application/__self__.zodb.xml", "<child name=\"shelf\"", "<child name=\"rack\"");
        checkout.replace("Application/rack/catalog/_catalog/indexes/text.zodb.xml", "/shelf/", "/rack/");
        checkout.commit("Rename");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        site.mustBeSound();
        assertThat(site.look(FOUND.replace("at('/shelf", "at('/rack"))).isEqualTo(indexed);
    }

    @Test
    void aDumpOffersTheLinesUntilTheyAreThere() throws IOException {
        String[] dump = {
            "dump",
            "--from",
            site.dataFs().toString(),
            "-o",
            temp.resolve("offered").toString()
        };
        String said = checkout.zodb(dump);
        assertThat(said)
                .containsPattern("/Application/shelf/catalog follows from other content: \\d+ files, \\d+ % of");
        String lines = said.lines()
                .filter(line -> line.startsWith("  ["))
                .map(line -> line.strip() + "\n")
                .collect(Collectors.joining());
        assertThat(lines).isEqualTo(RULES);
        Files.writeString(temp.resolve("offered/.zodbignore"), lines);
        assertThat(checkout.zodb(dump)).doesNotContain("[content");
        leaveOut();
        checkout.workbench().run(temp, "diff", "-r", "offered", "work/zodb").ok();
    }

    @Test
    void aCatalogIsNotDeletedWithWhatIsLeftOutOfIt() throws IOException {
        leaveOut();
        checkout.git("rm", "-r", "--quiet", "zodb/Application/shelf");
        checkout.replace("Application/__self__.zodb.xml", "    <child name=\"shelf\" meta_type=\"Folder\"/>\n", "");
        checkout.commit("Delete");
        assertThat(checkout.tryZodb("push").exits(2).errors()).contains("deleting it would lose");
        checkout.zodb("load", "--override");
        assertThat(site.look("hasattr(app, 'shelf')")).isEqualTo("False");
    }

    @Test
    void whatIsNoLongerLeftOutComesBack() throws IOException {
        String before = tree();
        leaveOut();
        Files.delete(checkout.file(".zodbignore"));
        checkout.commit("Nothing is left out");
        int transactions = site.transactions();
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(tree()).isEqualTo(before);
        assertThat(site.transactions()).isEqualTo(transactions);
    }

    @Test
    void aNewDatabaseHasACatalogThatIsFilledByARebuild() throws IOException {
        String found = site.look(FOUND);
        leaveOut();
        Site made = new Site(Files.createDirectories(temp.resolve("made")));
        Ran ran = checkout.tryZodb(
                "load",
                "--create",
                "--into",
                made.dataFs().toString(),
                "--dir",
                checkout.file("").toString());
        assertThat(ran.ok().text())
                .contains("/Application/shelf/catalog: empty, as the tree leaves its content out; refresh with"
                        + " manage_catalogClear(), then manage_catalogFoundItems()");
        made.mustBeSound();
        String empty = made.look(FOUND);
        assertThat(empty).startsWith("[[], [], [], [], [], [], [], [], 0, ");
        made.zope("rebuild", """
                catalog = at('/shelf/catalog')
                catalog.manage_catalogClear()
                catalog.ZopeFindAndApply(
                    at('/shelf'), obj_metatypes=['DTML Document'], search_sub=1, apply_path='/shelf',
                    apply_func=catalog.catalog_object)
                """);
        assertThat(made.look(FOUND)).isEqualTo(found);
        made.mustBeSound();
    }
}
