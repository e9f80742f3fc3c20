package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches of a site that are merged are one site, which the database takes; or the merge says what is wrong. */
class MergedSiteIT {
    private static final String SHOP = "Application/shop/__self__.zodb.xml";

    @TempDir
    private Path temp;

    private Checkout checkout;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("demo");
        checkout.zodb("install");
        checkout.git("config", "zodb.zodb.follow", "off");
    }

    /** Adds a folder to the shop, in the list of its children too. */
    private void addFolder(String name) throws IOException {
        checkout.replace(SHOP, "  </children>", child(name) + "  </children>");
        checkout.write("Application/shop/" + name + "/__self__.zodb.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <object class="OFS.Folder.Folder" named="id">
                  <text name="title"/>
                </object>
                """);
    }

    private static String child(String name) {
        return "    <child name=\"" + name + "\" meta_type=\"Folder\"/>\n";
    }

    private static final String IN_ZOPE =
            "from OFS.Folder import Folder\nat('/shop')._setObject('drinks', Folder('drinks'))";

    @Test
    void foldersThatBothSidesAddAreInTheDatabase() throws IOException {
        checkout.git("switch", "-q", "-c", "topic");
        addFolder("drinks");
        checkout.commit("Drinks");
        checkout.git("switch", "-q", "main");
        addFolder("bread");
        checkout.commit("Bread");
        checkout.git("merge", "-q", "topic", "-m", "Both");
        assertThat(checkout.zodb("verify")).contains("the tree is sound");
        checkout.zodb("push");
        assertThat(checkout.site().list("/shop")).contains("drinks", "bread");
        checkout.mustBeInStep();
    }

    @Test
    void pullMergesWhatZopeAddedMeanwhile() throws IOException {
        addFolder("bread");
        checkout.commit("Bread");
        checkout.site().zope("Drinks", IN_ZOPE);
        assertThat(checkout.zodb("pull")).contains("merged");
        assertThat(checkout.read(SHOP)).contains("\"bread\"", "\"drinks\"");
        assertThat(checkout.git("log", "-1", "--format=%s")).startsWith("Merge database 'zodb'");
        checkout.zodb("push");
        assertThat(checkout.site().list("/shop")).contains("drinks", "bread");
        checkout.mustBeInStep();
    }

    /** As if pull had been killed when git was done with its part. */
    private void beginAsPullDoes() throws IOException {
        addFolder("bread");
        checkout.commit("Bread");
        checkout.site().zope("Drinks", IN_ZOPE);
        checkout.zodb("fetch");
        Files.writeString(
                checkout.folder().resolve(".git/zodb/merge.unfinished"),
                checkout.id("HEAD") + " " + checkout.id("zodb/live") + "\n");
        checkout.tryGit("-c", "merge.zodb.driver=false", "merge", "--no-commit", "-m", "Both", "zodb/live");
        assertThat(checkout.git("ls-files", "-u")).contains(SHOP);
    }

    @Test
    void pullGoesOnWhereItWasKilled() throws IOException {
        beginAsPullDoes();
        checkout.zodb("pull");
        assertThat(checkout.read(SHOP)).contains("\"bread\"", "\"drinks\"");
        assertThat(checkout.git("log", "-1", "--format=%s")).isEqualTo("Both");
        checkout.zodb("push");
        checkout.mustBeInStep();
        assertThat(checkout.folder().resolve(".git/zodb/merge.unfinished")).doesNotExist();
    }

    @Test
    void whatWasEditedAfterAKillIsLeftAlone() throws IOException {
        beginAsPullDoes();
        checkout.replace(SHOP, child("bread"), "");
        String edited = checkout.read(SHOP);
        assertThat(checkout.tryZodb("pull").exits(1).text()).contains(SHOP);
        assertThat(checkout.read(SHOP)).isEqualTo(edited);
        assertThat(checkout.tryZodb("pull").exits(2).text()).contains("git merge --abort");
    }

    @Test
    void aTriedPullForetellsTheRealOne() throws IOException {
        addFolder("bread");
        checkout.commit("Bread");
        checkout.site().zope("Drinks", IN_ZOPE);
        assertThat(checkout.zodb("pull", "-n")).contains("would merge without conflicts");
        checkout.zodb("pull");
    }

    @Test
    void aReferenceIntoWhatTheOtherSideDeletedIsNotCommitted() throws IOException {
        addFolder("bread");
        checkout.commit("Bread");
        checkout.git("switch", "-q", "-c", "topic");
        String page = "Application/shop/price_list.zodb.xml";
        checkout.replace(page, "</object>", "  <ref name=\"zone\" path=\"/Application/shop/bread\"/>\n</object>");
        checkout.commit("A reference");
        checkout.git("switch", "-q", "main");
        checkout.replace(SHOP, child("bread"), "");
        Files.delete(checkout.file("Application/shop/bread/__self__.zodb.xml"));
        checkout.commit("No bread");
        String before = checkout.id("HEAD");
        Ran merge = checkout.tryZodb("merge", "topic").exits(1);
        assertThat(merge.text()).contains("/Application/shop/bread").contains("git merge --abort");
        assertThat(checkout.id("HEAD")).isEqualTo(before);
        checkout.git("merge", "--abort");
    }

    @Test
    void theDatabaseFollowsAWholeMerge() throws IOException {
        checkout.git("config", "zodb.zodb.follow", "switch");
        checkout.git("switch", "-q", "-c", "topic");
        addFolder("drinks");
        checkout.commit("Drinks");
        checkout.git("switch", "-q", "main");
        addFolder("bread");
        checkout.commit("Bread");
        checkout.zodb("push");
        checkout.zodb("merge", "topic");
        assertThat(checkout.site().list("/shop")).contains("drinks", "bread");
        checkout.mustBeInStep();
    }
}
