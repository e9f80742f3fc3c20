package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.oracle.Damage;
import gitzodb.sync.Fetch;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in {@code .git/zodb/NAME} may be damaged or gone: that costs time, never a wrong result. */
class DamagedCacheIT {
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String PAGE = "Application/index_html.pt";
    private static final long SEED = Long.getLong("gitzodb.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("gitzodb.rounds", 40);

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;
    private Path home;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("demo");
        site = checkout.site();
        checkout.git("config", "zodb.zodb.follow", "off");
        home = checkout.folder().resolve(".git/zodb/zodb");
    }

    @Test
    void theMapAndTheIndexAreMadeAnew() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        // A fetch of something new leaves an index.
        site.edit("set-text", "/index_html", "<p>first</p>");
        InProcess.run(checkout, database -> new Fetch(database).run(false));
        for (int round = 1; round <= ROUNDS; round++) {
            String about = "seed %d, round %d".formatted(SEED, round);
            String page = "<p>round %d</p>".formatted(round);
            Path file = home.resolve(random.nextInt(3) == 0 ? "index" : "map");
            if (!Files.exists(file)) {
                file = home.resolve("map");
            }
            byte[] sound = Files.readAllBytes(file);
            if (random.nextInt(10) == 0) {
                Files.delete(file);
            } else {
                int position = random.nextInt(sound.length);
                int length = Math.min(1 + random.nextInt(64), sound.length - position);
                Files.write(file, Damage.any(random).of(sound, position, length, random));
            }
            about += ", " + file.getFileName();
            site.edit("set-text", "/index_html", page);
            checkout.git("reset", "-q", "--hard", "zodb/live");
            try {
                InProcess.run(checkout, database -> new Fetch(database).run(false));
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError(about, e);
            }
            checkout.git("reset", "-q", "--hard", "zodb/live");
            assertThat(checkout.read(PAGE)).as(about).isEqualTo(page);
            checkout.commitFile(SCRIPT, "return 'round %d'\n".formatted(round));
            try {
                InProcess.run(checkout, InProcess::push);
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError(about, e);
            }
            assertThat(site.look("at('/shop/price_list').body()"))
                    .as(about)
                    .isEqualTo("return 'round %d'\n".formatted(round));
            assertThat(checkout.tree("zodb/live")).as(about).isEqualTo(checkout.tree("HEAD"));
            site.mustBeSoundToZope();
        }
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    @Test
    void aDamagedRecordIsRefusedWithTheWayOut() throws IOException {
        String live = checkout.id("zodb/live");
        Path state = home.resolve("state");
        Files.writeString(state, Files.readString(state).replace("path zodb", "path zodc"));
        for (String command : List.of("status", "fetch", "pull", "push", "reload")) {
            Ran ran = checkout.tryZodb(command).exits(2);
            assertThat(ran.errors()).hasLineCount(1).contains("damaged", "git zodb init");
        }
        assertThatThrownBy(() -> InProcess.run(checkout, InProcess::push)).isInstanceOf(RefusedException.class);
        checkout.commitFile(SCRIPT, "return 'meanwhile'\n");
        site.edit("set-text", "/index_html", "<p>meanwhile</p>");
        Files.delete(state);
        checkout.zodb("init", site.dataFs().toString());
        checkout.git("merge-base", "--is-ancestor", live, "zodb/live");
        checkout.zodb("pull");
        checkout.zodb("push");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(checkout.read(PAGE)).isEqualTo("<p>meanwhile</p>");
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'meanwhile'\n");
    }
}
