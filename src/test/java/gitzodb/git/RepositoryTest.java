package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    @TempDir
    Path folder;

    private HermeticGit git;
    private Path work;

    @BeforeEach
    void makeRepository() throws IOException {
        git = HermeticGit.in(folder);
        work = git.init("work tree");
    }

    private Repository open() throws IOException {
        return Repository.open(git.git(work));
    }

    @Test
    void knowsAnUnbornBranch() throws IOException {
        try (Repository repository = open()) {
            assertThat(repository.head().isUnborn()).isTrue();
            assertThat(repository.head().branch()).contains("refs/heads/main");
            assertThat(repository.workTree()).contains(work);
            assertThat(repository.isBare()).isFalse();
        }
    }

    @Test
    void writesAWholeHistoryThatGitAccepts() throws IOException {
        ObjectId commit;
        try (Repository repository = open()) {
            ObjectId tree;
            try (TreeEditor editor = TreeEditor.of(repository, TreeEditor.emptyTree(), "zodb")) {
                editor.put("b/c.py", Bytes.utf8("return 1\n"));
                editor.put("b.txt", Bytes.utf8("x"));
                tree = editor.write();
            }
            Person ida = new Person("ida", "ida@zodb.invalid", Instant.parse("2026-01-02T03:04:05.9Z"));
            String message = Trailer.append("First", List.of(new Trailer("Zodb-Tid", "03f6dcd2f24cbead")));
            commit = repository.commits().write(tree, List.of(), ida, ida, message);
            repository.refs().update("zodb: first", RefUpdate.create("refs/heads/main", commit));
            assertThat(repository.head().commit()).contains(commit);
            assertThat(repository.commits().read(commit).trailer("zodb-tid")).contains("03f6dcd2f24cbead");
        }
        git.run(work, "fsck", "--strict");
        assertThat(git.run(work, "ls-tree", "-r", "--name-only", "main")).isEqualTo("zodb/b.txt\nzodb/b/c.py");
        assertThat(git.run(work, "log", "--format=%an %ae %ad %s"))
                .contains("ida ida@zodb.invalid Fri Jan 2 03:04:05 2026 +0000 First");
        assertThat(git.run(work, "reflog", "main")).contains("zodb: first");
    }

    @Test
    void opensALinkedWorkTree() throws IOException {
        git.commit(work, "a", "1");
        git.run(work, "worktree", "add", "--quiet", "../second");
        Path second = git.folder().resolve("second");
        try (Repository repository = Repository.open(git.git(second))) {
            assertThat(repository.isLinkedWorkTree()).isTrue();
            assertThat(repository.gitDirectory()).isEqualTo(work.resolve(".git/worktrees/second"));
            assertThat(repository.commonDirectory()).isEqualTo(work.resolve(".git"));
            assertThat(repository.head().branch()).contains("refs/heads/second");
        }
    }

    @Test
    void opensABareRepository() throws IOException {
        git.run(git.folder(), "init", "--quiet", "--bare", "bare.git");
        try (Repository repository = Repository.open(git.git(git.folder().resolve("bare.git")))) {
            assertThat(repository.isBare()).isTrue();
            assertThat(repository.workTree()).isEmpty();
            assertThatThrownBy(repository::files).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesWhatIsNoRepository() {
        assertThatThrownBy(() -> Repository.open(git.git(git.home())))
                .isInstanceOf(NotARepositoryException.class)
                .hasMessageContaining("not a git repository");
    }

    @Test
    void refusesSha256ByName() throws IOException {
        git.run(git.folder(), "init", "--quiet", "--object-format=sha256", "new");
        assertThatThrownBy(() -> Repository.open(git.git(git.folder().resolve("new"))))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("sha256");
    }

    @Test
    void writesNoProbeFileAndReadsNoConfigurationOfTheUser() throws IOException {
        git.commit(work, "a", "1");
        try (Repository repository = open()) {
            assertThat(repository
                            .commits()
                            .firstParents(repository.head().commit().orElseThrow(), 9))
                    .hasSize(1);
        }
        assertThat(Files.exists(git.home().resolve(".config"))).isFalse();
        try (var files = Files.walk(work)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(".probe"));
        }
    }

    @Test
    void namesWhatIsUnderWay() throws IOException {
        git.commit(work, "a", "1\n");
        git.run(work, "switch", "--quiet", "-c", "side");
        git.commit(work, "a", "2\n");
        git.run(work, "switch", "--quiet", "main");
        git.commit(work, "a", "3\n");
        try (Repository repository = open()) {
            assertThat(repository.operations()).isEmpty();
            git.result(work, "merge", "side");
            assertThat(repository.operations()).containsExactly(Operation.MERGE);
            assertThat(repository.files().unmerged("")).containsExactly("a");
            git.run(work, "merge", "--abort");
            git.result(work, "rebase", "side");
            assertThat(repository.operations()).contains(Operation.REBASE);
            git.run(work, "rebase", "--abort");
            git.result(work, "cherry-pick", "side");
            assertThat(repository.operations()).containsExactly(Operation.CHERRY_PICK);
            git.run(work, "cherry-pick", "--abort");
            git.result(work, "revert", "--no-edit", "side");
            assertThat(repository.operations()).containsExactly(Operation.REVERT);
            git.run(work, "revert", "--abort");
            git.result(work, "rebase", "--apply", "side");
            assertThat(repository.operations()).containsExactly(Operation.REBASE_APPLY);
            git.run(work, "rebase", "--abort");
            git.run(work, "bisect", "start");
            assertThat(repository.operations()).containsExactly(Operation.BISECT);
        }
    }

    @Test
    void seesDirtyFilesBelowAFolderOnly() throws IOException {
        git.commit(work, "zodb/a", "1\n");
        HermeticGit.write(work, "other", "x");
        try (Repository repository = open()) {
            assertThat(repository.files().dirty("zodb")).isEmpty();
            HermeticGit.write(work, "zodb/a", "2\n");
            HermeticGit.write(work, "zodb/ü *", "new");
            assertThat(repository.files().dirty("zodb")).containsExactly("zodb/a", "zodb/ü *");
        }
    }
}
