package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import gitzodb.oracle.Oracle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Zope makes of a database after {@code git zodb push}. */
class PushIT {
    private static final String TYPES = "Application/types/";
    private static final String FOLDER = TYPES + "folder/__self__.zodb.xml";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
    }

    /** Commits and pushes; fails unless database and branch are in step after the next pull, and sound. */
    private void push() throws IOException {
        checkout.commit("Edit by hand");
        checkout.zodb("push");
        site.mustBeSound();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    @Test
    void editedSourcesBehaveAsEdited() throws IOException {
        checkout.write(TYPES + "script.py", "# version 3\nfactor = 20\nreturn factor + a\n");
        checkout.write(TYPES + "template.pt", "<b tal:content=\"python: 6 * 7\">x</b>\n");
        checkout.write(TYPES + "dtml_document.dtml", "<dtml-var \"3 * 5\"> from git\n");
        checkout.write(TYPES + "main.css", "p { margin: 17px }\n");
        push();

        assertThat(site.effect("call", "/types/script.py", "--args", "[3]")
                        .get("result")
                        .asInt())
                .isEqualTo(23);
        assertThat(site.render("/types/template.pt")).isEqualToIgnoringWhitespace("<b>42</b>");
        assertThat(site.render("/types/dtml_document")).startsWith("15 from git");
        JsonNode css = site.effect("render", "/types/main.css");
        assertThat(new String(Base64.getDecoder().decode(css.get("bytes").asText()), StandardCharsets.UTF_8))
                .isEqualTo("p { margin: 17px }\n");
        assertThat(css.get("get_size").asInt()).isEqualTo(19);
        assertThat(css.get("headers").get("content-length").asInt()).isEqualTo(19);
        // Zope's own next edits of the same objects.
        site.edit("set-text", "/types/script.py", "return 'by Zope'\n");
        site.edit("set-text", "/types/template.pt", "<i>by Zope</i>\n");
        site.edit("set-text", "/types/query_sql", "select 2\n");
        site.edit("set-text", "/types/main.css", "by Zope\n");
        assertThat(site.effect("call", "/types/script.py", "--args", "[3]")
                        .get("result")
                        .asText())
                .isEqualTo("by Zope");
        site.mustBeSound();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(TYPES + "script.py")).isEqualTo("return 'by Zope'\n");
        assertThat(checkout.read(TYPES + "query_sql.sql")).isEqualTo("select 2\n");
    }

    @Test
    void anEditedQueryAsksWhatItSays() throws IOException {
        Checkout shop =
                Workbench.in(Files.createDirectory(temp.resolve("other"))).bound("demo");
        String query = "Application/shop/find_item.sql";
        shop.commitFile(query, "select 1 from t where <dtml-sqltest sku type=string>\n");
        shop.zodb("push");
        shop.mustBeInStep();
        String rendered = shop.site()
                .effect("render", "/shop/find_item", "--kwargs", "{\"sku\": \"o'x\"}")
                .get("text")
                .asText();
        assertThat(rendered).isEqualToIgnoringWhitespace("select 1 from t where sku = 'o''x'");

        // Arguments and source are kept twice in the state.
        shop.replace(
                "Application/shop/find_item.zodb.xml",
                "<text name=\"arguments_src\">sku<",
                "<text name=\"arguments_src\">name:int<");
        shop.commitFile(query, "select 2 from t where <dtml-sqltest name type=int>\n");
        shop.zodb("push");
        rendered = shop.site()
                .effect("render", "/shop/find_item", "--kwargs", "{\"name\": 7}")
                .get("text")
                .asText();
        assertThat(rendered).isEqualToIgnoringWhitespace("select 2 from t where name = 7");
        shop.site().edit("set-text", "/shop/find_item", "select 3");
        shop.site().mustBeSound();
        shop.zodb("pull");
        shop.mustBeInStep();
        assertThat(shop.read(query)).isEqualTo("select 3");
    }

    @Test
    void aTransactionNamesItsCommit() throws IOException {
        checkout.write(TYPES + "script.py", "return 'named'\n");
        push();

        String log = Oracle.python("""
                        import sys
                        from ZODB.FileStorage import FileStorage
                        last = FileStorage(sys.argv[1], read_only=True).undoLog(0, 1)[0]
                        print(last['user_name'].decode(), last['description'].decode(), sep='|')
                        """, site.dataFs().toString()).ok().output().strip();
        assertThat(log)
                .startsWith("Ida|")
                .endsWith("|Edit by hand (git " + checkout.id("HEAD").substring(0, 12) + ")");
        assertThat(checkout.id("zodb/live")).isEqualTo(checkout.id("HEAD"));
    }

    @Test
    void permissionsAndPropertiesAreAsInTheFile() throws IOException {
        insert(FOLDER, "  <local-roles>", """
                  <permission name="View" acquire="no">
                    <role>Clerk</role>
                  </permission>
                """);
        insert(FOLDER, "    <user name=\"ida\">", """
                    <user name="mehmet">
                      <role>Clerk</role>
                    </user>
                """);
        String security = "Application/security/__self__.zodb.xml";
        checkout.replace(security, "<int>-7</int>", "<int>70</int>");
        checkout.replace(security, "<float>0.1</float>", "<float>2.5</float>");
        checkout.replace(FOLDER, "changed with no user and no text", "Größe &amp; mehr");
        push();

        JsonNode permissions = site.effect("permissions", "/types/folder");
        assertThat(permissions.toString()).containsPattern("\"View\":[^\\]]*Clerk");
        assertThat(permissions.toString()).contains("mehmet");
        assertThat(site.effect("properties", "/types/folder").toString()).contains("Größe & mehr");
        String properties = site.effect("properties", "/security").toString();
        assertThat(properties).contains("70").contains("2.5").doesNotContain("-7");
        site.edit("grant", "/types/folder", "otto", "Manager");
        site.zope("property", "at('/security').manage_changeProperties(p_int=8)");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(FOLDER)).contains("otto", "mehmet");
    }

    private void insert(String path, String before, String lines) throws IOException {
        String content = checkout.read(path);
        int at = content.indexOf(before + "\n");
        assertThat(at).as(before).isPositive();
        checkout.write(path, content.substring(0, at) + lines + content.substring(at));
    }

    @Test
    void aScriptMadeByHandRuns() throws IOException {
        checkout.write(TYPES + "folder/hello.py", "return 'hello ' + name\n");
        checkout.write(TYPES + "folder/hello.zodb.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <object class="Products.PythonScripts.PythonScript.PythonScript" named="id">
                  <text name="_body" file="hello.py"/>
                  <text name="_params">name='you'</text>
                </object>
                """);
        checkout.replace(
                FOLDER, "  </children>", "    <child name=\"hello\" meta_type=\"Script (Python)\"/>\n  </children>");
        push();

        assertThat(site.call("/types/folder/hello")).isEqualTo("hello you");
        assertThat(site.list("/types/folder")).containsExactly("empty.txt", "hello");
        site.edit("set-text", "/types/folder/hello", "return 'edited'\n");
        site.edit("rename", "/types/folder/hello", "good_bye");
        assertThat(site.call("/types/folder/good_bye")).isEqualTo("edited");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(TYPES + "folder/good_bye.py")).isEqualTo("return 'edited'\n");
    }

    @Test
    void aFolderMadeByHandIsListed() throws IOException {
        checkout.write(TYPES + "folder/inner/__self__.zodb.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <object class="OFS.Folder.Folder" named="id">
                  <children>
                    <child name="page" meta_type="Page Template"/>
                  </children>
                  <text name="title">Inner</text>
                </object>
                """);
        checkout.write(TYPES + "folder/inner/page.pt", "<p tal:content=\"here/title\">x</p>\n");
        checkout.write(TYPES + "folder/inner/page.zodb.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <object class="Products.PageTemplates.ZopePageTemplate.ZopePageTemplate" named="id">
                  <text name="_text" file="page.pt"/>
                  <text name="content_type">text/html</text>
                  <text name="title"></text>
                </object>
                """);
        checkout.replace(FOLDER, "  </children>", "    <child name=\"inner\" meta_type=\"Folder\"/>\n  </children>");
        push();

        assertThat(site.list("/types/folder")).containsExactly("empty.txt", "inner");
        assertThat(site.list("/types/folder/inner")).containsExactly("page");
        assertThat(site.render("/types/folder/inner/page")).isEqualToIgnoringWhitespace("<p>Inner</p>");
        site.edit("add-script", "/types/folder/inner", "more");
        assertThat(site.list("/types/folder/inner")).containsExactly("page", "more");
    }

    @Test
    void deletionsAndRenamesKeepTheBooksOfTheFolder() throws IOException {
        String child = "    <child name=\"script_with_error\" meta_type=\"Script (Python)\"/>\n";
        checkout.git(
                "rm", "-q", "zodb/" + TYPES + "script_with_error.py", "zodb/" + TYPES + "script_with_error.zodb.xml");
        checkout.replace(TYPES + "__self__.zodb.xml", child, "");
        String oid = oid("/types/script_no_newline");
        checkout.git("mv", "zodb/" + TYPES + "script_no_newline.py", "zodb/" + TYPES + "renamed.py");
        checkout.git("mv", "zodb/" + TYPES + "script_no_newline.zodb.xml", "zodb/" + TYPES + "renamed.zodb.xml");
        checkout.replace(TYPES + "renamed.zodb.xml", "script_no_newline.py", "renamed.py");
        String meta = checkout.read(TYPES + "renamed.zodb.xml");
        checkout.write(
                TYPES + "renamed.zodb.xml",
                meta.replace("<text name=\"id\">script_no_newline</text>", "<text name=\"id\">renamed</text>"));
        checkout.replace(TYPES + "__self__.zodb.xml", "\"script_no_newline\"", "\"renamed\"");
        push();

        assertThat(site.list("/types")).contains("renamed").doesNotContain("script_with_error", "script_no_newline");
        assertThat(oid("/types/renamed")).isEqualTo(oid);
        site.edit("delete", "/types/renamed");
        site.edit("move", "/types/main.css", "/types/folder");
        site.list("/types");
        site.mustBeSound();
        checkout.zodb("pull");
        checkout.mustBeInStep();
    }

    private String oid(String path) throws IOException {
        Path file = Files.createTempFile(temp, "oid", "");
        site.zope("look", "open(%s, 'w').write(at('%s')._p_oid.hex())".formatted("'" + file + "'", path));
        return Files.readString(file);
    }

    @Test
    void childrenOfABTreeFolderCountAsInZope() throws IOException {
        String btree = TYPES + "btree/";
        checkout.git("rm", "-q", "zodb/" + btree + "page-003.dtml", "zodb/" + btree + "page-003.zodb.xml");
        checkout.write(btree + "page-new.dtml", "new\n");
        checkout.write(
                btree + "page-new.zodb.xml",
                checkout.read(btree + "page-004.zodb.xml").replace("page-004", "page-new"));
        String folder = btree + "__self__.zodb.xml";
        String old = checkout.read(folder);
        String changed =
                Pattern.compile("\n[^\n]*\"page-003\"[^\n]*").matcher(old).replaceAll("");
        changed = Pattern.compile("\n([^\n]*)\"page-199\"([^\n]*)")
                .matcher(changed)
                .replaceAll("$0\n$1\"page-new\"$2");
        checkout.write(folder, changed);
        push();

        assertThat(site.list("/types/btree")).hasSize(200).contains("page-new").doesNotContain("page-003");
        assertThat(site.render("/types/btree/page-new")).startsWith("new");
        site.edit("delete", "/types/btree/page-new");
        assertThat(site.list("/types/btree")).hasSize(199);
    }

    @Test
    void nothingToPushWritesNothing() throws IOException {
        String hash = site.hash();
        checkout.zodb("push");
        checkout.git("commit", "-q", "--allow-empty", "-m", "Nothing");
        Files.writeString(checkout.folder().resolve("README"), "not of the database\n");
        checkout.commit("A file beside the tree");
        checkout.zodb("push");

        assertThat(site.hash()).isEqualTo(hash);
        checkout.mustBeInStep();
        assertThat(checkout.id("zodb/live")).isEqualTo(checkout.id("HEAD"));
    }

    @Test
    void whatIsNoFastForwardIsRefused() throws IOException {
        checkout.commitFile(TYPES + "script.py", "return 'from git'\n");
        site.edit("set-text", "/types/main.css", "i {}\n");
        String hash = site.hash();
        Ran refused = checkout.tryZodb("push").exits(2);

        assertThat(refused.errors())
                .hasLineCount(1)
                .startsWith("git zodb: ")
                .contains("non-fast-forward", "git zodb pull");
        assertThat(site.hash()).isEqualTo(hash);
        checkout.zodb("pull");
        checkout.zodb("push");
        checkout.mustBeInStep();
        assertThat(site.effect("call", "/types/script.py", "--args", "[3]")
                        .get("result")
                        .asText())
                .isEqualTo("from git");
        assertThat(checkout.read(TYPES + "main.css")).isEqualTo("i {}\n");

        checkout.commitFile(TYPES + "script.py", "return 'again'\n");
        site.edit("set-text", "/types/script.py", "return 'from Zope'\n");
        assertThat(checkout.tryZodb("pull").exits(1).text()).contains("zodb/" + TYPES + "script.py");
        checkout.tryZodb("push").exits(2);
        checkout.write(TYPES + "script.py", "return 'both'\n");
        checkout.commit("Settle");
        checkout.zodb("push");
        checkout.mustBeInStep();
    }

    @Test
    void zopeThatHoldsTheDatabaseMakesPushBusyAndNothingElse() throws IOException {
        checkout.commitFile(TYPES + "script.py", "return 'waits'\n");
        Process zope = Oracle.startPython("""
                import sys
                from ZODB.FileStorage import FileStorage
                storage = FileStorage(sys.argv[1])
                print('open', flush=True)
                sys.stdin.read()
                """, site.dataFs().toString());
        try (BufferedReader said = zope.inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
            Ran busy = checkout.tryZodb("push").exits(75);
            assertThat(busy.errors()).hasLineCount(1).contains("ZEO");
            checkout.zodb("fetch");
            assertThat(checkout.status()).isEqualTo(".M " + TYPES + "script.py");
            assertThat(checkout.zodb("diff", "live", "HEAD")).contains("+return 'waits'");
        } finally {
            zope.destroy();
        }
        checkout.zodb("push");
        checkout.mustBeInStep();
    }

    @Test
    void whatTheDatabaseGivesBackInAnotherFormIsPulledWithoutConflict() throws IOException {
        // Spread over more lines than the canonical form, and white space that a class format strips.
        String meta = TYPES + "script.py.zodb.xml";
        checkout.replace(meta, "  <text name=\"title\">", "\n\n     <text name=\"title\">");
        checkout.write(TYPES + "script.py", "return 'spread'\n");
        checkout.commit("Spread");
        String pushed = checkout.id("HEAD");
        checkout.zodb("push");

        assertThat(checkout.id("zodb/live^")).isEqualTo(pushed);
        assertThat(checkout.git("show", "-s", "--format=%s", "zodb/live")).isEqualTo("Canonical form");
        // An edit on top, before the pull: still no conflict.
        checkout.commitFile(TYPES + "main.css", "s {}\n");
        checkout.zodb("pull");
        checkout.zodb("push");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    @Test
    void anEditBetweenReadAndWriteIsNotOverwritten() throws IOException {
        for (int round = 0; round < 6; round++) {
            String inGit = "return 'git %d'\n".formatted(round);
            String inZope = "return 'zope %d'\n".formatted(round);
            checkout.zodb("pull");
            checkout.commitFile(TYPES + "main.css", "git %d\n".formatted(round));
            checkout.commitFile(TYPES + "script.py", inGit);
            // Zope saves the same object and another one while the push runs, a little later each round.
            int delay = 150 * round;
            CompletableFuture<Void> edit = CompletableFuture.runAsync(() -> saveLater(delay, inZope));
            Ran push = checkout.tryZodb("push");
            edit.join();
            assertThat(push.exit()).as(push.toString()).isIn(0, 2, 75);
            assertThat(checkout.tryZodb("pull").exit()).isIn(0, 1);
            // Whichever came last is in the database; what Zope saved is in git for ever.
            assertThat(checkout.git("log", "-p", "--format=", "zodb/live", "--", "zodb/" + TYPES + "script.py"))
                    .contains("+" + inZope.strip());
            checkout.git("reset", "-q", "--hard", "zodb/live");
            checkout.zodb("reload");
            checkout.mustBeInStep();
            site.mustBeSound();
        }
    }

    private void saveLater(int milliseconds, String source) {
        try {
            Thread.sleep(milliseconds);
            site.edit("set-text", "/types/script.py", source);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
