package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.filestorage.Python2Site;
import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a database of Python 2. */
class Python2SiteIT {
    @TempDir
    private Path temp;

    @Test
    void isClonedPushedAndSwitched() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = new Site(Files.createDirectory(workbench.folder().resolve("site")));
        Python2Site.create(site.dataFs(), 5, 4);
        Path before = Files.copy(site.dataFs(), workbench.folder().resolve("before.fs"));
        Checkout checkout = workbench.clone(site, "work");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(checkout.read("Application/properties/__self__.zodb.xml"))
                .contains(
                        "<property name=\"title\" mode=\"wd\" type=\"string\"><str>Gr\u00f6\u00dfe</str></property>",
                        "<property name=\"a_string\" type=\"string\"><str enc=\"latin-1\">Latin: \u00e4</str></property>",
                        "<property name=\"a_selection\" select_variable=\"choices\" type=\"selection\">",
                        "<property name=\"a_ustring\" type=\"ustring\"><text>\u00e4 \ud83d\ude00</text></property>",
                        "<property name=\"a_long\" type=\"long\"><int kind=\"long\">7</int></property>");
        assertThat(checkout.read("Application/old.zodb.xml"))
                .contains("<instance name=\"first\" class=\"Products.Old.thing.Part\" by=\"old\" id=\"1\">");
        assertThat(checkout.read("Application/users/zo\u00eb.zodb.xml")).contains("<secret name=\"__\"/>");

        checkout.git("switch", "-q", "-c", "topic");
        checkout.commitFile("Application/folder1/page.pt", "<p>edited, Gr\u00fc\u00dfe</p>\n");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        checkout.replace("Application/properties/__self__.zodb.xml", ">Latin: \u00e4<", ">Latin: \u00f6\u00fc<");
        checkout.replace("Application/properties/__self__.zodb.xml", "<int>-7<", "<int>8<");
        checkout.commit("Two properties");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        Oracle.check(site.dataFs()).ok();
        assertThat(Oracle.compare(before, site.dataFs()).exit()).isEqualTo(1);

        checkout.git("switch", "-q", "-");
        checkout.mustBeInStep();
        Oracle.check(site.dataFs()).ok();
        Oracle.compare(before, site.dataFs(), "--ignore-attr", "*:func_code", "--ignore-attr", "*:Python_magic")
                .ok();
    }
}
