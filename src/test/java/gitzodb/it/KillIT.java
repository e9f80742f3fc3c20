package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} at any moment, {@code -Dgitzodb.kills=N} times in all: half of them hit push and pull, a quarter
 * reload, a quarter load. After each, the next run of the same command makes it good, and nothing is lost.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillIT {
    private static final int QUARTER = (Integer.getInteger("gitzodb.kills", 200) + 3) / 4;
    private static final long SEED = Long.getLong("gitzodb.seed", System.nanoTime());

    /** Rounds, with those in which the command was quicker than the kill. */
    private static final int ROUNDS = 4 * QUARTER;

    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String PAGE = "Application/index_html.pt";
    private static final String QUERY = "Application/shop/find_item.sql";
    private static final String DIRTY = "select 'never committed'\n";

    @TempDir
    private Path temp;

    private static Killer killer(Workbench workbench, SplittableRandom random) {
        return new Killer(workbench, random, "gitzodb.seed=" + SEED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pushAndPullConvergeAndLoseNothing(int lane) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + lane);
        Workbench workbench = Workbench.in(temp);
        Checkout checkout = workbench.bound("demo");
        Killer killer = killer(workbench, random);
        Site site = checkout.site();
        List<String> saved = new ArrayList<>(List.of(site.look("at('/index_html').read()")));
        List<String> committed = new ArrayList<>(List.of(checkout.read(SCRIPT)));
        checkout.write(QUERY, DIRTY);
        for (int round = 1; round <= ROUNDS && killer.kills() < QUARTER; round++) {
            boolean push = random.nextBoolean();
            if (push || random.nextInt(3) == 0) {
                committed.add("return 'committed %d'\n".formatted(round));
                checkout.write(SCRIPT, committed.getLast());
                checkout.git("commit", "-qm", "Round " + round, "--", "zodb/" + SCRIPT);
            }
            boolean edited = !push || random.nextInt(4) == 0;
            if (edited) {
                saved.add("<p>saved %d</p>".formatted(round));
                site.edit("set-text", "/index_html", saved.getLast());
            }
            String command = push ? "push" : "pull";
            killer.kill(checkout.folder(), edited && push ? List.of(2) : List.of(0), command);

            assertThat(checkout.read(QUERY)).as(killer.log()).isEqualTo(DIRTY);
            Ran next = checkout.tryZodb(command);
            assertThat(next.exit()).as("%s\n%s", killer.log(), next).isEqualTo(edited && push ? 2 : 0);
            if (next.exit() == 2) {
                checkout.zodb("pull");
            }
            if (!checkout.tree("HEAD").equals(checkout.tree("zodb/live"))) {
                checkout.zodb("push");
            }
            site.mustBeSoundToZope();
            assertThat(site.look("at('/index_html').read()")).as(killer.log()).isEqualTo(saved.getLast());
            assertThat(site.look("at('/shop/price_list').body()"))
                    .as(killer.log())
                    .isEqualTo(committed.getLast());
            assertThat(checkout.tree("HEAD")).as(killer.log()).isEqualTo(checkout.tree("zodb/live"));
            assertThat(checkout.read(PAGE)).as(killer.log()).isEqualTo(saved.getLast());
            assertThat(checkout.read(SCRIPT)).as(killer.log()).isEqualTo(committed.getLast());
            assertThat(checkout.read(QUERY)).as(killer.log()).isEqualTo(DIRTY);
            if (round % 10 == 0) {
                checkout.mustBeInStep();
            }
        }
        checkout.git("checkout", "-q", "--", "zodb/" + QUERY);
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        checkout.git("fsck", "--no-dangling");
        assertThat(lines(checkout, PAGE)).containsAll(lines(saved));
        assertThat(lines(checkout, SCRIPT)).containsAll(lines(committed));
        assertThat(killer.kills()).as(killer.log()).isEqualTo(QUARTER);
    }

    /** Returns all lines that any version of a file ever had. */
    private static List<String> lines(Checkout checkout, String path) throws IOException {
        return checkout.git("log", "-p", "-m", "--format=", "--", "zodb/" + path)
                .lines()
                .filter(line -> line.startsWith("+"))
                .map(line -> line.substring(1))
                .toList();
    }

    private static List<String> lines(List<String> texts) {
        return texts.stream().flatMap(String::lines).toList();
    }

    @Test
    void reloadConvergesOnWhateverIsCheckedOut() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Workbench workbench = Workbench.in(temp);
        Checkout checkout = workbench.bound("demo");
        Killer killer = killer(workbench, random);
        checkout.git("config", "zodb.zodb.follow", "off");
        checkout.git("switch", "-q", "-c", "topic");
        checkout.commitFile(SCRIPT, "return 'topic'\n");
        checkout.git("rm", "-q", "zodb/" + PAGE, "zodb/Application/index_html.zodb.xml");
        checkout.replace(
                "Application/__self__.zodb.xml", "    <child name=\"index_html\" meta_type=\"Page Template\"/>\n", "");
        checkout.commit("Without the page");
        for (int round = 1; round <= ROUNDS && killer.kills() < QUARTER; round++) {
            checkout.git("switch", "-q", round % 2 == 0 ? "main" : "topic");
            killer.kill(checkout.folder(), List.of(0), "reload");

            Ran next = checkout.tryZodb("reload");
            assertThat(next.exit()).as("%s\n%s", killer.log(), next).isZero();
            assertThat(checkout.tree("HEAD")).as(killer.log()).isEqualTo(checkout.tree("zodb/live"));
            checkout.site().mustBeSoundToZope();
            String children = checkout.site().look("' '.join(app.objectIds())");
            assertThat(children.contains("index_html")).as(killer.log()).isEqualTo(round % 2 == 0);
            if (round % 10 == 0) {
                checkout.mustBeInStep();
            }
        }
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(killer.kills()).as(killer.log()).isEqualTo(QUARTER);
    }

    @Test
    void loadIsWholeOrNotThere() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Killer killer = killer(workbench, new SplittableRandom(SEED));
        Site source = workbench.site("code-300", "source");
        workbench
                .run(
                        temp,
                        "git",
                        "zodb",
                        "dump",
                        "--exact",
                        "--from",
                        source.dataFs().toString(),
                        "-o",
                        "tree")
                .ok();
        List<String> loaded = new ArrayList<>();
        for (int round = 1; round <= ROUNDS && killer.kills() < QUARTER; round++) {
            Path folder = Files.createDirectory(temp.resolve("loaded" + round));
            Path file = folder.resolve("Data.fs");
            String[] load = {"load", "--dir", "tree", "--into", file.toString(), "--create"};
            int before = killer.kills();
            killer.kill(temp, List.of(0), load);
            // Loaded now; or refused, because the kill came after the load.
            Ran next = workbench.run(temp, gitZodb(load));
            assertThat(next.exit())
                    .as("%s\n%s", killer.log(), next)
                    .isIn(killer.kills() == before ? List.of(2) : List.of(0, 2));
            loaded.add(file.toString());
        }
        Oracle.python("""
                import sys
                sys.path.insert(0, sys.argv[1])
                import checkfs, zodbgraph
                for path in sys.argv[3:]:
                    assert checkfs.main([path]) == 0, path
                    assert zodbgraph.main(['compare', sys.argv[2], path, '--dict-order', 'inner']) == 0, path
                """, words(source, loaded)).ok();
        assertThat(killer.kills()).as(killer.log()).isEqualTo(QUARTER);
    }

    private static String[] words(Site source, List<String> loaded) {
        List<String> words = new ArrayList<>();
        words.add(Oracle.shared().resolve("oracle").toString());
        words.add(source.dataFs().toString());
        words.addAll(loaded);
        return words.toArray(String[]::new);
    }

    private static String[] gitZodb(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git", "zodb"));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }
}
