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

        checkout.git("switch", "-q", "-c", "topic");
        checkout.commitFile("Application/folder1/page.pt", "<p>edited, Gr\u00fc\u00dfe</p>\n");
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
