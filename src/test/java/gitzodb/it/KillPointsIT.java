package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at the very calls by which something becomes durable: the n-th rename or fsync of a thread, the n-th
 * write to the database. {@code strace} does it, so each point is hit for certain; {@code -Dgitzodb.kill.stride=1} takes
 * all of them. The next run of the same command makes it good.
 */
class KillPointsIT {
    private static final int STRIDE = Integer.getInteger("gitzodb.kill.stride", 4);
    private static final int MOST = 60;
    private static final String DURABLE = "rename,renameat,renameat2,fsync,fdatasync";
    private static final String WRITES = "write,pwrite64,ftruncate,fsync,fdatasync";

    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String PAGE = "Application/index_html.pt";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        Workbench workbench = Workbench.in(temp);
        boolean works;
        try {
            Ran ran =
                    workbench.run(temp, "strace", "-f", "-qq", "-o", "trace", "-e", "inject=fsync:signal=KILL", "true");
            works = ran.exit() == 0;
        } catch (IOException absent) {
            works = false;
        }
        Assumptions.assumeTrue(works, "no strace here, or it may not trace");
        checkout = workbench.bound("demo");
        site = checkout.site();
    }

    /** Runs a command that is killed at the n-th of these calls of a thread; false if it ended before. */
    private boolean kill(int n, String calls, List<String> filter, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-qq", "-o", temp.resolve("trace").toString()));
        command.addAll(filter);
        command.addAll(List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":signal=KILL:when=" + n));
        command.add(Workbench.product().resolve("git-extension/git-zodb").toString());
        command.addAll(List.of(words));
        Ran ran = checkout.workbench().run(checkout.folder(), command.toArray(String[]::new));
        return ran.exit() != 0;
    }

    /** What is checked after each kill and the command that makes it good. */
    @FunctionalInterface
    private interface Round {
        void check(int n) throws IOException;
    }

    private void atEachPoint(int atLeast, int stride, Change before, Kill kill, Round after) throws IOException {
        int kills = 0;
        boolean killed = true;
        for (int n = 1; killed && n < MOST; n += stride) {
            before.make(n);
            killed = kill.at(n);
            kills += killed ? 1 : 0;
            after.check(n);
        }
        assertThat(killed).as("still killed at call " + MOST).isFalse();
        assertThat(kills).isGreaterThanOrEqualTo(atLeast);
        checkout.git("fsck", "--no-dangling");
    }

    @FunctionalInterface
    private interface Change {
        void make(int n) throws IOException;
    }

    @FunctionalInterface
    private interface Kill {
        boolean at(int n) throws IOException;
    }

    private void pushed(int n) throws IOException {
        Ran next = checkout.tryZodb("push");
        assertThat(next.exit()).as("killed at call %d\n%s", n, next).isZero();
        assertThat(site.look("at('/shop/price_list').body()")).isEqualTo("return 'pushed " + n + "'\n");
        assertThat(checkout.tree("zodb/live")).isEqualTo(checkout.tree("HEAD"));
        site.mustBeSoundToZope();
    }

    private void commitFor(int n) throws IOException {
        checkout.commitFile(SCRIPT, "return 'pushed " + n + "'\n");
    }

    @Test
    void pushConvergesFromEveryDurableStep() throws IOException {
        atEachPoint(3, STRIDE, this::commitFor, n -> kill(n, DURABLE, List.of(), "push"), this::pushed);
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    @Test
    void pushConvergesFromEveryWriteToTheDatabase() throws IOException {
        List<String> database = List.of("-P", site.dataFs().toString());
        atEachPoint(2, 1, this::commitFor, n -> kill(n, WRITES, database, "push"), this::pushed);
        checkout.mustBeInStep();
    }

    @Test
    void pullConvergesFromEveryDurableStep() throws IOException {
        atEachPoint(
                2,
                STRIDE,
                n -> site.edit("set-text", "/index_html", "<p>saved " + n + "</p>"),
                n -> kill(n, DURABLE, List.of(), "pull"),
                n -> {
                    Ran next = checkout.tryZodb("pull");
                    assertThat(next.exit()).as("killed at call %d\n%s", n, next).isZero();
                    assertThat(checkout.read(PAGE)).isEqualTo("<p>saved " + n + "</p>");
                    checkout.mustBeInStep();
                });
        checkout.mustEqualDump();
    }

    @Test
    void loadConvergesFromEveryDurableStep() throws IOException {
        atEachPoint(
                3,
                STRIDE,
                n -> checkout.write(SCRIPT, "return 'loaded " + n + "'\n"),
                n -> kill(n, DURABLE, List.of(), "load", "--override"),
                n -> {
                    Ran next = checkout.tryZodb("load", "--override");
                    assertThat(next.exit()).as("killed at call %d\n%s", n, next).isZero();
                    assertThat(site.look("at('/shop/price_list').body()")).isEqualTo("return 'loaded " + n + "'\n");
                    site.mustBeSoundToZope();
                });
        checkout.commit("What was loaded");
        checkout.zodb("push");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }
}
