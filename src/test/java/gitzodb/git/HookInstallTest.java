package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookInstallTest {
    /** A git that knows only hook files; newer ones run them too. */
    private static final GitVersion FILES = new GitVersion(2, 39);

    @TempDir
    Path folder;

    private HermeticGit git;
    private Path work;
    private Path tool;

    @BeforeEach
    void prepare() throws IOException {
        git = HermeticGit.in(folder);
        tool = InstalledTool.in(git.folder().resolve("it's %a tool"));
        work = git.init("work tree");
    }

    private void install() throws IOException {
        try (Repository repository = Repository.open(git.git(work))) {
            HookInstall.plan(repository, tool, FILES).apply();
        }
    }

    private void uninstall() throws IOException {
        try (Repository repository = Repository.open(git.git(work))) {
            HookInstall.planRemoval(repository).apply();
        }
    }

    private void hook(Path hooks, String name, String mode, String content) throws IOException {
        Path file = Files.createDirectories(hooks).resolve(name);
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** Returns name, mode and bytes of everything below a folder, links not followed. */
    private static SortedMap<String, String> listing(Path folder) throws IOException {
        SortedMap<String, String> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String content = Files.isSymbolicLink(file)
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file)
                                ? ""
                                : PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                        + Files.readString(file, StandardCharsets.ISO_8859_1);
                listing.put(folder.relativize(file).toString(), content);
            }
        }
        return listing;
    }

    @Test
    void uninstallRestoresEveryHookByteForByte() throws IOException {
        Path hooks = work.resolve(".git/hooks");
        hook(hooks, "post-checkout", "rwxr-x---", "#!/bin/sh\ngit lfs post-checkout \"$@\"\n");
        hook(hooks, "post-merge", "rwx------", "#!/usr/bin/env bash\nset -e # no line end, byte \u00e9");
        hook(hooks, "post-commit", "rwxr-xr-x", "#!/usr/bin/env python3\nprint('x')\n");
        hook(hooks, "post-rewrite", "rw-r--r--", "#!/bin/sh\nexit 1\n");
        hook(hooks, "real", "rwxr-xr-x", "#!/bin/sh\n");
        Files.createSymbolicLink(hooks.resolve("post-index-change"), Path.of("real"));
        var before = listing(work.resolve(".git"));
        install();
        assertThat(listing(work.resolve(".git"))).isNotEqualTo(before).containsKey("hooks/reference-transaction");
        uninstall();
        assertThat(listing(work.resolve(".git"))).isEqualTo(before);
    }

    @Test
    void installingTwiceChangesNothing() throws IOException {
        hook(work.resolve(".git/hooks"), "post-commit", "rwxr-xr-x", "#!/usr/bin/perl\n1;\n");
        install();
        var once = listing(work.resolve(".git"));
        try (Repository repository = Repository.open(git.git(work))) {
            assertThat(HookInstall.plan(repository, tool, FILES).steps()).isEmpty();
        }
        install();
        assertThat(listing(work.resolve(".git"))).isEqualTo(once);
    }

    @Test
    void aPlanAloneTouchesNothing() throws IOException {
        var before = listing(work.resolve(".git"));
        try (Repository repository = Repository.open(git.git(work))) {
            assertThat(HookInstall.plan(repository, tool, FILES).steps())
                    .contains("create " + work.resolve(".git/hooks/post-checkout"));
        }
        assertThat(listing(work.resolve(".git"))).isEqualTo(before);
    }

    @Test
    void keepsHooksOfOthersRunning() throws IOException {
        Path hooks = work.resolve(".git/hooks");
        hook(hooks, "post-commit", "rwxr-xr-x", "#!/bin/bash\nset -eu\necho shell ran >&2\nexit 0\n");
        hook(hooks, "post-checkout", "rwxr-xr-x", "#!/usr/bin/env -S awk -f\nBEGIN { print \"awk ran \" ARGC }\n");
        hook(hooks, "post-merge", "rw-r--r--", "#!/bin/sh\necho never\n");
        install();
        assertThat(git.run(work, "commit", "--quiet", "--allow-empty", "-m", "x"))
                .contains("shell ran");
        assertThat(git.run(work, "switch", "--quiet", "-c", "new")).contains("awk ran 4");
        git.run(work, "commit", "--quiet", "--allow-empty", "-m", "y");
        git.run(work, "switch", "--quiet", "main");
        assertThat(git.run(work, "merge", "new")).doesNotContain("never");
    }

    @Test
    void whatTheUserWroteAroundOurLinesStays() throws IOException {
        install();
        Path hook = work.resolve(".git/hooks/post-merge");
        Files.writeString(hook, Files.readString(hook) + "echo mine\n");
        uninstall();
        assertThat(hook).hasContent("#!/bin/sh\necho mine\n");
    }

    @Test
    void writesWhereTheHooksPathPoints() throws IOException {
        git.run(work, "config", "core.hooksPath", ".husky/_");
        hook(work.resolve(".husky/_"), "post-checkout", "rwxr-xr-x", "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"\n");
        install();
        assertThat(work.resolve(".husky/_/post-checkout"))
                .content()
                .contains("git zodb install")
                .endsWith("/h\"\n");
        assertThat(work.resolve(".git/hooks/post-checkout")).doesNotExist();
        uninstall();
        assertThat(work.resolve(".husky/_/post-checkout")).hasContent("#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"\n");
        assertThat(work.resolve(".husky/_/post-merge")).doesNotExist();
    }

    @Test
    void newGitGetsHooksInItsConfiguration() throws IOException {
        String before = Files.readString(work.resolve(".git/config"));
        try (Repository repository = Repository.open(git.git(work))) {
            HookInstall.plan(repository, tool, FILES).apply();
            HookInstall.plan(repository, tool, new GitVersion(2, 54)).apply();
            assertThat(work.resolve(".git/hooks/post-checkout")).doesNotExist();
            assertThat(git.run(work, "config", "hook.zodb-post-merge.event")).isEqualTo("post-merge");
            String command = git.run(work, "config", "hook.zodb-post-merge.command");
            git.sh(work, command + " 0");
            assertThat(HookInstall.plan(repository, tool, new GitVersion(2, 55)).steps())
                    .isEmpty();
            HookInstall.planRemoval(repository).apply();
        }
        assertThat(Files.readString(work.resolve(".git/config"))).isEqualTo(before);
    }

    @Test
    void aFailureHalfWayLeavesNothingBehind() throws IOException {
        Path hooks = work.resolve(".git/hooks");
        hook(hooks, "post-commit", "rwxr-xr-x", "#!/usr/bin/perl\n1;\n");
        Files.createDirectories(hooks.resolve("reference-transaction"));
        hook(hooks, "reference-transaction" + HookFile.ASIDE, "rwxr-xr-x", "in the way");
        Files.delete(hooks.resolve("reference-transaction"));
        hook(hooks, "reference-transaction", "rwxr-xr-x", "#!/usr/bin/perl\n2;\n");
        var before = listing(work.resolve(".git"));
        assertThatThrownBy(this::install).isInstanceOf(GitException.class).hasMessageContaining("nothing was changed");
        assertThat(listing(work.resolve(".git"))).isEqualTo(before);
    }

    @Test
    void theAliasWorksInAFolderBelowAndWithOddPaths() throws IOException {
        Files.writeString(tool, "#!/bin/sh\npwd\necho \"$*\"\n");
        install();
        HermeticGit.write(work, "a b/c", "x");
        assertThat(git.run(work.resolve("a b"), "zodb", "status", "x y"))
                .isEqualTo(work.resolve("a b") + "\nstatus x y");
        uninstall();
        assertThat(git.result(work, "config", "alias.zodb").status()).isEqualTo(1);
    }

    @Test
    void noAliasWhereTheProgramIsOnPathOrTheUserHasOne() throws IOException {
        git.run(work, "config", "alias.zodb", "!echo mine");
        install();
        uninstall();
        assertThat(git.run(work, "config", "alias.zodb")).isEqualTo("!echo mine");
        git.run(work, "config", "--unset", "alias.zodb");
        git.with("PATH", tool.getParent() + ":" + git.environment().get("PATH"));
        install();
        assertThat(git.result(work, "config", "alias.zodb").status()).isEqualTo(1);
    }
}
