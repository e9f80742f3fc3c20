package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of zodbsync ask for and no other test here does; coming-from-zodbsync.md has the list. */
class ZodbsyncIT {
    private static final String TYPES = "Application/types/";
    private static final String SECURITY = "Application/security/__self__.zodb.xml";
    private static final String NEW_FOLDER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <object class="OFS.Folder.Folder">
              <text name="title">New</text>
            </object>
            """;

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
    }

    private void push(String subject) throws IOException {
        checkout.commit(subject);
        checkout.zodb("push");
        site.mustBeSoundToZope();
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    private void looks(SoftAssertions softly, String expression, String expected) throws IOException {
        softly.assertThat(site.look(expression)).as(expression).isEqualTo(expected);
    }

    @Test
    void rolesPropertiesOrderAndClassAreAsInTheFiles() throws IOException {
        String oid = site.look("at('/types/folder/empty.txt')._p_oid.hex()");
        String security = checkout.read(SECURITY);
        checkout.write(SECURITY, security.replaceFirst("(?s)  <roles>.*?</roles>\n", ""));
        checkout.replace(
                SECURITY,
                "<property name=\"p_int\" type=\"int\"><int>-7</int>",
                "<property name=\"p_int\" type=\"string\"><text>seven</text>");
        checkout.replace("Application/__self__.zodb.xml", "</object>\n", """
                  <properties>
                    <property name="title" mode="w" type="string"><text>From git</text></property>
                    <property name="words" type="tokens">
                      <tuple><text>123</text><text>518</text></tuple>
                    </property>
                  </properties>
                </object>
                """);
        checkout.replace(
                TYPES + "ordered/__self__.zodb.xml",
                "  <children>\n",
                "  <children>\n    <child name=\"new\" meta_type=\"Folder\"/>\n");
        checkout.write(TYPES + "ordered/new/__self__.zodb.xml", NEW_FOLDER);
        checkout.replace(TYPES + "folder/__self__.zodb.xml", "OFS.Folder.Folder", "OFS.OrderedFolder.OrderedFolder");
        push("Edit what zodbsync edits");

        SoftAssertions softly = new SoftAssertions();
        looks(softly, "at('/security').userdefined_roles()", "()");
        looks(softly, "at('/security').getProperty('p_int')", "seven");
        looks(softly, "at('/security').getPropertyType('p_int')", "string");
        looks(softly, "app.getProperty('words')", "('123', '518')");
        looks(softly, "app.title", "From git");
        looks(softly, "at('/types/ordered').objectIds()[:2]", "['new', 'mango']");
        looks(softly, "at('/types/folder').meta_type", "Folder (Ordered)");
        looks(softly, "at('/types/folder/empty.txt')._p_oid.hex()", oid);
        softly.assertAll();
    }

    @Test
    void aChildTakesTheNameOfAPropertyAndBack() throws IOException {
        site.zope("property", "at('/types/folder').manage_addProperty('test', 'foo', 'string')");
        checkout.zodb("pull");
        String property = checkout.id("HEAD");
        site.zope("child", """
                from OFS.Folder import Folder
                at('/types/folder').manage_delProperties(ids=['test'])
                at('/types/folder')._setObject('test', Folder('test'))
                """);
        checkout.zodb("pull");
        checkout.mustEqualDump();
        checkout.git("checkout", "-q", property);
        assertThat(site.look("at('/types/folder').getProperty('test')")).isEqualTo("foo");
        checkout.git("checkout", "-q", "-");
        assertThat(site.look("at('/types/folder/test').meta_type")).isEqualTo("Folder");
        site.mustBeSoundToZope();
        checkout.mustEqualDump();
    }

    @Test
    void namesThatGoRoundInOneTransactionAreFollowed() throws IOException {
        site.zope("round", """
                t = at('/types')
                t.manage_renameObject('dtml_method', 'tmp')
                t.manage_renameObject('dtml_document', 'dtml_method')
                t.manage_renameObject('tmp', 'dtml_document')
                """);
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(checkout.read(TYPES + "dtml_method.zodb.xml")).contains("OFS.DTMLDocument.DTMLDocument");
        assertThat(checkout.read(TYPES + "dtml_document.zodb.xml")).contains("OFS.DTMLMethod.DTMLMethod");
    }

    @Test
    void theUserFolderOfTheRootComesBackWithItsPasswords() throws IOException {
        site.edit("delete", "/acl_users");
        checkout.zodb("pull");
        checkout.git("revert", "--no-edit", "HEAD");
        checkout.zodb("push");
        site.mustBeSoundToZope();
        checkout.zodb("pull");
        checkout.mustEqualDump();
        assertThat(site.look("at('/acl_users').authenticate('ida', 'secret', app.REQUEST)"))
                .isEqualTo("ida");
        assertThat(site.look("app.__allow_groups__.aq_base is at('/acl_users').aq_base"))
                .isEqualTo("True");
    }

    @Test
    void aFileLessThanTheListSaysIsRefusedAndNothingWritten() throws IOException {
        String tid = site.tid();
        checkout.git("rm", "-q", "zodb/" + TYPES + "query_sql.zodb.xml", "zodb/" + TYPES + "query_sql.sql");
        checkout.commit("A file is missing");
        assertThat(checkout.tryZodb("push").errors()).contains("query_sql");
        assertThat(site.tid()).isEqualTo(tid);
    }
}
