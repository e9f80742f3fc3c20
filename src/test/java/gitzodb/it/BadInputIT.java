package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be: one line for each, the exit code of the manual, nothing changed. */
class BadInputIT {
    private static final String SHOP = "Application/shop/";

    @TempDir
    private Path temp;

    /** Fails unless all that was said is one line of ours. */
    private static void oneLine(Ran ran) {
        assertThat(ran.errors()).as(ran.toString()).hasLineCount(1).startsWith("git zodb: ");
        assertThat(ran.errors()).doesNotContain("internal error", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FS2", "a text that is no database\n", "SQLite format 3\0"})
    void whatIsNoDatabaseIsBadData(String content) throws IOException {
        Workbench workbench = Workbench.in(temp);
        Path file = Files.writeString(workbench.folder().resolve("Data.fs"), content);
        Ran clone = workbench
                .run(workbench.folder(), "git", "zodb", "clone", "Data.fs", "work")
                .exits(65);

        oneLine(clone);
        assertThat(clone.errors()).contains("Data.fs");
        assertThat(Files.readString(file)).isEqualTo(content);
        assertThat(workbench.folder().resolve("work")).doesNotExist();
        assertThat(workbench.folder().resolve("Data.fs.lock")).doesNotExist();
    }

    @Test
    void whatIsNotThereIsUnreachable() throws IOException {
        Workbench workbench = Workbench.in(temp);
        for (String[] command : List.of(
                new String[] {"clone", "nothing.fs", "work"},
                new String[] {"info", "nothing.fs"},
                new String[] {"dump", "--from", "nothing.fs", "-o", "out"})) {
            Ran ran = workbench.run(workbench.folder(), gitZodb(command)).exits(69);
            oneLine(ran);
            assertThat(ran.errors()).contains("nothing.fs");
        }
        assertThat(workbench.folder().resolve("work")).doesNotExist();
        oneLine(workbench.run(workbench.folder(), gitZodb("status")).exits(128));
        workbench.run(workbench.folder(), gitZodb("status", "--no-such-option")).exits(64);
    }

    private static String[] gitZodb(String... arguments) {
        java.util.ArrayList<String> words = new java.util.ArrayList<>(List.of("git", "zodb"));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    /** Damage of a database that is bound already. What a crash leaves behind is the state before. */
    @ParameterizedTest
    @CsvSource({
        "truncate-last, 0",
        "status-c, 0",
        "junk-tail, 0",
        "zero-tail, 0",
        "bad-magic, 65",
        "truncate-middle, 0",
        "bad-tlen, 65",
        "huge-tlen, 65",
        "plen-huge, 65",
        "tid-order, 65",
        "deep-nesting, 65",
        "memo-bomb, 0",
        "string-bomb, 65",
        "no-stop, 65",
        "dangling-ref, 0",
        "no-root, 65"
    })
    void aDamagedDatabaseChangesNothingInGit(String mode, int exit) throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("code-300", "site");
        Path damaged = workbench.folder().resolve("damaged.fs");
        Oracle.corrupt(site.dataFs(), mode, 7, damaged).ok();
        Ran clone = workbench.run(workbench.folder(), gitZodb("clone", "damaged.fs", "work"));

        assertThat(clone.exit()).as(clone.toString()).isEqualTo(exit);
        if (exit != 0) {
            oneLine(clone);
            assertThat(workbench.folder().resolve("work")).doesNotExist();
        }
    }

    @Test
    void recordsThatCannotBeReadAreKeptOnRequest() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("code-300", "site");
        Path damaged = workbench.folder().resolve("damaged.fs");
        Oracle.corrupt(site.dataFs(), "no-stop", 7, damaged).ok();
        Ran dump = workbench
                .run(workbench.folder(), gitZodb("dump", "--from", "damaged.fs", "-o", "out"))
                .exits(65);
        oneLine(dump);
        assertThat(dump.errors()).contains("object 0x").contains("--skip-errors");

        Ran clone = workbench
                .run(workbench.folder(), gitZodb("clone", "--skip-errors", "damaged.fs", "work"))
                .exits(3);
        assertThat(clone.errors()).contains("warning: object 0x");
        Path work = workbench.folder().resolve("work");
        workbench.run(work, gitZodb("pull")).exits(0);
        Ran status = workbench.run(work, gitZodb("status")).exits(0);
        assertThat(status.output()).contains("1 object cannot be read").contains("in step");
        String advice = status.output().replaceFirst("(?s).*\"git grep -l '(.*?)' (.*?)\".*", "$1 $2");
        workbench
                .run(work, "git", "grep", "-l", advice.split(" ", -1)[0], advice.split(" ", -1)[1])
                .exits(0);
        workbench.run(work, gitZodb("push")).exits(0);
        assertThat(workbench
                        .run(work, gitZodb("status", "--porcelain"))
                        .exits(0)
                        .output())
                .isEmpty();
        workbench
                .run(workbench.folder(), gitZodb("dump", "--skip-errors", "--from", "damaged.fs", "-o", "other"))
                .exits(3);
        workbench.run(work, "grep", "-rqF", "<unreadable>", "zodb").exits(0);
    }

    @Test
    void damageAfterTheBindingLeavesBranchAndTrackingBranch() throws IOException {
        Checkout checkout = Workbench.in(temp).bound("code-300");
        Site site = checkout.site();
        String refs = checkout.git("for-each-ref");
        for (String mode : List.of("plen-off", "zero-page", "bad-trailer", "string-bomb")) {
            Path damaged = temp.resolve(mode);
            Oracle.corrupt(site.dataFs(), mode, 3, damaged).ok();
            Path kept = Files.copy(site.dataFs(), temp.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(damaged, site.dataFs(), StandardCopyOption.REPLACE_EXISTING);
            String hash = site.hash();
            for (String command : List.of("status", "pull", "push", "reload")) {
                Ran ran = checkout.tryZodb(command);
                // Damage in what no command reads is not seen; what is seen is bad data.
                assertThat(ran.exit()).as(mode + ran).isIn(0, 65);
                if (ran.exit() != 0) {
                    oneLine(ran);
                }
            }
            assertThat(site.hash()).isEqualTo(hash);
            Files.copy(kept, site.dataFs(), StandardCopyOption.REPLACE_EXISTING);
        }
        checkout.zodb("pull");
        assertThat(checkout.git("for-each-ref")).isEqualTo(refs);
        checkout.mustBeInStep();
    }

    @Test
    void everyBadFileOfATreeIsNamedAndNothingIsLoaded() throws IOException {
        Checkout checkout = Workbench.in(temp).bound("demo");
        Site site = checkout.site();
        checkout.zodb("uninstall");
        checkout.git("config", "zodb.zodb.follow", "off");
        String live = checkout.id("zodb/live");
        String hash = site.hash();
        checkout.write("Application/index_html.zodb.xml", "<?xml version=\"1.0\"?>\n<object class=\"a.B\">\n");
        checkout.write(SHOP + "find_item.zodb.xml", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n");
        Files.delete(checkout.file(SHOP + "price_list.py"));
        checkout.write(SHOP + "unknown.zodb.xml", object("no.such.Klass", ""));
        checkout.write(
                SHOP + "dangling.zodb.xml",
                object("OFS.SimpleItem.SimpleItem", "  <ref name=\"peer\" path=\"/Application/nowhere\"/>\n"));
        checkout.write(
                SHOP + "outside.zodb.xml",
                object("OFS.Image.File", "  <bytes name=\"data\" file=\"../../../../secret\"/>\n"));
        checkout.write(
                SHOP + "runs.zodb.xml",
                object("OFS.SimpleItem.SimpleItem", "  <global name=\"call\">os.system</global>\n"));
        checkout.write(
                SHOP + "doctype.zodb.xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE object [<!ENTITY a \"b\">]>\n<object class=\"OFS.Folder.Folder\"/>\n");
        Files.createSymbolicLink(checkout.file(SHOP + "link.zodb.xml"), Path.of("/etc/passwd"));
        List<String> bad = List.of(
                "Application/index_html.zodb.xml",
                SHOP + "find_item.zodb.xml",
                SHOP + "price_list.zodb.xml",
                SHOP + "unknown.zodb.xml",
                SHOP + "dangling.zodb.xml",
                SHOP + "outside.zodb.xml",
                SHOP + "runs.zodb.xml",
                SHOP + "doctype.zodb.xml",
                SHOP + "link.zodb.xml");
        checkout.commit("All of it bad");
        String head = checkout.id("HEAD");

        for (String command : List.of("push", "reload")) {
            Ran ran = checkout.tryZodb(command).exits(65);
            assertThat(ran.errors()).doesNotContain("internal error");
            for (String file : bad) {
                assertThat(ran.errors().lines().filter(line -> line.contains(file)))
                        .as("%s: %s", file, ran)
                        .isNotEmpty();
            }
            assertThat(site.hash()).isEqualTo(hash);
            assertThat(checkout.id("zodb/live")).isEqualTo(live);
            assertThat(checkout.id("HEAD")).isEqualTo(head);
        }
        Ran verify = checkout.tryZodb("verify").exits(1);
        for (String file : bad) {
            // Only a database knows which classes it has.
            if (!file.contains("unknown")) {
                assertThat(verify.output()).as(file).contains(file);
            }
        }
        assertThat(checkout.tryZodb("verify", "HEAD").exits(1).output()).contains("price_list.py");
        checkout.git("reset", "-q", "--hard", "HEAD~1");
        checkout.zodb("reload");
        checkout.mustBeInStep();
        assertThat(site.hash()).isEqualTo(hash);
    }

    @Test
    void namesThatDifferOnlyInCaseAreRefused() throws IOException {
        Checkout checkout = Workbench.in(temp).bound("demo");
        String hash = checkout.site().hash();
        checkout.write(SHOP + "Price_List.zodb.xml", object("OFS.Folder.Folder", ""));
        checkout.commit("Two price lists");
        Ran push = checkout.tryZodb("push").exits(65);
        assertThat(push.errors())
                .contains("price_list.zodb.xml: some file systems take this name and Price_List.zodb.xml for one")
                .contains("Price_List.zodb.xml: some file systems take this name and price_list.zodb.xml for one")
                .contains("no object lists this one as its child");
        assertThat(checkout.site().hash()).isEqualTo(hash);
    }

    private static String object(String type, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<object class=\"%s\">\n%s</object>\n"
                .formatted(type, content);
    }

    @Test
    void aClassTheDatabaseDoesNotKnowIsLoadedOnlyIfAllowedHere() throws IOException {
        Checkout checkout = Workbench.in(temp).bound("demo");
        checkout.write(SHOP + "new.zodb.xml", object("Products.Shop.Item", "  <text name=\"title\">New</text>\n"));
        checkout.replace(
                SHOP + "__self__.zodb.xml",
                "  </children>",
                "    <child name=\"new\" meta_type=\"Item\"/>\n  </children>");
        checkout.commit("A class that is new");
        String hash = checkout.site().hash();
        Ran refused = checkout.tryZodb("push").exits(2);
        assertThat(refused.errors()).contains("Products.Shop.Item", "zodb.zodb.allow");
        assertThat(checkout.site().hash()).isEqualTo(hash);

        checkout.write(SHOP + "stray.txt", "nobody's");
        checkout.commit("And a file that is bad");
        checkout.tryZodb("push").exits(65);
        checkout.git("rm", "-q", "zodb/" + SHOP + "stray.txt");
        checkout.commit("No more");
        checkout.git("config", "--add", "zodb.zodb.allow", "Products.Shop.Item");
        checkout.zodb("push");
        checkout.site().mustBeSound();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }
}
