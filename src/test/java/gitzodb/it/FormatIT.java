package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree of an older format stays as it is until its settings say the newer one. */
class FormatIT {
    private static final String TYPES = "Application/types/";
    private static final String DTML = TYPES + "dtml_method.zodb.xml";
    private static final String CACHE = TYPES + "ram_cache.zodb.xml";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bindAsTheFirstVersionDid() throws IOException {
        Workbench workbench = Workbench.in(temp);
        site = workbench.site("small");
        Path settings = temp.resolve("settings");
        Files.writeString(settings, "[zodb]\nformat = 1\ngeneration = FS30\n");
        String url = site.dataFs().toString();
        workbench
                .run(temp, "git", "zodb", "clone", "--settings", settings.toString(), url, "old")
                .ok();
        checkout = new Checkout(workbench, temp.resolve("old"), site);
    }

    @Test
    void anOldTreeIsFollowedInItsOwnFormat() throws IOException {
        assertThat(checkout.read(".zodbconfig")).contains("format = 1");
        assertThat(checkout.read(DTML)).contains("<dict name=\"_vars\"/>");
        assertThat(checkout.read(CACHE)).contains("_RAMCacheManager__cacheid");

        site.zope("a property", "at('/types/folder').manage_addProperty('colour', 'blue', 'string')");
        checkout.zodb("pull");
        assertThat(checkout.changes("HEAD")).containsExactly("M " + TYPES + "folder/__self__.zodb.xml");
        checkout.commitFile(TYPES + "dtml_method.dtml", "<dtml-var \"1 + 2\">\n");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(DTML)).contains("<dict name=\"_vars\"/>");
        assertThat(site.render("/types/dtml_method")).isEqualTo("3\n");
        assertThat(checkout.zodb("verify")).doesNotContain("canonical");
    }

    @Test
    void theNewerFormatIsOneCommitThatChangesNothingInTheDatabase() throws IOException {
        String tid = site.tid();
        checkout.replace(".zodbconfig", "format = 1", "format = 2");
        checkout.commit("Format 2");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(site.tid()).isEqualTo(tid);
        assertThat(checkout.read(DTML)).doesNotContain("_vars");
        assertThat(checkout.read(CACHE)).doesNotContain("cacheid");

        checkout.replace(".zodbconfig", "format = 2", "format = 1");
        checkout.commit("Back");
        assertThat(checkout.tryZodb("push").exits(2).errors()).contains("zodb.zodb.secrets");
    }
}
