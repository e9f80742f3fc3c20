package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code kill -9} at any moment. {@code -Dgitzodb.kills=N} says how many; with less than 200 it is a quick look. Half of
 * them hit push and pull, a quarter reload, a quarter load.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillIT {
    private static final int KILLS = Integer.getInteger("gitzodb.kills", 40);
    private static final long SEED = Long.getLong("gitzodb.seed", System.nanoTime());
    private static final int PATIENCE_SECONDS = 60;
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String PAGE = "Application/index_html.pt";

    @TempDir
    private Path temp;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<String> log = new ArrayList<>(List.of("seed " + SEED));

    /** How long a run takes that is not killed; the moment of the kill is anywhere in a little more. */
    private long usual = TimeUnit.MILLISECONDS.toNanos(1500);

    /** Runs the launcher, which becomes the JVM, and kills it at a moment of its life; true if it came too late. */
    private boolean killed(Workbench workbench, Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Workbench.product().resolve("git-extension/git-zodb").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("killed.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(workbench.git().environment());
        long moment = random.nextLong(usual / 10, usual);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(moment, TimeUnit.NANOSECONDS);
            process.destroyForcibly();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (ended) {
                // It was quicker than was thought: the next kill comes earlier.
                usual = (usual + System.nanoTime() - start) / 2;
                assertThat(process.exitValue())
                        .as("%s %s", log, Files.readString(temp.resolve("killed.log")))
                        .isIn(0, 1, 2, 75);
            } else {
                usual += usual / 20;
            }
            log.add(arguments[0] + (ended ? " ended" : " killed at " + TimeUnit.NANOSECONDS.toMillis(moment)));
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private String logged() {
        return String.join("\n", log.subList(Math.max(0, log.size() - 12), log.size()));
    }

    @Test
    void pushAndPullConvergeAndLoseNothing() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Checkout checkout = workbench.bound("demo");
        Site site = checkout.site();
        List<String> saved = new ArrayList<>();
        List<String> committed = new ArrayList<>();
        int rounds = KILLS / 2;
        for (int round = 1; round <= rounds; round++) {
            if (random.nextBoolean()) {
                saved.add("<p>saved %d</p>".formatted(round));
                site.edit("set-text", "/index_html", saved.getLast());
            }
            if (random.nextBoolean() && checkout.git("status", "--porcelain").isEmpty()) {
                committed.add("return 'committed %d'".formatted(round));
                checkout.commitFile(SCRIPT, committed.getLast() + "\n");
            }
            killed(workbench, checkout.folder(), random.nextBoolean() ? "pull" : "push");
            if (round % 5 == 0 || round == rounds) {
                waitForGit(checkout);
                assertThat(checkout.tryZodb("pull").exit()).as(logged()).isZero();
                assertThat(checkout.tryZodb("push").exit()).as(logged()).isZero();
                checkout.zodb("pull");
                checkout.mustBeInStep();
                site.mustBeSound();
                if (!saved.isEmpty()) {
                    assertThat(checkout.read(PAGE)).as(logged()).isEqualTo(saved.getLast());
                }
                if (!committed.isEmpty()) {
                    assertThat(checkout.read(SCRIPT)).as(logged()).isEqualTo(committed.getLast() + "\n");
                }
            }
        }
        checkout.mustEqualDump();
        checkout.git("fsck", "--no-dangling");
        assertThat(checkout.git("log", "-p", "--format=", "--", "zodb/" + PAGE)).contains(saved);
        assertThat(checkout.git("log", "-p", "--format=", "--", "zodb/" + SCRIPT))
                .contains(committed);
    }

    /** A git that a killed JVM started may still be at work. */
    private static void waitForGit(Checkout checkout) throws IOException {
        Path lock = checkout.folder().resolve(".git/index.lock");
        for (int i = 0; i < 100 && Files.exists(lock); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    @Test
    void reloadConvergesOnWhateverIsCheckedOut() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Checkout checkout = workbench.bound("demo");
        checkout.git("config", "zodb.zodb.follow", "off");
        checkout.git("switch", "-q", "-c", "topic");
        checkout.commitFile(SCRIPT, "return 'topic'\n");
        checkout.git("rm", "-q", "zodb/" + PAGE, "zodb/Application/index_html.zodb.xml");
        checkout.replace(
                "Application/__self__.zodb.xml", "    <child name=\"index_html\" meta_type=\"Page Template\"/>\n", "");
        checkout.commit("Without the page");
        int rounds = KILLS / 4;
        for (int round = 1; round <= rounds; round++) {
            checkout.git("switch", "-q", random.nextBoolean() ? "topic" : "main");
            killed(workbench, checkout.folder(), "reload");
            if (round % 5 == 0 || round == rounds) {
                assertThat(checkout.tryZodb("reload").exit()).as(logged()).isZero();
                checkout.mustBeInStep();
                checkout.site().mustBeSound();
            }
        }
        checkout.mustEqualDump();
    }

    @Test
    void loadIsWholeOrNotThere() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site source = workbench.site("code-300", "source");
        Path tree = temp.resolve("tree");
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
                        tree.toString())
                .ok();
        Path loaded = Files.createDirectory(temp.resolve("loaded"));
        String[] load = {
            "load",
            "--dir",
            tree.toString(),
            "--into",
            loaded.resolve("Data.fs").toString(),
            "--create"
        };
        int rounds = KILLS / 4;
        for (int round = 1; round <= rounds; round++) {
            killed(workbench, temp, load);
            if (!Files.exists(loaded.resolve("Data.fs")) && round == rounds) {
                workbench.run(temp, gitZodb(load)).ok();
            }
            if (Files.exists(loaded.resolve("Data.fs"))) {
                // Loaded now, because there was an empty database only; or refused, because it was loaded.
                assertThat(workbench.run(temp, gitZodb(load)).exit()).isIn(0, 2);
                workbench.run(temp, gitZodb(load)).exits(2);
                Oracle.checkfs(loaded.resolve("Data.fs"), null).ok();
                Oracle.compare(source.dataFs(), loaded.resolve("Data.fs"), "--dict-order", "inner")
                        .ok();
                Oracle.run(List.of("rm", "-rf", loaded.toString())).ok();
                Files.createDirectory(loaded);
            }
        }
    }

    private static String[] gitZodb(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git", "zodb"));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }
}
