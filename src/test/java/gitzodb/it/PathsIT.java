package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and objects are named so that a user can open, paste and type them, wherever the user stands. */
class PathsIT {
    private static final String SCRIPT = "Application/shop/price_list";
    private static final String SHOP = "Application/shop/__self__.zodb.xml";
    private static final String TEMPLATE = "Application/index_html.zodb.xml";

    @TempDir
    private Path temp;

    @Test
    void problemsNameFilesAsGitShowsThem() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        work.write(TEMPLATE, "<object");
        work.commit("Bad");
        String problem = "zodb/" + TEMPLATE + ":1";

        assertThat(work.tryZodb("push").exits(65).errors()).startsWith("git zodb: " + problem);
        assertThat(work.tryZodb("load").exits(65).errors()).startsWith("git zodb: " + problem);
        assertThat(work.tryZodb("verify").exits(1).output()).startsWith(problem);
        assertThat(work.tryZodb("verify", "HEAD").exits(1).output()).startsWith(problem);
        assertThat(work.tryZodb("verify", "--dir", "zodb").exits(1).output()).startsWith(problem);
        assertThat(work.tryZodb("canonicalize").exits(65).errors()).startsWith("git zodb: " + problem);
        Path copy = work.folder().resolve("copy.fs");
        String[] load = {"load", "--dir", "zodb", "--into", copy.toString(), "--create"};
        assertThat(work.tryZodb(load).exits(65).errors()).startsWith("git zodb: " + problem);
        work.write(".zodbconfig", "[zodb");
        assertThat(work.tryZodb("verify").exits(65).errors()).startsWith("git zodb: zodb/.zodbconfig: line 1");
        work.commit("Bad settings");
        assertThat(work.tryZodb("push").exits(65).errors()).startsWith("git zodb: zodb/.zodbconfig: line 1");
    }

    @Test
    void statusNamesFilesAsGitShowsThem() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        work.commitFile(SCRIPT + ".py", "return 1\n");
        assertThat(work.zodb("status", "--porcelain")).isEqualTo(".M zodb/" + SCRIPT + ".py");
        assertThat(work.zodb("status")).contains("git:       zodb/" + SCRIPT + ".py");
        assertThat(work.zodb("status", "--json")).contains("\"zodb/" + SCRIPT + ".py\"");
        assertThat(work.zodb("diff", "--json")).contains("\"zodb/" + SCRIPT + ".py\"");
    }

    @Test
    void theAdviceAboutAnUnknownClassCanBePasted() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("demo");
        Path work = workbench.git().init("work");
        Ran bound = workbench.run(
                work, "git", "zodb", "init", "--name", "shop", site.dataFs().toString());
        bound.ok();
        Checkout checkout = new Checkout(workbench, work, site);
        checkout.replace(SCRIPT + ".zodb.xml", "Products.PythonScripts.PythonScript.PythonScript", "my.product.Thing");
        checkout.commit("Another class");

        String errors = checkout.tryZodb("push").exits(2).errors();
        String advice = errors.substring(errors.indexOf('\'') + 1, errors.lastIndexOf('\''));
        assertThat(advice).isEqualTo("git config --add zodb.shop.allow my.product.Thing");
        checkout.git(advice.substring("git ".length()).split(" ", -1));
        checkout.zodb("push");

        String copy = work.resolve("copy.fs").toString();
        checkout.zodb("load", "--dir", "zodb", "--into", copy, "--create");
        checkout.replace(SCRIPT + ".zodb.xml", "my.product.Thing", "my.product.Other");
        String[] load = {"load", "--dir", "zodb", "--into", copy, "--override"};
        assertThat(checkout.tryZodb(load).exits(2).errors()).contains("'--allow my.product.Other'");
    }

    @Test
    void filesAreFoundFromAnyFolder() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        inSubfolder(work, work.at(work.file("Application/shop")));
    }

    /** Without the launcher on PATH git runs it by an alias, which starts at the top of the work tree. */
    @Test
    void filesAreFoundFromAnyFolderUnderTheAlias() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Checkout work = workbench.bound("demo");
        String path = workbench.git().environment().getOrDefault("PATH", "");
        workbench.git().with("PATH", path.substring(path.indexOf(':') + 1));
        String launcher = Workbench.product().resolve("git-extension/git-zodb").toString();
        workbench.run(work.folder(), launcher, "install").ok();
        assertThat(work.git("config", "alias.zodb")).contains("git-zodb");
        inSubfolder(work, work.at(work.file("Application/shop")));

        Path linked = temp.resolve("linked folder");
        work.git("worktree", "add", "-q", "-b", "other", linked.toString());
        Checkout below = work.at(linked.resolve("zodb/Application/shop"));
        assertThat(below.zodb("verify", "--dir", "../..")).contains("sound");
        assertThat(below.tryZodb("load", "price_list.py").exits(2).errors()).contains("bound to another work tree");
    }

    private void inSubfolder(Checkout work, Checkout below) throws IOException {
        work.write(SCRIPT + ".py", "return 1\n");
        below.zodb("load", "price_list.py");
        assertThat(work.zodb("cat", "/" + SCRIPT)).contains("return 1");
        work.write(SCRIPT + ".py", "return 2\n");
        below.zodb("load", "./price_list.zodb.xml");
        below.zodb("load", "../shop");
        assertThat(below.zodb("cat", "/" + SCRIPT)).contains("return 2");
        work.write(SCRIPT + ".py", "return 3\n");
        Path link = Files.createSymbolicLink(temp.resolve("link"), work.folder());
        below.zodb("load", link.resolve("zodb/" + SCRIPT + ".py").toString());
        assertThat(below.zodb("cat", "/" + SCRIPT)).contains("return 3");
        Files.delete(link);
        assertThat(below.tryZodb("load", "zodb/" + SCRIPT + ".py").exits(2).errors())
                .contains("no object has the file");

        below.zodb("dump", "-o", "../../../../part", "/" + SCRIPT);
        assertThat(work.folder().resolve("../part").resolve(SCRIPT + ".py")).exists();
        assertThat(below.zodb("verify", "--dir", "../..")).contains("sound");
        below.zodb("canonicalize", "--dir", "../..");
        below.zodb("clone", "../../../../site/Data.fs", "../../../../other");
        assertThat(temp.resolve("other/zodb")).exists();
        Files.writeString(temp.resolve("rules"), work.read(".zodbconfig"));
        below.zodb("clone", "--settings", "../../../../rules", "../../../../site/Data.fs", "../../../../third");
        assertThat(below.zodb("info", "../../../../site/Data.fs")).contains("Python 3");
        below.zodb("load", "--dir", "../..", "--into", "../../../../new.fs", "--create");
        assertThat(temp.resolve("new.fs")).exists();
        assertThat(below.zodb("status")).contains("database");
        assertThat(work.git("status", "--porcelain")).isEqualTo("M zodb/" + SCRIPT + ".py");
    }

    @Test
    void oddIdsAreShownAndTypedAsObjectPaths() throws IOException {
        Checkout work = Workbench.in(temp).bound("demo");
        String children = "";
        for (String[] odd : List.of(
                new String[] {"a:b", "a%3Ab"},
                new String[] {"Größe", "Größe"},
                new String[] {".x", "%2Ex"},
                new String[] {"50%", "50%25"},
                new String[] {"con", "%63on"})) {
            work.write("Application/shop/" + odd[1] + ".py", "return 'odd'\n");
            work.write(
                    "Application/shop/" + odd[1] + ".zodb.xml",
                    work.read(SCRIPT + ".zodb.xml").replace("price_list", odd[1]));
            children += "    <child name=\"" + odd[0] + "\" meta_type=\"Script (Python)\"/>\n";
        }
        work.replace(SHOP, "  </children>", children + "  </children>");
        work.commit("Odd ids");
        work.zodb("push");

        String list = work.zodb("ls", "/Application/shop");
        assertThat(list.lines().map(line -> line.replaceFirst(".*\t", "")))
                .containsExactly(
                        "/Application/shop/.x",
                        "/Application/shop/50%25",
                        "/Application/shop/Größe",
                        "/Application/shop/a:b",
                        "/Application/shop/con",
                        "/Application/shop/find_item",
                        "/Application/shop/price_list");
        for (String typed : List.of(".x", "%2Ex", "50%", "50%25", "Größe", "Gr%C3%B6ße", "a:b", "a%3Ab", "%63on")) {
            assertThat(work.zodb("cat", "/Application/shop/" + typed)).contains("odd");
            assertThat(work.zodb("ls", "/Application/shop/" + typed)).isEmpty();
        }
        work.tryZodb("cat", "/Application/shop/%2").exits(2);
        work.tryZodb("cat", "/Application/shop/%FF").exits(64);
        assertThat(work.zodb("ls", "--json", "-r")).contains("\"path\":\"/Application/shop/a:b\"");
    }
}
