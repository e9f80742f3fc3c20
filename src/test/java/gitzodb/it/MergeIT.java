package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.merge.Conflict;
import gitzodb.xml.Element;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever makes git merge, files of the tree are merged by what they mean. No branch says so in its attributes. */
class MergeIT {
    private static final String FILE = "zodb/shop.zodb.xml";

    @TempDir
    private Path temp;

    private Workbench workbench;
    private Path work;

    /** {@code main} changed {@code a}, {@code topic} its neighbour {@code b}: lines that git cannot merge. */
    @BeforeEach
    void prepare() throws IOException {
        workbench = Workbench.in(temp);
        git(workbench.folder(), "init", "-q", "work").ok();
        work = workbench.folder().resolve("work");
        git("zodb", "install").ok();
        commit("base", object("1", "1", "1"));
        git("switch", "-q", "-c", "topic").ok();
        commit("topic", object("1", "2", "1"));
        git("switch", "-q", "main").ok();
        commit("main", object("2", "1", "1"));
    }

    private static String object(String a, String b, String c) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <object class="m.C">
                  <text name="a">%s</text>
                  <text name="b">%s</text>
                  <text name="c">%s</text>
                </object>
                """.formatted(a, b, c);
    }

    private Ran git(String... arguments) throws IOException {
        return git(work, arguments);
    }

    private Ran git(Path folder, String... arguments) throws IOException {
        return workbench.run(
                folder, Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private void write(String content) throws IOException {
        Files.createDirectories(work.resolve(FILE).getParent());
        Files.writeString(work.resolve(FILE), content);
    }

    private void commit(String subject, String content) throws IOException {
        write(content);
        git("add", "--all").ok();
        git("commit", "-q", "-m", subject).ok();
    }

    private String read() throws IOException {
        return Files.readString(work.resolve(FILE));
    }

    private List<Element> conflicts() throws IOException {
        return Conflict.in(XmlReader.readWithConflicts(FILE, Bytes.utf8(read())));
    }

    private boolean isClean() throws IOException {
        return git("status", "--porcelain").ok().text().isEmpty();
    }

    @Test
    void mergesNeighbours() throws IOException {
        git("merge", "-q", "topic", "-m", "merge").ok();
        assertThat(read()).isEqualTo(object("2", "2", "1"));
        assertThat(isClean()).isTrue();
    }

    @Test
    void leavesAConflictThatIsXmlAndThatNothingTakesForATree() throws IOException {
        git("switch", "-q", "topic").ok();
        commit("both", object("3", "2", "1"));
        Ran merge = git("merge", "main").exits(1);
        assertThat(merge.text()).contains(FILE + ": conflict at /a: both sides changed it");
        Conflict conflict = Conflict.read(conflicts().getFirst());
        assertThat(conflict.ours()).isNotNull().extracting(Element::text).isEqualTo("3");
        assertThat(conflict.base()).isNotNull().extracting(Element::text).isEqualTo("1");
        assertThat(conflict.theirs()).isNotNull().extracting(Element::text).isEqualTo("2");
        assertThat(read()).contains("<text name=\"b\">2</text>");
        assertThat(git("diff", "--check").text()).contains("leftover conflict marker");
        Files.writeString(work.resolve("zodb/.zodbconfig"), "[zodb]\n\tformat = 2\n\tgeneration = FS30\n");
        assertThat(git("zodb", "verify", "--dir", "zodb").text())
                .contains("unresolved merge conflict at /a")
                .contains("git zodb resolve");
    }

    @Test
    void mergesWhatIsPulled() throws IOException {
        git(workbench.folder(), "clone", "-q", "work", "other").ok();
        Path other = workbench.folder().resolve("other");
        git(other, "zodb", "install").ok();
        git(other, "pull", "-q", "--no-rebase", "origin", "topic").ok();
        assertThat(Files.readString(other.resolve(FILE))).isEqualTo(object("2", "2", "1"));
    }

    @Test
    void rebasesWithEitherBackend() throws IOException {
        git("branch", "again", "topic").ok();
        for (String backend : List.of("--merge", "--apply")) {
            git("switch", "-q", backend.equals("--merge") ? "topic" : "again").ok();
            git("rebase", "-q", backend, "main").ok();
            assertThat(read()).as(backend).isEqualTo(object("2", "2", "1"));
        }
    }

    @Test
    void cherryPicksAndReverts() throws IOException {
        git("cherry-pick", "topic").ok();
        assertThat(read()).isEqualTo(object("2", "2", "1"));
        git("revert", "--no-edit", "HEAD~1").ok();
        assertThat(read()).isEqualTo(object("1", "2", "1"));
    }

    @Test
    void popsAStash() throws IOException {
        write(object("2", "1", "3"));
        git("stash", "-q").ok();
        commit("next", object("2", "3", "1"));
        git("stash", "pop", "-q").ok();
        assertThat(read()).isEqualTo(object("2", "3", "3"));
    }

    /** The octopus strategy merges lines by itself and asks no driver; so it merges rightly or not at all. */
    @Test
    void leavesNoNonsenseAfterAnOctopus() throws IOException {
        git("switch", "-q", "-c", "third", "main~1").ok();
        commit("third", object("1", "1", "2"));
        git("switch", "-q", "main").ok();
        String before = git("rev-parse", "HEAD").text();
        Ran merge = git("merge", "-q", "topic", "third", "-m", "octopus");
        if (merge.exit() == 0) {
            assertThat(read()).isEqualTo(object("2", "2", "2"));
        } else {
            assertThat(git("rev-parse", "HEAD").text()).isEqualTo(before);
        }
    }

    @Test
    void mergesCrissCross() throws IOException {
        git("switch", "-q", "topic").ok();
        commit("both", object("3", "2", "1"));
        git("branch", "topic-before").ok();
        git("branch", "main-before", "main").ok();
        // Each merges the other's commit and settles the conflict its own way.
        git("merge", "main-before").exits(1);
        commit("settled on topic", object("3", "2", "5"));
        git("switch", "-q", "main").ok();
        git("merge", "topic-before").exits(1);
        commit("settled on main", object("2", "2", "1"));
        git("merge", "topic").exits(1);
        assertThat(conflicts()).hasSize(1);
        Conflict conflict = Conflict.read(conflicts().getFirst());
        assertThat(conflict.reason()).isEqualTo("unresolved");
        assertThat(Conflict.is(conflict.base())).isTrue();
        assertThat(read()).contains("<<<<<<<<< ").contains("<text name=\"c\">5</text>");
        List<Element> perFile = conflicts();
        git("merge", "--abort").ok();
        git("zodb", "merge", "topic").exits(1);
        assertThat(conflicts()).isEqualTo(perFile);
        git("merge", "--abort").ok();
        // Settled alike, only the rest is merged.
        commit("alike", object("3", "2", "1"));
        git("merge", "-q", "topic", "-m", "merge").ok();
        assertThat(read()).isEqualTo(object("3", "2", "5"));
    }

    @Test
    void mergesAmongObjectsAndInALinkedWorkTree() throws IOException {
        String tree = git("merge-tree", "--write-tree", "main", "topic").ok().text();
        assertThat(git("cat-file", "-p", tree + ":" + FILE).ok().output()).isEqualTo(object("2", "2", "1"));
        Path linked = workbench.folder().resolve("linked");
        git("worktree", "add", "-q", linked.toString(), "topic").ok();
        git(linked, "merge", "-q", "main", "-m", "merge").ok();
        assertThat(Files.readString(linked.resolve(FILE))).isEqualTo(object("2", "2", "1"));
    }

    @Test
    void mergesFilesThatBothAdded() throws IOException {
        String second = "zodb/second.zodb.xml";
        Files.writeString(work.resolve(second), object("1", "1", "1"));
        git("add", "--all").ok();
        git("commit", "-q", "-m", "second").ok();
        git("switch", "-q", "topic").ok();
        Files.writeString(
                work.resolve(second), object("1", "1", "1").replace("</object>", "  <none name=\"d\"/>\n</object>"));
        git("add", "--all").ok();
        git("commit", "-q", "-m", "second").ok();
        git("merge", "-q", "main", "-m", "merge").ok();
        assertThat(Files.readString(work.resolve(second))).contains("<none name=\"d\"/>");
    }

    @Test
    void aDriverThatRunsOutOfTimeLeavesOurFileWhole() throws IOException {
        workbench.git().with("GIT_ZODB_JAVA_OPTS", "-Dgitzodb.merge.seconds=0");
        String head = git("rev-parse", "HEAD").text();
        Ran merge = git("merge", "-q", "topic", "-m", "merge");
        assertThat(merge.exit()).isNotZero();
        assertThat(merge.text()).contains("not merged after 0 seconds");
        assertThat(git("rev-parse", "HEAD").text()).isEqualTo(head);
        assertThat(read()).isEqualTo(object("2", "1", "1"));
        assertThat(git("ls-files", "--others").text()).isEmpty();
    }

    @Test
    void hostileXmlStopsTheMergeWithAMessage() throws IOException {
        git("switch", "-q", "topic").ok();
        commit("bomb", "<!DOCTYPE x [<!ENTITY a \"aaa\">]>\n" + object("&a;", "2", "1"));
        git("switch", "-q", "main").ok();
        Ran merge = git("merge", "-q", "topic", "-m", "merge");
        assertThat(merge.exit()).isNotZero();
        assertThat(merge.text()).contains("git zodb: " + FILE).contains("DOCTYPE");
        assertThat(read()).isEqualTo(object("2", "1", "1"));
    }

    @Test
    void naturalFilesAreMergedByGit() throws IOException {
        Files.writeString(work.resolve("zodb/x.py"), "1\n2\n3\n4\n");
        git("add", "--all").ok();
        git("commit", "-q", "-m", "script").ok();
        git("switch", "-q", "-c", "script").ok();
        Files.writeString(work.resolve("zodb/x.py"), "one\n2\n3\n4\n");
        git("commit", "-qam", "one").ok();
        git("switch", "-q", "main").ok();
        Files.writeString(work.resolve("zodb/x.py"), "1\n2\n3\nfour\n");
        git("commit", "-qam", "four").ok();
        git("merge", "-q", "script", "-m", "merge").ok();
        assertThat(Files.readString(work.resolve("zodb/x.py"))).isEqualTo("one\n2\n3\nfour\n");
    }

    @Test
    void uninstallTakesTheDriverOutByteForByte() throws IOException {
        git("zodb", "uninstall").ok();
        Path config = work.resolve(".git/config");
        Path attributes = work.resolve(".git/info/attributes");
        assertThat(attributes).doesNotExist();
        String before = Files.readString(config);
        Files.writeString(attributes, "*.png binary");
        git("zodb", "install").ok();
        assertThat(git("check-attr", "merge", FILE).text()).endsWith("merge: zodb");
        git("zodb", "uninstall").ok();
        assertThat(Files.readString(config)).isEqualTo(before);
        assertThat(Files.readString(attributes)).isEqualTo("*.png binary");
    }

    @Test
    void resolveSettlesPlacesFilesAndDeletions() throws IOException {
        Path script = work.resolve("zodb/x.py");
        Path gone = work.resolve("zodb/gone.zodb.xml");
        Files.writeString(script, "1\n2\n3\n4\n");
        Files.writeString(gone, object("1", "1", "1"));
        commit("more", object("2", "1", "1"));
        git("switch", "-q", "-c", "side").ok();
        Files.writeString(script, "one\n2\n3\n4\n5\n");
        Files.delete(gone);
        commit("side", object("3", "1", "1").replace("</object>", "  <none name=\"d\"/>\n</object>"));
        git("switch", "-q", "main").ok();
        Files.writeString(script, "eins\n2\n3\n4\n");
        Files.writeString(gone, object("1", "1", "2"));
        commit("main", object("4", "1", "1"));
        git("merge", "side").exits(1);
        Ran list = git("zodb", "conflicts").exits(1);
        assertThat(list.text())
                .contains("zodb/gone.zodb.xml: their side deleted what ours changed")
                .contains(FILE + ": /a: both sides changed it")
                .contains("zodb/x.py: both sides changed it");
        assertThat(git("zodb", "conflicts", "--json").exits(1).output())
                .contains("{\"file\":\"" + FILE
                        + "\",\"reason\":\"\",\"places\":[{\"at\":\"/a\",\"reason\":\"changed\"}]}");
        git("zodb", "resolve", "zodb/nothing", "--ours").exits(2);
        git("zodb", "resolve", FILE, "--theirs", "--at", "/a").ok();
        assertThat(read()).contains("<text name=\"a\">3</text>").contains("<none name=\"d\"/>");
        git(work.resolve("zodb"), "zodb", "resolve", ".", "--theirs").ok();
        assertThat(Files.readString(script)).isEqualTo("one\n2\n3\n4\n5\n");
        assertThat(gone).doesNotExist();
        git("zodb", "conflicts").ok();
        git("commit", "-q", "--no-edit").ok();
        assertThat(isClean()).isTrue();
    }

    @Test
    void resolveNeverOverwritesWhatWasSettledByHand() throws IOException {
        git("switch", "-q", "topic").ok();
        commit("both", object("3", "2", "1"));
        git("merge", "main").exits(1);
        write(object("5", "2", "1"));
        assertThat(git("zodb", "resolve", FILE, "--ours").exits(2).text()).contains("git add " + FILE);
        assertThat(read()).isEqualTo(object("5", "2", "1"));
    }

    @Test
    void mergeFileServesOtherTools() throws IOException {
        for (String version : List.of("main~1", "main", "topic")) {
            Files.writeString(
                    work.resolve(version + ".xml"),
                    git("show", version + ":" + FILE).output());
        }
        Ran merged = git("zodb", "merge-file", "--base", "main~1.xml", "--ours", "main.xml", "--theirs", "topic.xml")
                .ok();
        assertThat(merged.output()).isEqualTo(object("2", "2", "1"));
        Ran decisions = git(
                        "zodb",
                        "merge-file",
                        "--base",
                        "main~1.xml",
                        "--ours",
                        "main.xml",
                        "--theirs",
                        "topic.xml",
                        "--decisions")
                .ok();
        assertThat(decisions.output())
                .isEqualTo(
                        "{\"decisions\":[{\"at\":\"/a\",\"taken\":\"ours\"},{\"at\":\"/b\",\"taken\":\"theirs\"}]}\n");
    }

    @Test
    void mergesAllInOneProcess() throws IOException {
        Ran preview = git("zodb", "merge", "-n", "topic").ok();
        assertThat(preview.text()).contains("would merge without conflicts, 1 file");
        assertThat(git("log", "-1", "--format=%s").text()).isEqualTo("main");
        git("zodb", "merge", "topic", "-m", "both").ok();
        assertThat(read()).isEqualTo(object("2", "2", "1"));
        assertThat(git("log", "-1", "--format=%s %P").text())
                .isEqualTo("both " + git("rev-parse", "HEAD^1").text() + " "
                        + git("rev-parse", "topic").text());
        assertThat(isClean()).isTrue();
        assertThat(git("zodb", "merge", "topic").ok().text()).contains("the branch has all of it already");
    }

    @Test
    void favorsASideWhereGitCannot() throws IOException {
        git("switch", "-q", "topic").ok();
        Files.writeString(work.resolve("zodb/x.py"), "1\n");
        commit("both", object("3", "2", "1"));
        git("merge", "-q", "-X", "theirs", "main").exits(1);
        git("merge", "--abort").ok();
        assertThat(git("zodb", "merge", "-n", "main").exits(1).text()).contains(FILE + ": /a: both sides changed it");
        assertThat(isClean()).isTrue();
        git("zodb", "merge", "main", "--favor=theirs").ok();
        assertThat(read()).isEqualTo(object("2", "2", "1"));
        assertThat(isClean()).isTrue();
    }

    @Test
    void aWholeMergeThatConflictsIsEndedByResolveAndCommit() throws IOException {
        git("switch", "-q", "topic").ok();
        commit("both", object("3", "2", "1"));
        git("zodb", "merge", "main").exits(1);
        assertThat(conflicts()).hasSize(1);
        assertThat(read()).contains("<<<<<<< HEAD").contains(">>>>>>> main");
        git("zodb", "merge", "main").exits(2);
        git("zodb", "resolve", ".", "--ours").ok();
        git("commit", "-q", "--no-edit").ok();
        assertThat(read()).isEqualTo(object("3", "2", "1"));
    }
}
