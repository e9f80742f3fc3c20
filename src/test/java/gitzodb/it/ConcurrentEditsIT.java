package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.oracle.Oracle;
import gitzodb.sync.RefusedException;
import gitzodb.zodb.StorageBusyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Zope does between the reading and the writing of a push or reload is never overwritten. */
class ConcurrentEditsIT {
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String PAGE = "Application/index_html.pt";
    private static final long SEED = Long.getLong("gitzodb.seed", System.nanoTime());
    private static final int ROUNDS = 20;

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("demo");
        site = checkout.site();
        checkout.git("config", "zodb.zodb.follow", "off");
    }

    private void race(RacingStorages.Rival rival, InProcess.Use use) throws IOException {
        InProcess.race(checkout, rival, use);
    }

    @Test
    void whatZopeSavesMeanwhileIsKeptWhateverItIs() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 1; round <= ROUNDS; round++) {
            String about = "seed %d, round %d".formatted(SEED, round);
            String inGit = "return 'git %d'\n".formatted(round);
            String inZope = "<p>Zope %d</p>".formatted(round);
            checkout.commitFile(SCRIPT, inGit);
            boolean sameObject = random.nextBoolean();
            if (sameObject) {
                inZope = "return 'Zope %d'\n".formatted(round);
            }
            String path = sameObject ? "/shop/price_list" : "/index_html";
            String saved = inZope;
            String[] after = {""};
            RacingStorages.Rival zope = () -> {
                site.edit("set-text", path, saved);
                after[0] = site.hash();
            };
            boolean before = random.nextInt(4) == 0;
            if (before) {
                zope.act();
            }
            assertThatThrownBy(() -> race(before ? () -> {} : zope, InProcess::push))
                    .as(about)
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("git zodb pull");
            assertThat(site.hash()).as(about).isEqualTo(after[0]);
            assertThat(checkout.git("log", "-1", "--format=%an", "-p", "zodb/live"))
                    .as(about)
                    .contains("editor\n", "+" + saved.strip());
            // A reload carries what it can, and refuses what it cannot.
            if (sameObject) {
                assertThatThrownBy(() -> race(() -> {}, InProcess::reload))
                        .as(about)
                        .isInstanceOf(RefusedException.class);
                assertThat(site.hash()).as(about).isEqualTo(after[0]);
                checkout.git("reset", "-q", "--hard", "zodb/live");
                checkout.zodb("reload");
            } else {
                race(() -> {}, InProcess::reload);
                checkout.zodb("pull");
                assertThat(site.look("at('/shop/price_list').body()")).as(about).isEqualTo(inGit);
            }
            assertThat(checkout.read(sameObject ? SCRIPT : PAGE)).as(about).isEqualTo(saved);
            site.mustBeSoundToZope();
        }
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }

    @Test
    void aReloadTakesAlongWhatZopeSavesMeanwhile() throws IOException {
        for (int round = 1; round <= 10; round++) {
            String inZope = "<p>Zope %d</p>".formatted(round);
            checkout.commitFile(SCRIPT, "return 'git %d'\n".formatted(round));
            race(() -> site.edit("set-text", "/index_html", inZope), InProcess::reload);

            assertThat(site.look("at('/index_html').read()")).isEqualTo(inZope);
            assertThat(called()).isEqualTo("git " + round);
            assertThat(checkout.status()).isEqualTo("M. " + PAGE);
            checkout.zodb("pull");
            checkout.mustBeInStep();
        }
        checkout.mustEqualDump();
    }

    @Test
    void anObjectWhoseFolderZopeDeletesIsNotPushedIntoNowhere() throws IOException {
        checkout.commitFile(SCRIPT, "return 'git'\n");
        assertThatThrownBy(() -> race(() -> site.edit("delete", "/shop"), InProcess::push))
                .isInstanceOf(RefusedException.class);
        site.mustBeSoundToZope();
        assertThat(site.list("/")).doesNotContain("shop");
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'git'\n");
        checkout.tryZodb("pull").exits(1);
    }

    @Test
    void whatChangesNothingVisibleIsNoReasonToRefuse() throws IOException {
        checkout.commitFile(SCRIPT, "return 'git'\n");
        race(() -> site.zope("saved as it is", "at('/index_html')._p_changed = 1"), InProcess::push);
        checkout.mustBeInStep();
        assertThat(called()).isEqualTo("git");
        site.mustBeSound();
    }

    @Test
    void aPackMeanwhileLosesNothing() throws IOException {
        site.edit("set-text", "/index_html", "<p>one</p>");
        checkout.zodb("pull");
        checkout.commitFile(SCRIPT, "return 'git'\n");
        race(() -> site.zope("pack", "import time; db.pack(time.time())"), InProcess::push);

        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(called()).isEqualTo("git");
        site.mustBeSound();
        site.edit("set-text", "/shop/price_list", "return 'Zope'\n");
        checkout.zodb("pull");
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'Zope'\n");
    }

    @Test
    void anotherDatabaseInItsPlaceIsNotWrittenOver() throws IOException {
        for (boolean renamed : new boolean[] {true, false}) {
            Path kept = Files.copy(site.dataFs(), temp.resolve("kept" + renamed));
            site.edit("set-text", "/index_html", "<p>of another history, %s</p>".formatted(renamed));
            Path other = Files.copy(site.dataFs(), temp.resolve("other" + renamed));
            Files.copy(kept, site.dataFs(), StandardCopyOption.REPLACE_EXISTING);
            site.edit("set-text", "/index_html", "<p>of this history, %s</p>".formatted(renamed));
            checkout.zodb("pull");
            checkout.commitFile(SCRIPT, "return 'git %s'\n".formatted(renamed));
            byte[] bytes = Files.readAllBytes(other);
            RacingStorages.Rival restore = () -> {
                if (renamed) {
                    Files.move(other, site.dataFs(), StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.write(site.dataFs(), bytes);
                }
            };
            assertThatThrownBy(() -> race(restore, InProcess::push)).isInstanceOf(RefusedException.class);
            assertThat(Files.readAllBytes(site.dataFs())).isEqualTo(bytes);
            checkout.zodb("pull");
            checkout.zodb("push");
            checkout.mustBeInStep();
            assertThat(site.look("at('/index_html').read()"))
                    .isEqualTo("<p>of another history, %s</p>".formatted(renamed));
        }
    }

    @Test
    void zopeThatStartsMeanwhileMakesThePushBusy() throws IOException {
        checkout.commitFile(SCRIPT, "return 'git'\n");
        String hash = site.hash();
        Process[] zope = new Process[1];
        try {
            assertThatThrownBy(() -> race(() -> zope[0] = holder(), InProcess::push))
                    .isInstanceOf(StorageBusyException.class)
                    .hasMessageContaining("ZEO")
                    .hasMessageContaining("process " + zope[0].pid());
        } finally {
            zope[0].destroy();
        }
        assertThat(site.hash()).isEqualTo(hash);
        checkout.zodb("push");
        checkout.mustBeInStep();
    }

    private String called() throws IOException {
        return site.effect("call", "/shop/price_list", "--args", "[\"tea\"]")
                .get("result")
                .asText();
    }

    private Process holder() throws IOException {
        Process process = Oracle.startPython("""
                import sys
                from ZODB.FileStorage import FileStorage
                storage = FileStorage(sys.argv[1])
                print('open', flush=True)
                sys.stdin.read()
                """, site.dataFs().toString());
        BufferedReader said = process.inputReader();
        assertThat(said.readLine()).isEqualTo("open");
        return process;
    }
}
