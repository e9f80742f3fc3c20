package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object that one branch has and another has not: what no tree holds of it outlives the switch. */
class ReturnIT {
    private static final String USERS = "Application/acl_users/__self__.zodb.xml";
    private static final String IDA = "at('/acl_users').data['ida']";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    /** {@code main} has the user ida, whose password stays in the database; {@code without} has not. */
    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
        checkout.workbench().git().with("GIT_ZODB", "0");
        checkout.git("switch", "-q", "-c", "without");
        Files.delete(checkout.file("Application/acl_users/ida.zodb.xml"));
        checkout.write(USERS, checkout.read(USERS).replaceFirst(" *<child name=\"ida\"/>\n", ""));
        checkout.commit("Without ida");
        checkout.git("switch", "-q", "main");
        checkout.workbench().git().environment().remove("GIT_ZODB");
    }

    private String user() throws IOException {
        return site.look(IDA + "._p_oid.hex() + ' ' + getattr(" + IDA + ", '__')");
    }

    @Test
    void aSwitchAndTheWayBackKeepOidAndPassword() throws IOException {
        String before = user();
        checkout.git("switch", "-q", "without");
        checkout.mustBeInStep();
        assertThat(site.look("'ida' in at('/acl_users').data")).isEqualTo("False");
        checkout.git("switch", "-q", "main");
        checkout.mustBeInStep();
        assertThat(user()).isEqualTo(before);
        site.mustBeSoundToZope();
    }

    @Test
    void afterAPackTheObjectIsANewOne() throws IOException {
        String before = site.look(IDA + "._p_oid.hex()");
        checkout.git("switch", "-q", "without");
        site.zope("pack", "import time; db.pack(time.time())");
        checkout.git("switch", "-q", "main");
        assertThat(site.look(IDA + "._p_oid.hex()")).isNotEqualTo(before);
        checkout.mustBeInStep();
        site.mustBeSoundToZope();
    }

    @Test
    void whatZopeDeletedComesBackWithOidAndPassword() throws IOException {
        String before = user();
        site.zope("delete ida", "at('/acl_users')._doDelUsers(['ida'])");
        checkout.zodb("pull");
        assertThat(checkout.file("Application/acl_users/ida.zodb.xml")).doesNotExist();
        checkout.git("revert", "--no-edit", "HEAD");
        checkout.zodb("push");
        checkout.mustBeInStep();
        assertThat(user()).isEqualTo(before);
        site.mustBeSoundToZope();
    }
}
