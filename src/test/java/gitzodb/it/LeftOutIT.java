package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code .zodbignore} leaves out of the tree stays in the database, whatever git does around it. */
class LeftOutIT {
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

    private void leaveOut(String rules) throws IOException {
        checkout.write(".zodbignore", rules);
        checkout.commit("Leave something out");
        int before = site.transactions();
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(site.transactions()).isEqualTo(before);
    }

    private String mango(String folder) throws IOException {
        String mango = "at('%s/mango')".formatted(folder);
        return site.look(mango + "._p_oid.hex(), " + mango + ".read()");
    }

    @Test
    void anObjectStaysWhenItsFolderIsEditedRenamedAndMerged() throws IOException {
        String before = mango("/types/ordered");
        leaveOut("mango\n");
        assertThat(checkout.file(TYPES + "ordered/mango.dtml")).doesNotExist();

        checkout.git("switch", "--quiet", "--create", "other");
        checkout.write(TYPES + "ordered/apple.dtml", "apple of the branch\n");
        checkout.commit("Edit beside it");
        checkout.git("switch", "--quiet", "main");
        checkout.git("mv", "zodb/" + TYPES + "ordered", "zodb/" + TYPES + "sorted");
        checkout.replace(TYPES + "__self__.zodb.xml", "<child name=\"ordered\"", "<child name=\"sorted\"");
        checkout.replace(TYPES + "sorted/__self__.zodb.xml", ">Order matters<", ">Order matters more<");
        checkout.commit("Rename the folder");
        checkout.zodb("push");
        assertThat(site.list("/types/sorted")).containsExactly("mango", "zebra", "apple", "10", "9");
        assertThat(mango("/types/sorted")).isEqualTo(before);

        checkout.git("merge", "--quiet", "--no-edit", "other");
        checkout.zodb("push");
        site.mustBeSound();
        checkout.mustBeInStep();
        assertThat(site.render("/types/sorted/apple")).isEqualTo("apple of the branch\n");
        assertThat(mango("/types/sorted")).isEqualTo(before);
    }

    @Test
    void anObjectThatTheRulesLeaveOutAtItsOldPlaceAloneIsNotTakenAlong() throws IOException {
        leaveOut("/" + TYPES + "ordered/mango\n");
        checkout.git("mv", "zodb/" + TYPES + "ordered", "zodb/" + TYPES + "sorted");
        checkout.replace(TYPES + "__self__.zodb.xml", "<child name=\"ordered\"", "<child name=\"sorted\"");
        checkout.commit("Rename the folder");
        Ran ran = checkout.tryZodb("push").exits(65);
        assertThat(ran.errors()).contains("/Application/types/ordered/mango: deleting it would lose");
        assertThat(site.list("/types/ordered")).contains("mango");
    }

    @Test
    void anObjectOfAClassStaysAndItsFolderIsNotDeletedWithIt() throws IOException {
        leaveOut("[class OFS.DTMLMethod.DTMLMethod]\n");
        checkout.git("rm", "-r", "--quiet", "zodb/" + TYPES + "ordered");
        checkout.replace(
                TYPES + "__self__.zodb.xml", "    <child name=\"ordered\" meta_type=\"Folder (Ordered)\"/>\n", "");
        checkout.commit("Delete the folder");
        checkout.tryZodb("push").exits(2);
        assertThat(site.list("/types/ordered")).containsExactly("mango", "zebra", "apple", "10", "9");
    }

    @Test
    void anEditOfWhatTheRulesLeaveOutIsRefused() throws IOException {
        checkout.write(".zodbignore", "mango\n");
        checkout.write(TYPES + "ordered/mango.dtml", "mango of git\n");
        checkout.commit("Leave it out and edit it");
        Ran ran = checkout.tryZodb("push").exits(65);
        assertThat(ran.errors()).contains("ordered/mango.dtml: ");
        checkout.git("rm", "--quiet", "zodb/" + TYPES + "ordered/mango.dtml");
        checkout.commit("Without it");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
    }

    @Test
    void whatIsNoLongerLeftOutComesBack() throws IOException {
        String apple = checkout.read(TYPES + "ordered/apple.dtml");
        leaveOut("apple\n");
        Files.delete(checkout.file(".zodbignore"));
        checkout.commit("Nothing is left out");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(TYPES + "ordered/apple.dtml")).isEqualTo(apple);
        checkout.mustEqualDump();
    }

    @Test
    void theDatabaseFollowsToABranchWithOtherRulesAndBack() throws IOException {
        checkout.git("branch", "before");
        String mango = mango("/types/ordered");
        leaveOut("mango\n");
        int transactions = site.transactions();
        checkout.git("switch", "--quiet", "before");
        checkout.mustBeInStep();
        checkout.git("switch", "--quiet", "main");
        checkout.mustBeInStep();
        assertThat(mango("/types/ordered")).isEqualTo(mango);
        assertThat(site.transactions()).isEqualTo(transactions);
    }

    @Test
    void aTreeWithDerivedAttributesHasThemFromTheNextPushOn() throws IOException {
        checkout.replace(".zodbconfig", "exact = false", "exact = true");
        checkout.commit("Keep what is derived");
        int before = site.transactions();
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(site.transactions()).isEqualTo(before);
        assertThat(checkout.read(TYPES + "script.py.zodb.xml")).contains("name=\"_code\"");
    }

    @Test
    void anAttributeOfAClassStays() throws IOException {
        checkout.write(".zodbignore", "[attr OFS.OrderedFolder.OrderedFolder title]\n");
        checkout.replace(TYPES + "ordered/__self__.zodb.xml", "  <text name=\"title\">Order matters</text>\n", "");
        String mango = "    <child name=\"mango\" meta_type=\"DTML Method\"/>\n";
        String zebra = "    <child name=\"zebra\" meta_type=\"DTML Method\"/>\n";
        checkout.replace(TYPES + "ordered/__self__.zodb.xml", mango + zebra, zebra + mango);
        checkout.commit("Leave the title out, and another order");
        checkout.zodb("push");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(site.look("at('/types/ordered').title")).isEqualTo("Order matters");
        assertThat(site.list("/types/ordered")).startsWith("zebra", "mango");
        assertThat(checkout.read(TYPES + "folder/__self__.zodb.xml")).contains("name=\"title\"");
    }

    private void listInZope(String names) throws IOException {
        site.zope("list", """
                from OFS.Image import File
                folder = at('/types/ordered')
                if 'fssync-dump-ignore' in folder.objectIds():
                    folder._delObject('fssync-dump-ignore')
                folder._setObject('fssync-dump-ignore', File('fssync-dump-ignore', '', b'%s', 'text/plain'))
                """.formatted(names));
    }

    @Test
    void childrenThatAnObjectOfTheFolderListsStay() throws IOException {
        String mango = mango("/types/ordered");
        String list = TYPES + "ordered/fssync-dump-ignore";
        listInZope("mango\\nno such child\\n");
        Checkout second = checkout.workbench().clone(site, "second");
        assertThat(second.file(TYPES + "ordered/mango.dtml")).doesNotExist();
        assertThat(second.read(list)).isEqualTo("mango\nno such child\n");
        assertThat(second.file(TYPES + "dtml_method.dtml")).exists();
        second.mustBeInStep();
        second.mustEqualDump();

        second.git("mv", "zodb/" + TYPES + "ordered", "zodb/" + TYPES + "sorted");
        second.replace(TYPES + "__self__.zodb.xml", "<child name=\"ordered\"", "<child name=\"sorted\"");
        second.commit("Rename the folder");
        second.zodb("push");
        second.zodb("pull");
        second.mustBeInStep();
        assertThat(mango("/types/sorted")).isEqualTo(mango);

        second.commitFile(TYPES + "sorted/fssync-dump-ignore", "apple\n");
        second.zodb("push");
        second.zodb("pull");
        second.mustBeInStep();
        assertThat(second.file(TYPES + "sorted/mango.dtml")).exists();
        assertThat(second.file(TYPES + "sorted/apple.dtml")).doesNotExist();
        assertThat(site.list("/types/sorted")).contains("mango", "apple");
        second.mustEqualDump();
        site.mustBeSound();
    }

    @Test
    void aListThatChangesInZopeIsObeyedByTheNextFetch() throws IOException {
        listInZope("mango\\n");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.file(TYPES + "ordered/mango.dtml")).doesNotExist();
        assertThat(checkout.file(TYPES + "ordered/zebra.dtml")).exists();
        checkout.mustEqualDump();
        listInZope("zebra\\n");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.file(TYPES + "ordered/mango.dtml")).exists();
        assertThat(checkout.file(TYPES + "ordered/zebra.dtml")).doesNotExist();
        checkout.mustEqualDump();
        checkout.write(TYPES + "ordered/zebra.dtml", "of git");
        checkout.commit("A file for what is left out");
        checkout.tryZodb("push").exits(65);
    }

    @Test
    void aSecondCloneOfTheRepositoryGoesByItsRules() throws IOException {
        leaveOut("mango\n");
        Path other = checkout.workbench().folder().resolve("other");
        checkout.git("clone", "--quiet", ".", other.toString());
        Checkout second = checkout.at(other);
        second.zodb("init", site.dataFs().toString());
        second.mustBeInStep();
        assertThat(second.file(TYPES + "ordered/mango.dtml")).doesNotExist();
        assertThat(second.id("zodb/live")).isEqualTo(checkout.id("HEAD"));
    }
}
