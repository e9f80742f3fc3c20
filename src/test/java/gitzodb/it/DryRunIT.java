package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.demo.DemoSite;
import gitzodb.filestorage.FileStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dry-run} says what would be done, and no byte on disk is another one after it. */
class DryRunIT {
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String TEMPLATE = "Application/index_html.pt";

    @TempDir
    private Path temp;

    /** All files of the folder, with what they hold; the temporary folder of what is started is one of them. */
    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString();
                boolean isFile = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                contents.put(name, isFile ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "");
            }
        }
        return contents;
    }

    private Workbench workbench() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Path scratch = Files.createDirectories(temp.resolve("scratch"));
        workbench.git().with("GIT_ZODB_JAVA_OPTS", "-Djava.io.tmpdir=" + scratch);
        return workbench;
    }

    /** Runs it and fails if it changed anything. */
    private Ran dry(Workbench workbench, Path directory, String... command) throws IOException {
        Map<String, String> before = contents(temp);
        Ran ran = workbench.run(directory, command);
        Map<String, String> after = contents(temp);
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        // JNA keeps its library there.
        changed.removeIf(name -> name.startsWith("home/.cache"));
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        assertThat(changed).as(ran.toString()).isEmpty();
        return ran;
    }

    private Ran dry(Checkout work, String... words) throws IOException {
        return dry(
                work.workbench(),
                work.folder(),
                Stream.concat(Stream.of("git", "zodb"), Stream.of(words)).toArray(String[]::new));
    }

    private static void editInZope(Checkout work) throws IOException {
        FileStorage.Options options = FileStorage.Options.of(Clock.systemUTC());
        try (FileStorage storage = FileStorage.open(work.site().dataFs(), options)) {
            DemoSite.raiseThePriceOfTea(storage);
        }
    }

    @Test
    void aFetchSaysTheCommitThatItWouldMake() throws IOException {
        Checkout work = workbench().bound("demo");
        assertThat(dry(work, "fetch", "-n").ok().text()).contains("up to date");
        editInZope(work);

        String would = dry(work, "fetch", "--dry-run").ok().text();
        assertThat(would).startsWith("would fetch: ").contains("1 transaction, 1 commit");
        work.zodb("fetch");
        assertThat(would).contains(work.id("zodb/live").substring(0, 8));
    }

    @Test
    void aPullSaysHowItWouldEnd() throws IOException {
        Checkout work = workbench().bound("demo");
        editInZope(work);
        assertThat(dry(work, "pull", "-n").ok().text()).contains("would fast-forward");

        work.write(SCRIPT, "not committed\n");
        assertThat(dry(work, "pull", "-n").exits(2).errors()).contains(SCRIPT);
        work.git("checkout", "-q", "--", ".");
        work.commitFile(TEMPLATE, "<p>mine</p>\n");
        assertThat(dry(work, "pull", "-n").ok().text()).contains("would merge");
        assertThat(dry(work, "pull", "-n", "--rebase").ok().text()).contains("would rebase");
        work.commitFile(SCRIPT, "return 'mine'\n");
        for (String[] words : new String[][] {{"pull", "-n"}, {"pull", "--dry-run", "--rebase"}}) {
            Ran conflict = dry(work, words).exits(1);
            assertThat(conflict.output()).contains("conflict: zodb/" + SCRIPT);
            assertThat(conflict.errors()).contains("1 file would be in conflict");
        }
        work.write(TEMPLATE, "not committed\n");
        assertThat(dry(work, "pull", "-n", "--rebase").exits(2).errors()).contains("not committed");
    }

    @Test
    void pushReloadAndLoadSayWhatTheyWouldWrite() throws IOException {
        Checkout work = workbench().bound("demo");
        editInZope(work);
        work.commitFile(TEMPLATE, "<p>mine</p>\n");
        assertThat(dry(work, "push", "-n").exits(2).errors()).contains("non-fast-forward");
        assertThat(dry(work, "reload", "-n").ok().text()).contains("would write", "index_html", "carried along");
        work.write(SCRIPT, "return 1\n");
        assertThat(dry(work, "load", "-n").exits(2).errors()).contains(SCRIPT);
        assertThat(dry(work, "load", "-n", "/Application/index_html").ok().text())
                .contains("would write", "index_html");
        work.git("checkout", "-q", "--", ".");
        work.zodb("pull");
        assertThat(dry(work, "push", "-n").ok().text()).contains("would write", "index_html");
        work.replace(".zodbconfig", "[zodb]", "[zodb]\n\tsecrets = omit");
        work.commit("settings");
        assertThat(dry(work, "push", "-n").ok().text()).contains("would write");
    }

    @Test
    void initAndCloneLeaveNoTrace() throws IOException {
        Workbench workbench = workbench();
        String database = workbench.site("demo").dataFs().toString();
        Path folder = workbench.folder();
        String cloned = dry(workbench, folder, "git", "zodb", "clone", "-n", database, "new")
                .ok()
                .text();
        assertThat(cloned).contains("would bind", "6 objects", "would clone into");
        assertThat(folder.resolve("new")).doesNotExist();
        Files.createDirectories(folder.resolve("full/folder"));
        dry(workbench, folder, "git", "zodb", "clone", "-n", database, "full").exits(2);
        dry(
                        workbench,
                        folder,
                        "git",
                        "zodb",
                        "clone",
                        "-n",
                        folder.resolve("none.fs").toString())
                .exits(69);

        Path empty = Files.createDirectories(folder.resolve("empty"));
        String bound = dry(workbench, empty, "git", "zodb", "init", "-n", database)
                .ok()
                .text();
        assertThat(bound).contains("would make a git repository", "would be at");
        Path work = workbench.git().init("work");
        workbench.git().commit(work, "readme", "text");
        bound = dry(workbench, work, "git", "zodb", "init", "-n", database).ok().text();
        assertThat(bound).contains("would bind", "branch has commits of its own", "post-checkout");
        dry(workbench, work, "git", "zodb", "init", "-n", "--base", "none", database)
                .exits(2);
        Path linked = folder.resolve("linked");
        workbench.git().run(work, "worktree", "add", "-q", linked.toString());
        dry(workbench, linked, "git", "zodb", "init", "-n", database).ok();
        String id = workbench.run(work, "git", "zodb", "init", database).ok().text();
        assertThat(bound).contains(id.lines().findFirst().orElseThrow().replaceFirst("^.* is at ", "would be at "));
        dry(workbench, work, "git", "zodb", "init", "-n", database).exits(2);
    }

    @Test
    void dumpAndCanonicalizeSayWhichFiles() throws IOException {
        Workbench workbench = workbench();
        Path folder = workbench.folder();
        String database = workbench.site("demo").dataFs().toString();
        String[] dump = {"git", "zodb", "dump", "--from", database, "-o", "tree"};
        String[] dryDump = Stream.concat(Stream.of(dump), Stream.of("-n")).toArray(String[]::new);
        assertThat(dry(workbench, folder, dryDump).ok().text())
                .containsPattern("would write [1-9]\\d* new and 0 changed");
        workbench.run(folder, dump).ok();
        Path tree = folder.resolve("tree");
        Files.writeString(tree.resolve(SCRIPT), "return 'other'\n");
        Files.writeString(tree.resolve("stray.txt"), "stray");
        assertThat(dry(workbench, folder, dryDump).ok().text())
                .contains("would write 0 new and 1 changed files, and remove 1");
        Path xml = tree.resolve("Application/index_html.zodb.xml");
        Files.writeString(xml, Files.readString(xml).replace("  <", "      <"));
        String rewritten = dry(workbench, folder, "git", "zodb", "canonicalize", "-n", "--dir", "tree")
                .ok()
                .text();
        assertThat(rewritten).contains("index_html.zodb.xml", "1 file would be rewritten");
        Files.writeString(folder.resolve("full"), "");
        dryDump[6] = ".";
        dry(workbench, folder, dryDump).exits(2);
    }
}
