package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hooks as git calls them, with a launcher that notes its calls and loads by writing the state file. */
class HooksTest {
    private static final String LOADING = """
            #!/bin/sh
            echo "$2" >>"$HOME/calls"
            dir=$(git rev-parse --git-dir)
            tree=$(git rev-parse -q --verify HEAD:zodb || echo 4b825dc642cb6eb9a060e54bf8d69288fbee4904)
            sed "s/^tree .*/tree $tree/" "$dir/zodb/zodb/state" >"$dir/new" && mv "$dir/new" "$dir/zodb/zodb/state"
            """;

    @TempDir
    Path folder;

    private HermeticGit git;
    private Path work;
    private Path tool;

    @BeforeEach
    void bind() throws IOException {
        git = HermeticGit.in(folder);
        tool = InstalledTool.in(git.folder().resolve("a tool's folder"));
        launcher(LOADING);
        work = git.init("work tree");
        HermeticGit.write(work, "zodb/a", "1\n");
        HermeticGit.write(work, "zodb/b", "1\n");
        git.commit(work, "other", "1\n");
        git.run(work, "branch", "side");
        git.commit(work, "zodb/a", "main\n");
        git.run(work, "switch", "--quiet", "side");
        git.commit(work, "zodb/b", "side\n");
        git.commit(work, "zodb/b", "side 2\n");
        git.run(work, "switch", "--quiet", "main");
        state("switch");
        try (Repository repository = Repository.open(git.git(work))) {
            HookInstall.plan(repository, tool).apply();
        }
    }

    private void launcher(String script) throws IOException {
        Files.writeString(tool, script);
    }

    private void state(String follow) throws IOException {
        String tree = git.run(work, "rev-parse", "HEAD:zodb");
        HermeticGit.write(
                work, ".git/zodb/zodb/state", "database zodb\npath zodb\ntree " + tree + "\nfollow " + follow + "\n");
    }

    /** Returns the events the launcher was called with since the last question. */
    private List<String> calls() throws IOException {
        Path log = git.home().resolve("calls");
        List<String> calls = Files.exists(log) ? Files.readAllLines(log) : List.of();
        Files.deleteIfExists(log);
        return calls;
    }

    private boolean isPending() {
        return Files.exists(work.resolve(".git/zodb/zodb/pending"));
    }

    private void assertInStep() throws IOException {
        assertThat(Files.readString(work.resolve(".git/zodb/zodb/state")))
                .contains("tree " + git.run(work, "rev-parse", "HEAD:zodb") + "\n");
    }

    @Test
    void checkoutAndSwitchLoadOnceEach() throws IOException {
        git.run(work, "checkout", "side");
        assertThat(calls()).containsExactly("post-checkout");
        git.run(work, "switch", "main");
        assertThat(calls()).containsExactly("post-checkout");
        git.run(work, "checkout", "--detach", "side~1");
        assertThat(calls()).containsExactly("post-checkout");
        assertInStep();
    }

    @Test
    void whatLeavesTheFolderAsItIsStartsNothing() throws IOException {
        git.run(work, "checkout", "-b", "new");
        git.run(work, "commit", "--allow-empty", "-m", "nothing");
        HermeticGit.write(work, "zodb/a", "changed\n");
        git.run(work, "checkout", "--", "zodb/a");
        HermeticGit.write(work, "zodb/a", "changed\n");
        git.run(work, "stash");
        git.run(work, "stash", "pop");
        git.run(work, "restore", "zodb/a");
        assertThat(calls()).isEmpty();
        assertInStep();
    }

    @Test
    void mergesLoadWhetherFastForwardOrNot() throws IOException {
        git.run(work, "merge", "--no-edit", "side");
        assertThat(calls()).containsExactly("post-merge");
        git.run(work, "switch", "--quiet", "side");
        calls();
        git.run(work, "merge", "--ff-only", "main");
        assertThat(calls()).containsExactly("post-merge");
        assertInStep();
    }

    @Test
    void aMergeWithConflictsLoadsWhenItIsCommitted() throws IOException {
        git.run(work, "switch", "--quiet", "-c", "third", "main~1");
        git.commit(work, "zodb/a", "third\n");
        git.run(work, "switch", "--quiet", "main");
        calls();
        assertThat(git.result(work, "merge", "third").status()).isEqualTo(1);
        assertThat(calls()).isEmpty();
        HermeticGit.write(work, "zodb/a", "both\n");
        git.run(work, "add", "--all");
        git.run(work, "commit", "--quiet", "--no-edit");
        assertThat(calls()).containsExactly("post-commit");
        assertInStep();
    }

    @Test
    void pullLoadsOnceWithMergeAndWithRebase() throws IOException {
        Path clone = git.folder().resolve("clone");
        git.run(git.folder(), "clone", "--quiet", work.toString(), "clone");
        git.commit(clone, "zodb/a", "there\n");
        git.run(work, "pull", "--quiet", clone.toString(), "main");
        assertThat(calls()).containsExactly("post-merge");
        git.commit(clone, "zodb/b", "there\n");
        git.commit(work, "zodb/a", "here\n");
        calls();
        git.run(work, "pull", "--quiet", "--rebase", clone.toString(), "main");
        assertThat(calls()).containsExactly("post-rewrite");
        assertInStep();
    }

    @Test
    void rebaseLoadsAtItsEndWithEitherBackend() throws IOException {
        for (String backend : List.of("--merge", "--apply")) {
            git.run(work, "switch", "--quiet", "-C", "topic", "side");
            calls();
            git.run(work, "rebase", "--quiet", backend, "main");
            assertThat(calls()).as(backend).containsExactly("post-rewrite");
            assertInStep();
        }
    }

    @Test
    void rebaseThatOnlyMovesForwardLoads() throws IOException {
        for (String backend : List.of("--merge", "--apply")) {
            git.run(work, "switch", "--quiet", "-C", "topic", "side~2");
            calls();
            git.run(work, "rebase", "--quiet", backend, "side");
            assertThat(calls()).as(backend).hasSize(1);
            assertInStep();
        }
    }

    @Test
    void rebaseWithConflictsWaitsForItsEnd() throws IOException {
        git.run(work, "switch", "--quiet", "-c", "third", "side");
        git.commit(work, "zodb/a", "third\n");
        state("switch");
        calls();
        for (String backend : List.of("--merge", "--apply")) {
            git.run(work, "switch", "--quiet", "-C", "topic", "third");
            calls();
            assertThat(git.result(work, "rebase", backend, "main").status()).isEqualTo(1);
            assertThat(calls()).as(backend).isEmpty();
            assertThat(isPending()).isTrue();
            git.run(work, "rebase", "--abort");
            assertInStep();
            git.result(work, "rebase", backend, "main");
            HermeticGit.write(work, "zodb/a", "both " + backend + "\n");
            git.run(work, "add", "--all");
            git.run(work, "rebase", "--continue");
            assertThat(calls()).as(backend).containsExactly("post-rewrite");
            assertInStep();
        }
    }

    @Test
    void resetLoads() throws IOException {
        git.run(work, "reset", "--hard", "--quiet", "HEAD~1");
        assertThat(calls()).containsExactly("reference-transaction");
        git.run(work, "reset", "--keep", "--quiet", "side");
        assertThat(calls()).containsExactly("reference-transaction");
        assertInStep();
    }

    @Test
    void cherryPickAndRevertLoadAfterTheLastCommit() throws IOException {
        git.run(work, "cherry-pick", "side~1");
        assertThat(calls()).containsExactly("post-commit");
        git.run(work, "revert", "--no-edit", "HEAD");
        assertThat(calls()).containsExactly("post-commit");
        git.run(work, "cherry-pick", "side~2..side");
        assertThat(calls()).containsExactly("post-commit");
        git.run(work, "revert", "--no-edit", "HEAD~2..HEAD");
        assertThat(calls()).containsExactly("post-commit");
        assertInStep();
    }

    @Test
    void amLoadsAfterTheLastPatch() throws IOException {
        git.run(work, "format-patch", "--quiet", "-o", git.home().toString(), "side~2..side");
        git.sh(work, "git am --quiet \"$HOME\"/*.patch");
        assertThat(calls()).containsExactly("reference-transaction");
        assertInStep();
    }

    @Test
    void commitAndAmendAdviseToPush() throws IOException {
        HermeticGit.write(work, "zodb/a", "edited\n");
        assertThat(git.run(work, "commit", "--quiet", "-a", "-m", "edit"))
                .isEqualTo("git zodb: zodb does not have this commit yet; run 'git zodb push'");
        HermeticGit.write(work, "zodb/a", "edited again\n");
        assertThat(git.run(work, "commit", "--quiet", "-a", "--amend", "--no-edit"))
                .contains("git zodb push");
        assertThat(calls()).isEmpty();
        assertThat(isPending()).isTrue();
    }

    @Test
    void followAllLoadsCommitsToo() throws IOException {
        state("all");
        git.commit(work, "zodb/a", "edited\n");
        assertThat(calls()).containsExactly("post-commit");
    }

    @Test
    void followOffOnlyAdvises() throws IOException {
        state("off");
        assertThat(git.run(work, "switch", "--quiet", "side")).contains("git zodb reload");
        assertThat(calls()).isEmpty();
        assertThat(isPending()).isTrue();
        assertThat(git.run(work, "switch", "--quiet", "main")).isEmpty();
        assertThat(isPending()).isFalse();
    }

    @Test
    void anotherWorkTreeIsNoneOfOurs() throws IOException {
        git.run(work, "worktree", "add", "--quiet", "../second", "side");
        // Since 2.46 git tells of the HEAD of a new work tree in the name of this one: a mark for nothing, which is
        // cheap.
        Files.deleteIfExists(work.resolve(".git/zodb/zodb/pending"));
        Path second = git.folder().resolve("second");
        git.commit(second, "zodb/a", "second\n");
        git.run(second, "reset", "--hard", "--quiet", "HEAD~1");
        assertThat(calls()).isEmpty();
        assertThat(isPending()).isFalse();
    }

    @Test
    void loadingInALinkedWorkTreeUsesItsOwnState() throws IOException {
        git.run(work, "worktree", "add", "--quiet", "--detach", "../second", "main");
        Path second = git.folder().resolve("second");
        Files.createDirectories(work.resolve(".git/worktrees/second/zodb/zodb"));
        Files.copy(work.resolve(".git/zodb/zodb/state"), work.resolve(".git/worktrees/second/zodb/zodb/state"));
        git.run(second, "switch", "--quiet", "side");
        assertThat(calls()).containsExactly("post-checkout");
        git.run(second, "rebase", "--quiet", "main");
        assertThat(calls()).containsExactly("post-rewrite");
        assertInStep();
    }

    @Test
    void aFailedLoadNeverBreaksGitUnlessAsked() throws IOException {
        launcher("#!/bin/sh\nexit 70\n");
        assertThat(git.run(work, "switch", "--quiet", "side"))
                .isEqualTo("git zodb: zodb did not follow HEAD; run 'git zodb reload'");
        assertThat(isPending()).isTrue();
        launcher("#!/bin/sh\necho 'git zodb: refused' >&2; exit 2\n");
        assertThat(git.run(work, "switch", "--quiet", "side~1", "--detach")).isEqualTo("git zodb: refused");
        git.run(work, "config", "zodb.hookStrict", "yes");
        assertThat(git.result(work, "checkout", "--quiet", "side").status()).isEqualTo(1);
    }

    @Test
    void aMissingToolIsSilentAndHarmless() throws IOException {
        Files.delete(tool.resolveSibling("../hooks/post-checkout"));
        assertThat(git.run(work, "switch", "--quiet", "side")).isEmpty();
        Files.delete(tool);
        assertThat(git.run(work, "reset", "--quiet", "--hard", "HEAD~1")).contains("git-zodb is not found");
    }

    @Test
    void aKilledLoadIsTriedAgainWhereverHeadGoes() throws IOException {
        Path state = work.resolve(".git/zodb/zodb/state");
        Files.writeString(state, Files.readString(state).replaceAll("tree .*", "tree " + "0".repeat(40)));
        git.run(work, "switch", "--quiet", "-c", "same");
        assertThat(calls()).containsExactly("post-checkout");
    }

    @Test
    void theVariableTurnsHooksOff() throws IOException {
        git.with("GIT_ZODB", "0");
        git.run(work, "switch", "--quiet", "side");
        git.run(work, "reset", "--hard", "--quiet", "HEAD~1");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aHookOfSomeoneElseStillGetsTheRefs() throws IOException {
        try (Repository repository = Repository.open(git.git(work))) {
            HookInstall.planRemoval(repository).apply();
            Path hook = work.resolve(".git/hooks/reference-transaction");
            Files.writeString(hook, "#!/bin/sh\nsed \"s/^/$1 /\" >>\"$HOME/refs\"\n");
            hook.toFile().setExecutable(true);
            HookInstall.plan(repository, tool).apply();
        }
        git.run(work, "reset", "--hard", "--quiet", "HEAD~1");
        assertThat(calls()).containsExactly("reference-transaction");
        String head = git.run(work, "rev-parse", "HEAD");
        assertThat(Files.readString(git.home().resolve("refs")))
                .containsPattern("prepared [0-9a-f]{40} " + head + " refs/heads/main\n")
                .containsPattern("committed [0-9a-f]{40} " + head + " refs/heads/main\n");
    }
}
