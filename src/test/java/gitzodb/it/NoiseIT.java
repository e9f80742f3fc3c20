package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site with an object of every class of Zope: what was not edited is no change, and a small edit is a small one. */
class NoiseIT {
    private static final String GALLERY = "## What an edit looks like";

    /** What else would be of the moment: random numbers and times. */
    private static final String ALIKE = """
            import random
            import time
            random.seed(7)
            kept, time.time = time.time, lambda: 1.7e9
            """;

    /** What objects of a new database do not have, or have anew; all else that is derived is made as it was. */
    private static final Map<String, String> NOT_LOADED = Map.of(
            "Products.PythonScripts.PythonScript.PythonScript",
            "_code Python_magic Script_magic __code__ __defaults__ errors warnings _filepath",
            "OFS.Image.File",
            "_EtagSupport__etag",
            "OFS.Image.Image",
            "_EtagSupport__etag",
            "*",
            "_counter _RAMCacheManager__cacheid _AcceleratedHTTPCacheManager__cacheid",
            "Products.TemporaryFolder.TemporaryFolder.MountedTemporaryFolder",
            "_MountPoint__mountpoint_id _params");

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
        for (String block : Site.script(resource).split("(?m)^# == ", -1)) {
            int end = block.indexOf('\n');
            blocks.put(block.substring(0, end), block.substring(end + 1));
        }
        blocks.remove(blocks.keySet().iterator().next());
        return blocks;
    }

    @Test
    void whatIsSavedAsItIsMakesNoCommit() throws IOException {
        Map<String, String> saves = blocks("saves.py");
        String again = Objects.requireNonNull(saves.remove("Z Catalog: cleared and filled again"));
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
        DiffGallery.check(GALLERY, edits, found);
        checkout.mustEqualDump();
    }

    /** Makes a site of the sections of two files, each in a transaction, in this order or the other way round. */
    private Site made(String name, boolean backwards) throws IOException {
        Site made = new Site(Files.createDirectory(temp.resolve(name)));
        made.edit("init");
        List<String> jobs = new ArrayList<>();
        for (String file : List.of("services.py", "more_classes.py")) {
            List<String> sections = List.of(Site.script(file).split("(?m)^(?=# )"));
            for (String section : sections.subList(1, sections.size())) {
                jobs.add(ALIKE + sections.getFirst() + section + "\ntime.time = kept\n");
            }
        }
        for (String job : backwards ? jobs.reversed() : jobs) {
            made.zope(name, job);
        }
        made.zope("orders are content", """
                for o in [app, at('/services'), at('/more')]:
                    o._objects = tuple(sorted(o._objects, key=lambda entry: entry['id']))
                    hooks = getattr(o.aq_base, '__before_traverse__', None)
                    if hooks:
                        o.__before_traverse__ = dict(sorted(hooks.items()))
                """);
        return made;
    }

    @Test
    void theOrderInWhichASiteWasMadeIsNotInItsTree() throws IOException {
        Site one = made("one", false);
        Site other = made("other", true);
        String oid = "at('/services/ram')._p_oid.hex()";
        assertThat(one.look(oid)).isNotEqualTo(other.look(oid));
        for (Site each : List.of(one, other)) {
            dump(each.dataFs(), Path.of(each.folder() + "-tree"));
        }
        assertThat(checkout.workbench()
                        .run(temp, "diff", "-r", "one-tree", "other-tree")
                        .text())
                .isEmpty();
    }

    private Path loaded(String name, String... options) throws IOException {
        Path tree = temp.resolve(name);
        Path database = temp.resolve(name + ".fs");
        dump(site.dataFs(), tree, options);
        checkout.zodb("load", "--dir", tree.toString(), "--into", database.toString(), "--create");
        Path again = temp.resolve(name + "-again");
        dump(database, again, options);
        checkout.workbench()
                .run(temp, "diff", "-r", tree.toString(), again.toString())
                .ok();
        return database;
    }

    private void dump(Path database, Path tree, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("dump", "--from", database.toString(), "-o", tree.toString()));
        words.addAll(List.of(options));
        checkout.zodb(words.toArray(String[]::new));
    }

    @Test
    void anExactTreeIsTheDatabase() throws IOException {
        Oracle.compare(site.dataFs(), loaded("exact", "--exact"), "--dict-order", "inner")
                .ok();
    }

    @Test
    void aTreeLacksWhatTheDocsSayAndNoMore() throws IOException {
        Path loaded = loaded("default", "--keep-secrets");
        List<String> options = new ArrayList<>(List.of("--dict-order", "inner", "--limit", "100"));
        String docs = Files.readString(Workbench.product().resolve("src/docs/class-formats.md"));
        String table = docs.substring(docs.indexOf("| class | natural file"), docs.indexOf("## Classes of your own"));
        for (Map.Entry<String, String> derived : NOT_LOADED.entrySet()) {
            for (String attribute : derived.getValue().split(" ", -1)) {
                assertThat(table).containsPattern("[` ]" + attribute + "[` ]");
                options.addAll(List.of("--ignore-attr", derived.getKey() + ":" + attribute));
            }
        }
        Oracle.compare(site.dataFs(), loaded, options.toArray(String[]::new)).ok();
    }
}
