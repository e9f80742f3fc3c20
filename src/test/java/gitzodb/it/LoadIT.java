package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.demo.DemoSite;
import gitzodb.filestorage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code git zodb load} of files: into the bound database and into any other. */
class LoadIT {
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String TEMPLATE = "Application/index_html.pt";

    @TempDir
    private Path temp;

    private static String stored(Checkout work, String object) throws IOException {
        return work.zodb("cat", object);
    }

    @Test
    void filesOfTheWorkTreeGoIntoTheDatabaseBeforeAnyCommit() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        work.write(SCRIPT, "return 42\n");
        work.write(TEMPLATE, "<p>other</p>\n");

        work.zodb("load", "-n", "zodb/" + SCRIPT);
        assertThat(stored(work, "/Application/shop/price_list")).contains("coffee");
        work.zodb("load", "zodb/" + SCRIPT);

        assertThat(stored(work, "/Application/shop/price_list")).contains("return 42");
        assertThat(stored(work, "/Application/index_html")).doesNotContain("other");
        work.write(SCRIPT, "return 43\n");
        work.zodb("load", "/Application/shop");
        assertThat(work.git("log", "-1", "--format=%s", "zodb/live")).isEqualTo("git zodb load");

        work.git("checkout", "-q", "--", "zodb/" + TEMPLATE);
        work.commit("What was loaded");
        work.zodb("push");
        work.mustBeInStep();
        work.mustEqualDump();
    }

    @Test
    void whatTheDatabaseChangedIsNotOverwritten() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        FileStorage.Options options = FileStorage.Options.of(Clock.systemUTC());
        try (FileStorage storage = FileStorage.open(work.site().dataFs(), options)) {
            DemoSite.raiseThePriceOfTea(storage);
        }
        work.write(SCRIPT, "return 42\n");

        Ran refused = work.tryZodb("load").exits(2);
        assertThat(refused.errors())
                .contains(SCRIPT, "git zodb pull", "--override")
                .hasLineCount(1);
        assertThat(stored(work, "/Application/shop/price_list")).contains("320");
        work.zodb("load", "/Application/index_html");
        work.zodb("load", "--override");
        assertThat(stored(work, "/Application/shop/price_list")).contains("return 42");
    }

    @Test
    void badFilesAreNamedAndTheOthersLoaded() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        work.write(SCRIPT, "return 42\n");
        work.write("Application/shop/find_item.zodb.xml", "<object");
        work.write("Application/stray.txt", "stray");

        work.tryZodb("load").exits(65);
        assertThat(stored(work, "/Application/shop/price_list")).contains("coffee");
        Ran ran = work.tryZodb("load", "--skip-errors").exits(3);

        assertThat(ran.errors()).contains("find_item.zodb.xml:1", "Application/stray.txt");
        assertThat(stored(work, "/Application/shop/price_list")).contains("return 42");
        assertThat(stored(work, "/Application/shop/find_item")).contains("from item");
    }

    @Test
    void anyTreeGoesIntoAnyDatabase() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("demo");
        Path tree = workbench.folder().resolve("tree");
        Path copy = workbench.folder().resolve("copy.fs");
        zodb(workbench, "dump", "--from", site.dataFs().toString(), "-o", tree.toString())
                .ok();
        zodb(workbench, "load", "--dir", tree.toString(), "--into", copy.toString(), "--create")
                .ok();
        Files.writeString(tree.resolve(SCRIPT), "return 42\n");
        Files.writeString(tree.resolve(TEMPLATE), "<p>other</p>\n");
        String[] load = {"load", "--dir", tree.toString(), "--into", copy.toString()};

        zodb(workbench, with(load, "/Application/shop")).exits(2);
        zodb(workbench, with(load, "--override", "--no-recurse", "/Application/shop"))
                .ok();
        assertThat(cat(workbench, copy, "/Application/shop/price_list")).contains("coffee");
        zodb(workbench, with(load, "--override", "/Application/shop/nothing")).exits(65);
        zodb(workbench, with(load, "--override", "--dry-run", "/Application/shop"))
                .ok();
        assertThat(cat(workbench, copy, "/Application/shop/price_list")).contains("coffee");
        zodb(workbench, with(load, "--override", tree.resolve(SCRIPT).toString()))
                .ok();

        assertThat(cat(workbench, copy, "/Application/shop/price_list")).contains("return 42");
        assertThat(cat(workbench, copy, "/Application/index_html")).doesNotContain("other");
        zodb(workbench, with(load, "--create")).exits(2);
        zodb(workbench, with(load, "--create", "/Application")).exits(64);
    }

    @Test
    void aPartThatWasDumpedIsATreeToLoadFrom() throws IOException {
        Workbench workbench = Workbench.in(temp);
        String database = workbench.site("demo").dataFs().toString();
        String part = workbench.folder().resolve("part").toString();
        String[] dump = {"dump", "--from", database, "-o", part};

        zodb(workbench, with(dump, "/Application/nothing")).exits(2);
        zodb(workbench, with(dump, "--no-recurse", "/Application/shop")).ok();
        assertThat(Path.of(part, "Application/shop/__self__.zodb.xml")).exists();
        assertThat(Path.of(part, SCRIPT)).doesNotExist();
        zodb(workbench, with(dump, "/Application/shop")).ok();
        Files.writeString(Path.of(part, SCRIPT), "return 42\n");
        String[] load = {"load", "--dir", part, "--into", database, "--override"};

        zodb(workbench, load).exits(65);
        zodb(workbench, with(load, "/Application/shop")).ok();
        assertThat(cat(workbench, Path.of(database), "/Application/shop/price_list"))
                .contains("return 42");
        assertThat(cat(workbench, Path.of(database), "/Application/index_html")).contains("tal:content");
    }

    private static String[] with(String[] command, String... more) {
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    private static String cat(Workbench workbench, Path database, String object) throws IOException {
        return zodb(workbench, "cat", "--from", database.toString(), object)
                .ok()
                .text();
    }

    private static Ran zodb(Workbench workbench, String... arguments) throws IOException {
        return workbench.run(workbench.folder(), with(new String[] {"git", "zodb"}, arguments));
    }
}
