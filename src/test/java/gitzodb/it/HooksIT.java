package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After whatever git did, the database is where the rules say, and {@code git zodb status} knows it. */
class HooksIT {
    private static final String SCRIPT = "Application/shop/price_list.py";
    private static final String PAGE = "Application/index_html.pt";
    private static final String QUERY = "Application/shop/find_item.sql";

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    /** {@code main} is in the database; {@code topic} changes the script, {@code page} the page. */
    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("demo");
        site = checkout.site();
        branch("topic", SCRIPT, "return 'topic'\n");
        branch("page", PAGE, "<p>page</p>\n");
    }

    private void branch(String name, String path, String content) throws IOException {
        quietly("switch", "-q", "-c", name, "main");
        checkout.write(path, content);
        quietly("commit", "-qam", "Change on " + name);
        quietly("switch", "-q", "main");
    }

    /** Runs git without the hooks, to set the scene. */
    private void quietly(String... arguments) throws IOException {
        checkout.workbench().git().with("GIT_ZODB", "0");
        try {
            checkout.git(arguments);
        } finally {
            checkout.workbench().git().environment().remove("GIT_ZODB");
        }
    }

    /** Fails unless the database holds what a revision does. */
    private void databaseIs(String revision) throws IOException {
        checkout.zodb("fetch");
        assertThat(checkout.tree("zodb/live")).isEqualTo(checkout.tree(revision));
    }

    @Test
    void switchAndCheckoutMoveTheDatabase() throws IOException {
        checkout.git("switch", "-q", "topic");
        checkout.mustBeInStep();
        databaseIs("topic");
        checkout.git("checkout", "-q", "--detach", "page");
        checkout.mustBeInStep();
        checkout.git("checkout", "-q", "main");
        checkout.mustBeInStep();
        databaseIs("main");
        checkout.mustEqualDump();
        site.mustBeSound();
    }

    @Test
    void aNewBranchAndRestoredFilesMoveNothing() throws IOException {
        String hash = site.hash();
        checkout.git("switch", "-q", "-c", "new");
        checkout.write(SCRIPT, "return 'not wanted'\n");
        checkout.git("restore", "zodb");
        checkout.write(SCRIPT, "return 'not wanted'\n");
        checkout.git("checkout", "--", "zodb");
        checkout.git("checkout", "-q", "topic", "--", "zodb");

        assertThat(site.hash()).isEqualTo(hash);
        checkout.git("reset", "-q", "--hard");
        assertThat(site.hash()).isEqualTo(hash);
        checkout.mustBeInStep();
    }

    @Test
    void mergesMoveTheDatabase() throws IOException {
        checkout.git("merge", "-q", "topic");
        checkout.mustBeInStep();
        databaseIs("topic");
        checkout.git("merge", "-q", "--no-edit", "page");
        checkout.mustBeInStep();
        assertThat(checkout.read(PAGE)).isEqualTo("<p>page</p>\n");
    }

    @Test
    void aConflictMovesTheDatabaseWhenItIsSettled() throws IOException {
        branch("other", SCRIPT, "return 'other'\n");
        checkout.git("merge", "-q", "topic");
        String hash = site.hash();
        checkout.tryGit("merge", "other").exits(1);
        assertThat(site.hash()).isEqualTo(hash);
        checkout.tryZodb("reload").exits(2);
        checkout.tryZodb("push").exits(2);
        checkout.tryZodb("pull").exits(2);
        checkout.git("merge", "--abort");
        assertThat(site.hash()).isEqualTo(hash);
        checkout.mustBeInStep();

        checkout.tryGit("merge", "other").exits(1);
        checkout.write(SCRIPT, "return 'both'\n");
        checkout.git("commit", "-qam", "Settle");
        checkout.mustBeInStep();
        assertThat(site.hash()).isNotEqualTo(hash);
    }

    @Test
    void aPullFromAnotherRepositoryMovesTheDatabase() throws IOException {
        Path other = checkout.workbench().folder().resolve("other");
        checkout.git("clone", "-q", ".", other.toString());
        Checkout theirs = checkout.at(other);
        theirs.commitFile(SCRIPT, "return 'theirs'\n");
        checkout.git("pull", "-q", other.toString(), "main");
        checkout.mustBeInStep();
        databaseIs("main");
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'theirs'\n");

        theirs.commitFile(QUERY, "select 2\n");
        quietly("commit", "-q", "--allow-empty", "-m", "Mine");
        checkout.git("pull", "-q", "--rebase", other.toString(), "main");
        checkout.mustBeInStep();
        assertThat(checkout.read(QUERY)).isEqualTo("select 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--merge", "--apply"})
    void aRebaseMovesTheDatabaseOnceAtItsEnd(String backend) throws IOException {
        checkout.git("merge", "-q", "page");
        checkout.git("switch", "-q", "topic");
        checkout.commitFile(QUERY, "select 3\n");
        checkout.zodb("push");
        int transactions = site.transactions();
        checkout.git("rebase", "-q", backend, "main");

        checkout.mustBeInStep();
        databaseIs("topic");
        assertThat(site.transactions()).isEqualTo(transactions + 1);
        assertThat(checkout.read(PAGE)).isEqualTo("<p>page</p>\n");
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'topic'\n");
    }

    @Test
    void aRebaseThatStopsLeavesTheDatabaseUntilItEnds() throws IOException {
        branch("other", SCRIPT, "return 'other'\n");
        checkout.git("switch", "-q", "topic");
        String hash = site.hash();
        checkout.tryGit("rebase", "-q", "other").exits(1);
        assertThat(site.hash()).isEqualTo(hash);
        checkout.tryZodb("push").exits(2);
        checkout.write(SCRIPT, "return 'both'\n");
        checkout.git("add", "zodb");
        checkout.git("-c", "core.editor=true", "rebase", "--continue");
        checkout.mustBeInStep();
        assertThat(site.hash()).isNotEqualTo(hash);
    }

    @Test
    void resetsMoveTheDatabase() throws IOException {
        checkout.git("merge", "-q", "topic");
        checkout.git("reset", "-q", "--hard", "HEAD~1");
        checkout.mustBeInStep();
        databaseIs("main");
        checkout.git("reset", "-q", "--hard", "topic");
        checkout.mustBeInStep();
        checkout.git("reset", "-q", "--soft", "HEAD~1");
        databaseIs("HEAD");
        assertThat(checkout.git("diff", "--cached", "--name-only")).isEqualTo("zodb/" + SCRIPT);
        assertThat(checkout.status()).isEmpty();
    }

    @Test
    void aStashNeverMovesTheDatabase() throws IOException {
        String hash = site.hash();
        checkout.write(SCRIPT, "return 'stashed'\n");
        checkout.git("stash", "-q");
        checkout.git("stash", "pop", "-q");
        checkout.git("stash", "-q");
        checkout.git("stash", "drop", "-q");

        assertThat(site.hash()).isEqualTo(hash);
        checkout.mustBeInStep();
    }

    @Test
    void pickedRevertedAndMailedCommitsMoveTheDatabase() throws IOException {
        checkout.git("cherry-pick", "topic");
        checkout.mustBeInStep();
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'topic'\n");
        checkout.git("revert", "--no-edit", "HEAD");
        checkout.mustBeInStep();
        databaseIs("zodb/live~2");
        String patches = checkout.git("format-patch", "-o", "../patches", "-1", "page");
        checkout.git("am", "-q", patches);
        checkout.mustBeInStep();
        assertThat(checkout.read(PAGE)).isEqualTo("<p>page</p>\n");
    }

    @Test
    void severalPickedCommitsAreOneReload() throws IOException {
        int transactions = site.transactions();
        checkout.git("cherry-pick", "topic", "page");
        checkout.mustBeInStep();
        assertThat(site.transactions()).isEqualTo(transactions + 1);
    }

    @Test
    void aCommitIsAdviceToPushUnlessAllIsFollowed() throws IOException {
        String hash = site.hash();
        checkout.write(SCRIPT, "return 'mine'\n");
        assertThat(checkout.git("commit", "-qam", "Mine"))
                .contains("git zodb push")
                .hasLineCount(1);
        assertThat(checkout.git("commit", "-q", "--amend", "-m", "Mine too")).contains("git zodb push");
        assertThat(site.hash()).isEqualTo(hash);
        assertThat(checkout.status()).isEqualTo(".M " + SCRIPT);

        checkout.git("config", "zodb.zodb.follow", "all");
        checkout.zodb("push");
        checkout.commitFile(SCRIPT, "return 'followed'\n");
        checkout.mustBeInStep();
        databaseIs("main");
        checkout.write(PAGE, "<p>amended</p>\n");
        checkout.git("commit", "-qa", "--amend", "--no-edit");
        checkout.mustBeInStep();
        databaseIs("main");
    }

    @Test
    void adviceOnlyWhenSwitchedOff() throws IOException {
        checkout.git("config", "zodb.zodb.follow", "off");
        String hash = site.hash();
        assertThat(checkout.git("switch", "-q", "topic")).contains("git zodb reload");
        assertThat(site.hash()).isEqualTo(hash);
        assertThat(checkout.status()).contains(".M " + SCRIPT);
        checkout.zodb("reload");
        checkout.mustBeInStep();
    }

    @Test
    void aLinkedWorkTreeMovesNothing() throws IOException {
        String hash = site.hash();
        Path linked = checkout.workbench().folder().resolve("linked");
        checkout.git("worktree", "add", "-q", linked.toString(), "topic");
        checkout.at(linked).git("switch", "-q", "page");
        checkout.at(linked).commitFile(SCRIPT, "return 'linked'\n");

        assertThat(site.hash()).isEqualTo(hash);
        checkout.mustBeInStep();
    }

    @Test
    void aMoveWithoutHooksIsSeenByTheNextCommand() throws IOException {
        checkout.git("update-ref", "refs/heads/main", "topic");
        checkout.git("read-tree", "-um", "HEAD");
        assertThat(checkout.status()).contains(".M " + SCRIPT);
        databaseIs("main~1");
        checkout.zodb("reload");
        checkout.mustBeInStep();
        databaseIs("topic");
    }

    @Test
    void whatOnlyTheDatabaseHasIsCarriedAlong() throws IOException {
        site.edit("set-text", "/index_html", "<p>by Zope</p>");
        checkout.git("switch", "-q", "topic");

        assertThat(checkout.status()).isEqualTo("M. " + PAGE);
        assertThat(checkout.git("diff", "--name-only", "topic", "zodb/live")).isEqualTo("zodb/" + PAGE);
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(PAGE)).isEqualTo("<p>by Zope</p>");
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'topic'\n");
        site.mustBeSound();
    }

    @Test
    void carriedChangesKeepTheNameOfWhoMadeThem() throws IOException {
        site.zope("a page for tea", "at('/index_html').write('<p>by ida</p>')");
        checkout.git("switch", "-q", "topic");
        String byIda = "ida: a page for tea";
        assertThat(checkout.git("log", "-1", "--format=%an: %s", "zodb/live")).isEqualTo(byIda);
        checkout.git("switch", "-q", "main");
        checkout.git("switch", "-q", "topic");
        assertThat(checkout.git("log", "-1", "--format=%an: %s", "zodb/live")).isEqualTo(byIda);
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(PAGE)).isEqualTo("<p>by ida</p>");
        site.mustBeSound();
    }

    @Test
    void anEditOfBothSidesRefusesTheReloadUntilSwitchedBack() throws IOException {
        site.edit("set-text", "/shop/price_list", "return 'by Zope'\n");
        String hash = site.hash();
        assertThat(checkout.git("switch", "-q", "topic")).contains(SCRIPT, "switch");
        assertThat(site.hash()).isEqualTo(hash);
        assertThat(checkout.status()).contains("! reload-pending").contains("MM " + SCRIPT);
        for (String command : new String[] {"pull", "push"}) {
            Ran refused = checkout.tryZodb(command).exits(2);
            assertThat(refused.errors()).hasLineCount(1).contains("git zodb reload", "git switch");
        }
        assertThat(site.hash()).isEqualTo(hash);

        checkout.git("switch", "-q", "main");
        assertThat(checkout.status()).isEqualTo("M. " + SCRIPT);
        checkout.zodb("pull");
        checkout.mustBeInStep();
        assertThat(checkout.read(SCRIPT)).isEqualTo("return 'by Zope'\n");
    }

    @Test
    void aHookThatFailsIsAdviceAndNoFailureOfGit() throws IOException {
        checkout.git("config", "zodb.java", "/nowhere");
        String said = checkout.git("switch", "-q", "topic");
        assertThat(said).contains("zodb.java", "git zodb reload");
        checkout.git("config", "zodb.hookStrict", "true");
        checkout.tryGit("switch", "-q", "page").exits(1);
        checkout.git("config", "--unset", "zodb.java");
        assertThat(checkout.status()).isEqualTo(".M " + PAGE);
        checkout.zodb("reload");
        checkout.mustBeInStep();
        databaseIs("page");
    }

    @Test
    void uninstalledHooksAreGoneByteForByte() throws IOException {
        Path hooks = checkout.folder().resolve(".git/hooks");
        Path mine = hooks.resolve("post-checkout");
        checkout.zodb("uninstall");
        Files.writeString(mine, "#!/bin/sh\necho mine\n");
        assertThat(mine.toFile().setExecutable(true)).isTrue();
        checkout.zodb("install");
        assertThat(checkout.git("switch", "-q", "topic")).contains("mine");
        checkout.mustBeInStep();
        databaseIs("topic");
        checkout.zodb("uninstall");
        assertThat(Files.readString(mine)).isEqualTo("#!/bin/sh\necho mine\n");
        String hash = site.hash();
        checkout.git("switch", "-q", "main");
        assertThat(site.hash()).isEqualTo(hash);
        assertThat(checkout.status()).contains(".M " + SCRIPT);
    }
}
