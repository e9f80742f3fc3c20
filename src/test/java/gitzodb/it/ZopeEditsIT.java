package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an edit in Zope looks like after {@code git zodb pull}. */
class ZopeEditsIT {
    private static final String TYPES = "Application/types/";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
    }

    /** Pulls; fails unless the branch is in step then, and a full dump gives the same files. */
    private void pull() throws IOException {
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    @Test
    void oneLineOfAScriptIsOneLineOfOneFile() throws IOException {
        site.edit("--user", "otto", "--description", "a\nb", "set-text", "/types/script.py", "# version 2\nreturn 3\n");
        pull();

        assertThat(checkout.git("show", "--format=", "--numstat", "HEAD"))
                .isEqualTo("1\t1\tzodb/" + TYPES + "script.py");
        assertThat(checkout.git("show", "-s", "--format=%an <%ae>|%cn <%ce>|%B"))
                .matches("otto <otto@zodb.invalid>\\|otto <otto@zodb.invalid>\\|a\nb\n\nZodb-Tid: [0-9a-f]{16}");
        String tid = checkout.git("show", "-s", "--format=%(trailers:key=Zodb-Tid,valueonly)");
        assertThat(site.tid()).isEqualTo(tid);
        assertThat(checkout.git("show", "-s", "--format=%ai")).endsWith("+0000");
        assertThat(checkout.git("show", "-s", "--format=%at %ct").split(" ")).satisfies(dates -> {
            assertThat(dates[0]).isEqualTo(dates[1]).isEqualTo(Long.toString(seconds(tid)));
        });
    }

    /** The time in a transaction id: minutes since 1900 in months of 31 days, and a fraction of a minute. */
    private static long seconds(String tid) {
        long minutes = Long.parseLong(tid.substring(0, 8), 16);
        long fraction = Long.parseLong(tid.substring(8), 16);
        long days = minutes / 60 / 24;
        java.time.LocalDateTime minute = java.time.LocalDateTime.of(
                (int) (1900 + days / 31 / 12),
                (int) (days / 31 % 12 + 1),
                (int) (days % 31 + 1),
                (int) (minutes / 60 % 24),
                (int) (minutes % 60));
        return minute.toEpochSecond(java.time.ZoneOffset.UTC) + fraction * 60 / (1L << 32);
    }

    @Test
    void aTransactionIsACommit() throws IOException {
        String before = checkout.id("HEAD");
        site.edit("set-text", "/types/template.pt", "<p>short</p>\n");
        site.edit("set-text", "/types/query_sql", "select 1\n");
        site.edit("set-text", "/types/dtml_method", "<dtml-var title>\n");
        site.edit("set-text", "/types/main.css", "p { color: red }\n");
        site.zope("properties", "at('/types/folder').manage_addProperty('colour', 'blue', 'string')");
        site.edit("grant", "/types/folder", "mehmet", "Clerk");
        site.zope("permissions", "at('/types/folder').manage_permission('View', ['Manager'], 0)");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();

        assertThat(checkout.git("rev-list", "--count", before + "..HEAD")).isEqualTo("7");
        assertThat(checkout.changes("HEAD~6")).containsExactly("M " + TYPES + "template.pt");
        assertThat(checkout.changes("HEAD~5")).containsExactly("M " + TYPES + "query_sql.sql");
        assertThat(checkout.changes("HEAD~4")).containsExactly("M " + TYPES + "dtml_method.dtml");
        assertThat(checkout.changes("HEAD~3")).containsExactly("M " + TYPES + "main.css");
        for (int i = 0; i < 3; i++) {
            assertThat(checkout.changes("HEAD~" + i)).containsExactly("M " + TYPES + "folder/__self__.zodb.xml");
        }
        assertThat(checkout.git("show", "HEAD")).contains("View").contains("Manager");
    }

    @Test
    void whatIsAddedHasFilesAndALineInItsFolder() throws IOException {
        site.edit("add-script", "/types/folder", "hello", "return 'hello'\n");
        checkout.zodb("pull");
        assertThat(checkout.changes("HEAD"))
                .containsExactlyInAnyOrder(
                        "M " + TYPES + "folder/__self__.zodb.xml",
                        "A " + TYPES + "folder/hello.py",
                        "A " + TYPES + "folder/hello.zodb.xml");
        assertThat(checkout.read(TYPES + "folder/hello.py")).isEqualTo("return 'hello'\n");

        site.edit("add-folder", "/types/folder", "inner");
        pull();
        assertThat(checkout.changes("HEAD"))
                .containsExactlyInAnyOrder(
                        "M " + TYPES + "folder/__self__.zodb.xml", "A " + TYPES + "folder/inner/__self__.zodb.xml");
        assertThat(checkout.git("show", "--numstat", "--format=", "HEAD")).contains("1\t0\tzodb/" + TYPES + "folder");
    }

    @Test
    void renamesAndMovesAreFollowed() throws IOException {
        String first = checkout.id("HEAD");
        site.edit("rename", "/types/script_no_newline", "renamed");
        site.edit("move", "/types/renamed", "/types/folder");
        pull();

        String file = "zodb/" + TYPES + "folder/renamed.py";
        assertThat(checkout.git("log", "--follow", "--format=%H", "--", file).lines())
                .hasSize(3)
                .contains(first);
        String meta = "zodb/" + TYPES + "folder/renamed.zodb.xml";
        assertThat(checkout.git("log", "--follow", "--format=%H", "--", meta).lines())
                .hasSize(3)
                .contains(first);
        assertThat(checkout.changes("HEAD")).contains("R100 " + TYPES + "renamed.py " + TYPES + "folder/renamed.py");
    }

    @Test
    void aMovedFolderTakesItsFilesAlong() throws IOException {
        site.edit("move", "/types/ordered", "/types/folder");
        pull();

        assertThat(checkout.changes("HEAD"))
                .allMatch(line -> line.startsWith("R") || line.startsWith("M"))
                .filteredOn(line -> line.startsWith("M"))
                .containsExactlyInAnyOrder(
                        "M " + TYPES + "__self__.zodb.xml", "M " + TYPES + "folder/__self__.zodb.xml");
    }

    @Test
    void whatIsDeletedIsGoneWithItsLine() throws IOException {
        site.edit("delete", "/types/with_users");
        pull();

        assertThat(checkout.file(TYPES + "with_users")).doesNotExist();
        assertThat(checkout.changes("HEAD"))
                .allMatch(line -> line.startsWith("D") || line.equals("M " + TYPES + "__self__.zodb.xml"));
        assertThat(checkout.git("show", "--numstat", "--format=", "HEAD", "--", "zodb/" + TYPES + "__self__.zodb.xml"))
                .startsWith("0\t1\t");
    }

    @Test
    void aChildOfABTreeFolderChangesTheLinesOfItsIndex() throws IOException {
        site.zope(
                "add", "from OFS.DTMLMethod import DTMLMethod as M\nat('/types/btree')._setObject('page-new', M('x'))");
        site.edit("delete", "/types/btree/page-007");
        pull();

        assertThat(checkout.file(TYPES + "btree/page-new.dtml")).exists();
        assertThat(checkout.file(TYPES + "btree/page-007.dtml")).doesNotExist();
        assertThat(checkout.changes("HEAD"))
                .containsExactlyInAnyOrder(
                        "M " + TYPES + "btree/__self__.zodb.xml",
                        "D " + TYPES + "btree/page-007.dtml",
                        "D " + TYPES + "btree/page-007.zodb.xml");
    }

    @Test
    void aNewOrderMovesOneLine() throws IOException {
        site.zope("order", "at('/types/ordered').moveObjectsToTop(['apple'])");
        pull();

        assertThat(checkout.git("show", "--format=", "--numstat", "HEAD"))
                .isEqualTo("1\t1\tzodb/" + TYPES + "ordered/__self__.zodb.xml");
    }

    @Test
    void whatChangesNothingVisibleIsNoCommit() throws IOException {
        String head = checkout.id("HEAD");
        site.zope("saved as it is", "at('/types/script.py')._p_changed = 1");
        site.zope("a note only", "root._p_changed = 1");
        site.edit("set-text", "/types/script.py", "# version 2\nreturn 2\n");
        pull();

        assertThat(checkout.id("HEAD")).isEqualTo(head);
        assertThat(checkout.id("zodb/live")).isEqualTo(head);
    }

    @Test
    void anUndoIsACommitThatTakesBack() throws IOException {
        String before = checkout.tree("HEAD");
        site.edit("set-text", "/types/script.py", "return 'to be undone'\n");
        site.zope("undo", "db.undo(db.undoLog(0, 1)[0]['id'])");
        pull();

        assertThat(checkout.git("rev-list", "--count", "HEAD")).isEqualTo("3");
        assertThat(checkout.tree("HEAD")).isEqualTo(before);
        assertThat(checkout.tree("HEAD~1")).isNotEqualTo(before);
    }

    @Test
    void aPackBetweenFetchesLosesNothing() throws IOException {
        site.edit("set-text", "/types/script.py", "return 'before the pack'\n");
        checkout.zodb("pull");
        site.zope("pack", "import time; db.pack(time.time())");
        checkout.zodb("pull");
        assertThat(checkout.git("rev-list", "--count", "HEAD")).isEqualTo("2");
        site.edit("set-text", "/types/script.py", "return 'after it'\n");
        site.edit("set-text", "/types/main.css", "b {}\n");
        // What the database was at the last fetch is packed away.
        site.zope("pack", "import time; db.pack(time.time())");
        pull();

        assertThat(checkout.read(TYPES + "script.py")).isEqualTo("return 'after it'\n");
        assertThat(checkout.git("log", "--format=%s")).contains("/types/script.py/manage_edit");
    }

    @Test
    void anotherDatabaseInItsPlaceIsRecognisedAnew() throws IOException {
        checkout.commitFile(TYPES + "script.py", "return 'only in git'\n");
        site.edit("set-text", "/types/main.css", "i {}\n");
        Site other = checkout.workbench().site("code-300");
        checkout.git("config", "zodb.zodb.url", other.dataFs().toString());
        String head = checkout.id("HEAD");
        checkout.zodb("fetch");

        assertThat(checkout.id("HEAD")).isEqualTo(head);
        checkout.git("merge-base", "--is-ancestor", "zodb/live^", "zodb/live");
        assertThat(checkout.git("ls-tree", "-r", "--name-only", "zodb/live")).contains("zodb/Application/scan_5/");
        assertThat(checkout.tryZodb("push").exits(2).errors()).contains("pull");
        checkout.git("config", "zodb.zodb.url", site.dataFs().toString());
        checkout.zodb("pull");
        assertThat(checkout.read(TYPES + "script.py")).isEqualTo("return 'only in git'\n");
        assertThat(checkout.read(TYPES + "main.css")).isEqualTo("i {}\n");
    }

    @Test
    void twoClonesMakeTheSameCommits() throws IOException {
        Checkout other = checkout.workbench().clone(site, "other");
        assertThat(other.id("HEAD")).isEqualTo(checkout.id("HEAD"));
        site.edit("set-text", "/types/script.py", "return 1\n");
        site.edit("rename", "/types/main.css", "other.css");
        site.edit("delete", "/types/btree/page-100");
        for (Checkout each : List.of(checkout, other)) {
            each.zodb("pull");
        }

        assertThat(other.id("HEAD")).isEqualTo(checkout.id("HEAD"));
        assertThat(other.git("rev-list", "--count", "HEAD")).isEqualTo("4");
    }
}
