package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectBatchTest {
    private static final Person IDA = new Person("Ida", "ida@example.org", Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path folder;

    private HermeticGit git;
    private Path work;
    private Repository repository;

    @BeforeEach
    void open() throws IOException {
        git = HermeticGit.in(folder);
        work = git.init("work");
        repository = Repository.open(git.git(work));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    /** A few objects become loose ones, many a pack. */
    @ParameterizedTest
    @ValueSource(ints = {2, 60})
    void treesAreReadBeforeTheyAreInTheRepository(int steps) throws IOException {
        ObjectId tree = TreeEditor.emptyTree();
        ObjectId commit;
        try (ObjectBatch batch = ObjectBatch.open(repository)) {
            for (int i = 0; i < steps; i++) {
                tree = put(batch, tree, "a/b/file" + i);
            }
            commit = Commits.write(batch, tree, List.of(), IDA, IDA, "all");
            assertThat(git.result(work, "cat-file", "-e", tree.name()).succeeded())
                    .isFalse();
            batch.flush();
        }
        assertThat(git.run(work, "ls-tree", "-r", "--name-only", commit.name()).lines())
                .hasSize(steps);
        git.run(work, "fsck", "--strict", commit.name());
        try (GitTree read = repository.tree(commit, "a/b")) {
            assertThat(read.list("")).hasSize(steps);
        }
    }

    @Test
    void goesOnAfterAFlush() throws IOException {
        ObjectId tree = TreeEditor.emptyTree();
        try (ObjectBatch batch = ObjectBatch.open(repository)) {
            for (int part = 0; part < 3; part++) {
                for (int i = 0; i < 20; i++) {
                    tree = put(batch, tree, part + "/file" + i);
                }
                batch.flush();
                assertThat(git.run(work, "ls-tree", "-r", "--name-only", tree.name())
                                .lines())
                        .hasSize(20 * (part + 1));
            }
            tree = put(batch, tree, "one more");
            batch.flush();
        }
        assertThat(git.run(work, "ls-tree", "-r", "--name-only", tree.name()).lines())
                .hasSize(61);
    }

    @Test
    void leavesNothingUnlessFlushed() throws IOException {
        ObjectId tree = TreeEditor.emptyTree();
        try (ObjectBatch batch = ObjectBatch.open(repository)) {
            for (int i = 0; i < 60; i++) {
                tree = put(batch, tree, "file" + i);
            }
        }
        assertThat(git.run(work, "count-objects", "-v")).contains("count: 0\n", "in-pack: 0\n", "garbage: 0\n");
        ObjectId lost = tree;
        assertThatThrownBy(() -> {
                    try (ObjectBatch batch = ObjectBatch.open(repository)) {
                        put(batch, lost, "more");
                    }
                })
                .isInstanceOf(GitException.class)
                .hasMessageContaining(lost.name());
    }

    private static ObjectId put(ObjectBatch batch, ObjectId tree, String path) throws IOException {
        try (TreeEditor editor = TreeEditor.of(batch, tree, "")) {
            editor.put(path, Bytes.utf8(path));
            return editor.write();
        }
    }
}
