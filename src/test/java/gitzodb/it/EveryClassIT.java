package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each class that has a format: an edit of its files takes effect in Zope, and Zope's next edit is one changed line. */
class EveryClassIT {
    private static final String TYPES = "Application/types/";
    private static final String USER = TYPES + "with_users/acl_users/local user.zodb.xml";

    /** One pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
    }

    private void title(String path, String old) throws IOException {
        checkout.replace(path, "<text name=\"title\">" + old + "</text>", "<text name=\"title\">From git</text>");
    }

    private void editAllFiles() throws IOException {
        checkout.write(TYPES + "script.py", "# from git\nreturn [a, b, script.title]\n");
        checkout.replace(TYPES + "script.py.zodb.xml", "<text name=\"_params\">a<", "<text name=\"_params\">a, b=2<");
        title(TYPES + "script.py.zodb.xml", "intake country");
        checkout.write(TYPES + "template.pt", "<html>\n<b tal:content=\"template/title\">x</b>\n</html>");
        title(TYPES + "template.pt.zodb.xml", "Vorlage für alle");
        checkout.write(TYPES + "dtml_method.dtml", "<dtml-var \"2 + 3\">\nGrüße\n");
        checkout.write(TYPES + "dtml_document.dtml", "<dtml-var title>\nfrom git\n");
        title(TYPES + "dtml_document.zodb.xml", "DTML doc");
        checkout.write(TYPES + "query_sql.sql", "select 1\nwhere <dtml-sqltest name type=int>\n");
        checkout.replace(TYPES + "query_sql.zodb.xml", ">sku\nqty:int=1<", ">name:int<");
        checkout.replace(
                TYPES + "query_sql.zodb.xml",
                "<text name=\"connection_id\">db<",
                "<text name=\"connection_id\">other<");
        checkout.replace(TYPES + "query_sql.zodb.xml", "connection_hook\">pick_db</text>", "connection_hook\"></text>");
        checkout.replace(
                TYPES + "external.zodb.xml", "<text name=\"_function\">hello<", "<text name=\"_function\">bye<");
        title(TYPES + "external.zodb.xml", "External");
        checkout.write(TYPES + "main.css", "p {}\nfrom { git: 1 }\n");
        checkout.write(TYPES + "data.bin", "no longer binary\n");
        checkout.replace(TYPES + "data.bin.zodb.xml", "application/octet-stream", "text/x-git");
        Files.write(checkout.file(TYPES + "logo.png"), PNG);
        title(TYPES + "logo.png.zodb.xml", "Logo");
        title(TYPES + "folder/__self__.zodb.xml", "changed with no user and no text");
        String apple = "    <child name=\"apple\" meta_type=\"DTML Method\"/>\n";
        checkout.replace(TYPES + "ordered/__self__.zodb.xml", apple, "");
        checkout.replace(TYPES + "ordered/__self__.zodb.xml", "  <children>\n", "  <children>\n" + apple);
        checkout.write(TYPES + "btree/page-004.dtml", "page from git\n");
        checkout.replace(USER, "<text>Clerk</text><text>Auditor</text>", "<text>Manager</text>");
        checkout.replace(USER, "*.example.org", "*.git.example.org");
        checkout.commit("Edit one of each");
    }

    /** Functions that the External Method calls, where this Zope looks for them. */
    private void extensions() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("Extensions"));
        Files.writeString(
                folder.resolve("siteext.py"),
                "def hello(self):\n    return 'hello'\n\ndef bye(self):\n    return 'bye from ' + self.title\n");
        site.zope(
                "configure",
                "from App.config import getConfiguration\ngetConfiguration().extensions = '%s'".formatted(folder));
    }

    @Test
    void anEditedFileChangesWhatZopeDoes() throws IOException {
        extensions();
        editAllFiles();
        checkout.zodb("push");
        site.mustBeSound();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();

        assertThat(site.effect("call", "/types/script.py", "--args", "[1]").get("result"))
                .hasToString("[1,2,\"From git\"]");
        assertThat(site.render("/types/template.pt")).isEqualToIgnoringWhitespace("<html><b>From git</b></html>");
        assertThat(site.render("/types/dtml_method")).isEqualTo("5\nGrüße\n");
        assertThat(site.render("/types/dtml_document")).isEqualTo("From git\nfrom git\n");
        assertThat(site.effect("render", "/types/query_sql", "--kwargs", "{\"name\": 7}")
                        .get("text")
                        .asText())
                .isEqualToIgnoringWhitespace("select 1 where name = 7");
        SoftAssertions softly = new SoftAssertions();
        looks(softly, "at('/types/query_sql').connection_id", "other");
        looks(softly, "at('/types/external')()", "bye from One of each type");
        looks(softly, "at('/types/main.css').get_size()", "21");
        looks(softly, "bytes(at('/types/data.bin').data)", "b'no longer binary\\n'");
        looks(softly, "at('/types/data.bin').getContentType()", "text/x-git");
        looks(softly, "at('/types/logo.png').width", "1");
        looks(softly, "at('/types/logo.png').height", "1");
        looks(softly, "at('/types/logo.png').get_size()", Integer.toString(PNG.length));
        looks(softly, "at('/types/logo.png').title", "From git");
        looks(softly, "at('/types/folder').title", "From git");
        looks(softly, "list(at('/types/ordered').objectIds())", "['apple', 'mango', 'zebra', '10', '9']");
        looks(softly, "at('/types/btree/page-004').read()", "page from git\n");
        String user = "at('/types/with_users/acl_users').getUser('local user')";
        looks(softly, user + ".getDomains()", "('*.git.example.org',)");
        looks(softly, "'Manager' in " + user + ".getRoles()", "True");
        looks(softly, "'Clerk' in " + user + ".getRoles()", "False");
        softly.assertAll();
    }

    private void looks(SoftAssertions softly, String expression, String expected) throws IOException {
        softly.assertThat(site.look(expression)).as(expression).isEqualTo(expected);
    }

    @Test
    void zopesNextEditIsOneLine() throws IOException {
        extensions();
        editAllFiles();
        checkout.zodb("push");
        checkout.zodb("pull");
        SoftAssertions softly = new SoftAssertions();
        nextEdit(softly, "script.py", "o.ZPythonScript_edit('a, b=2', o._body.replace('# from git', '# by Zope'))");
        nextEdit(softly, "script.py.zodb.xml", "o = at('/types/script.py'); o.ZPythonScript_edit('a', o._body)");
        nextEdit(
                softly, "template.pt", "o.pt_edit(o.read().replace('<b ', '<i ').replace('/b', '/i'), o.content_type)");
        nextEdit(softly, "dtml_method.dtml", "o.manage_edit(o.read().replace('2 + 3', '4'), o.title)");
        nextEdit(softly, "dtml_document.dtml", "o.manage_edit(o.read().replace('from', 'not from'), o.title)");
        nextEdit(
                softly,
                "query_sql.sql",
                "o.manage_edit(o.title, o.connection_id, o.arguments_src, o.src.replace('select 1', 'select 2'))");
        nextEdit(
                softly,
                "query_sql.zodb.xml",
                "o = at('/types/query_sql'); o.manage_edit(o.title, o.connection_id, 'name:float', o.src)");
        nextEdit(softly, "external.zodb.xml", "o.manage_edit(o.title, 'siteext', 'hello')");
        nextEdit(softly, "main.css", "o.update_data(o.data.replace(b'1', b'2'))");
        nextEdit(softly, "data.bin", "o.update_data(b'by Zope\\n', content_type=o.content_type)");
        nextEdit(softly, "logo.png.zodb.xml", "o = at('/types/logo.png'); o.manage_changeProperties(title='By Zope')");
        nextEdit(softly, "folder/__self__.zodb.xml", "at('/types/folder').manage_changeProperties(title='By Zope')");
        nextEdit(softly, "ordered/__self__.zodb.xml", "at('/types/ordered').moveObjectsToBottom(['apple'])");
        nextEdit(
                softly, "btree/page-004.dtml", "o = at('/types/btree/page-004'); o.manage_edit('by Zope\\n', o.title)");
        nextEdit(
                softly,
                "with_users/acl_users/local user.zodb.xml",
                "at('/types/with_users/acl_users')._doChangeUser("
                        + "'local user', None, ['Manager', 'Clerk'], ['*.git.example.org'])");
        softly.assertAll();
        site.mustBeSound();
        checkout.mustEqualDump();
    }

    /** Has Zope edit the object of a file; fails unless the next pull changes one line of this file and no other. */
    private void nextEdit(SoftAssertions softly, String file, String code) throws IOException {
        String id = file.replaceAll("\\.(sql|dtml|zodb\\.xml)$", "");
        boolean plain = !code.startsWith("at(") && !code.startsWith("o = ");
        site.zope("edit " + file, (plain ? "o = at('/types/" + id + "')\n" : "") + code.replace("; ", "\n"));
        String before = checkout.id("HEAD");
        checkout.zodb("pull");
        softly.assertThat(checkout.git("diff", "--numstat", before, "HEAD"))
                .as(code)
                .isEqualTo("1\t1\tzodb/" + TYPES + file);
    }

    @Test
    void whatHasLostItsModuleIsEditedInFilesAndRoundTrips() throws IOException {
        // The class of a row and the module of a function lie in the file system of the server, and are gone.
        site.zope("a class file", """
                q = at('/types/query_sql')
                q.class_name_, q.class_file_ = 'Row', 'Shop.rows'
                e = at('/types/external')
                e._module, e._function = 'Shop.gone', 'nothing'
                """);
        checkout.zodb("pull");
        assertThat(checkout.read(TYPES + "query_sql.zodb.xml")).contains("Row", "Shop.rows");
        assertThat(checkout.read(TYPES + "external.zodb.xml")).contains("Shop.gone", "nothing");
        Path dump = temp.resolve("dump");
        Path loaded = temp.resolve("loaded.fs");
        checkout.zodb("dump", "--exact", "--from", site.dataFs().toString(), "-o", dump.toString());
        checkout.zodb("load", "--dir", dump.toString(), "--into", loaded.toString(), "--create");
        Oracle.compare(site.dataFs(), loaded, "--dict-order", "inner").ok();
        Path again = temp.resolve("again");
        checkout.zodb("dump", "--exact", "--from", loaded.toString(), "-o", again.toString());
        assertThat(checkout.workbench().run(temp, "diff", "-r", "dump", "again").text())
                .isEmpty();

        checkout.replace(TYPES + "external.zodb.xml", "Shop.gone", "Shop.also_gone");
        checkout.replace(TYPES + "query_sql.zodb.xml", "Shop.rows", "Shop.no_rows");
        checkout.write(TYPES + "query_sql.sql", "select 'edited'\n");
        checkout.commit("Edit what cannot run");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        site.mustBeSound();
        assertThat(site.look("at('/types/external')._module")).isEqualTo("Shop.also_gone");
        assertThat(site.look("at('/types/query_sql').class_file_ + ' ' + at('/types/query_sql').src"))
                .isEqualTo("Shop.no_rows select 'edited'\n");
    }
}
