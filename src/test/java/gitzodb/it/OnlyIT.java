package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree of chosen objects: {@code clone --only}. */
class OnlyIT {
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String APPLICATION = "Application/__self__.zodb.xml";

    @TempDir
    private Path temp;

    private Checkout bound() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("demo");
        workbench
                .run(
                        workbench.folder(),
                        "git",
                        "zodb",
                        "clone",
                        "--only",
                        "/Application/shop",
                        site.dataFs().toString(),
                        "work")
                .ok();
        return new Checkout(workbench, workbench.folder().resolve("work"), site);
    }

    @Test
    void holdsTheChosenObjectsAndWhatHoldsThem() throws IOException {
        Checkout work = bound();

        assertThat(work.git("ls-files", "zodb/Application").lines())
                .containsExactly(
                        "zodb/Application/__self__.zodb.xml",
                        "zodb/Application/shop/__self__.zodb.xml",
                        "zodb/Application/shop/find_item.sql",
                        "zodb/Application/shop/find_item.zodb.xml",
                        "zodb/Application/shop/price_list.py",
                        "zodb/Application/shop/price_list.zodb.xml");
        assertThat(work.read(".zodbconfig")).contains("only = /Application/shop");
        work.zodb("verify");
        work.mustBeInStep();
    }

    @Test
    void whatIsOutsideIsLeftAlone() throws IOException {
        Checkout work = bound();
        work.commitFile(SCRIPT, "return 42\n");
        work.zodb("push");
        work.mustBeInStep();
        assertThat(work.zodb("cat", "/Application/index_html")).contains("tal:content");

        String listed = "    <child name=\"index_html\" meta_type=\"Page Template\"/>\n";
        work.replace(APPLICATION, listed, "");
        work.commit("Take the page out of the list");
        Ran refused = work.tryZodb("push").exits(2);
        assertThat(refused.errors()).contains("/Application/index_html", "what the tree leaves out");

        work.git("reset", "-q", "--hard", "HEAD~1");
        work.write("Application/index_html.pt", "<p>other</p>\n");
        work.write(
                "Application/index_html.zodb.xml",
                work.read("Application/shop/price_list.zodb.xml").replace("_body", "_text"));
        work.replace("Application/index_html.zodb.xml", "price_list.py", "index_html.pt");
        work.commit("A page from nowhere");
        Ran other = work.tryZodb("push").exits(65);
        assertThat(other.errors()).contains("the rules of the tree leave this object out");
        assertThat(work.zodb("cat", "/Application/index_html")).contains("tal:content");
    }

    @Test
    void aPathThatLeadsNowhereBindsNothing() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("demo");
        String database = site.dataFs().toString();
        for (String path : new String[] {"/Application/nothing", "Application", "/Application/shop#x"}) {
            Ran ran = workbench
                    .run(workbench.folder(), "git", "zodb", "clone", "--only", path, database, "work")
                    .exits(path.equals("Application") ? 64 : 2);
            assertThat(ran.errors()).hasLineCount(1).contains(path);
        }
        assertThat(workbench.folder().resolve("work")).doesNotExist();
    }
}
