package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeEditorTest {
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

    private String files(ObjectId tree) throws IOException {
        return git.run(work, "ls-tree", "-r", "--name-only", tree.name()).replace('\n', ' ');
    }

    private ObjectId tree(String... paths) throws IOException {
        try (TreeEditor editor = TreeEditor.of(repository, TreeEditor.emptyTree(), "")) {
            for (String path : paths) {
                editor.put(path, Bytes.utf8(path));
            }
            return editor.write();
        }
    }

    @Test
    void leavesEverythingOutsideTheFolderAlone() throws IOException {
        ObjectId base = tree("a", "zodb/x", "zodb/y/z", "zz/b");
        try (TreeEditor editor = TreeEditor.of(repository, base, "zodb")) {
            editor.put("n/e/w", Bytes.utf8("new"));
            editor.delete("y/z");
            assertThat(files(editor.write())).isEqualTo("a zodb/n/e/w zodb/x zz/b");
        }
        try (TreeEditor editor = TreeEditor.replacing(repository, base, "zodb")) {
            editor.put("y/only", Bytes.utf8("only"));
            assertThat(files(editor.write())).isEqualTo("a zodb/y/only zz/b");
        }
        try (TreeEditor editor = TreeEditor.replacing(repository, base, "zodb")) {
            assertThat(files(editor.write())).isEqualTo("a zz/b");
        }
    }

    @Test
    void aFileBecomesAFolderAndBack() throws IOException {
        ObjectId base = tree("a", "b/c", "b/d");
        try (TreeEditor editor = TreeEditor.of(repository, base, "")) {
            editor.delete("a");
            editor.put("a/x", Bytes.utf8("x"));
            editor.delete("b/c");
            editor.delete("b/d");
            editor.put("b", Bytes.utf8("file"));
            assertThat(files(editor.write())).isEqualTo("a/x b");
        }
    }

    @Test
    void deletingBelowAFileThatReplacedAFolderKeepsTheFile() throws IOException {
        ObjectId base = tree("a/x", "b");
        for (boolean inTwo : new boolean[] {false, true}) {
            try (TreeEditor editor = TreeEditor.of(repository, base, "")) {
                editor.put("a", Bytes.utf8("file"));
                if (inTwo) {
                    editor.makeFolders();
                }
                editor.delete("a/x");
                assertThat(files(editor.write())).isEqualTo("a b");
            }
        }
    }

    @Test
    void deletingAFolderAndPuttingBelowItKeepsOnlyWhatWasPut() throws IOException {
        ObjectId base = tree("a/b/c", "a/b/d");
        try (TreeEditor editor = TreeEditor.of(repository, base, "")) {
            editor.delete("a");
            editor.put("a/b/e", Bytes.utf8("e"));
            assertThat(files(editor.write())).isEqualTo("a/b/e");
        }
    }

    @Test
    void noChangeGivesTheSameTree() throws IOException {
        ObjectId base = tree("a", "zodb/x");
        try (TreeEditor editor = TreeEditor.of(repository, base, "zodb")) {
            assertThat(editor.write()).isEqualTo(base);
        }
        try (TreeEditor editor = TreeEditor.of(repository, base, "zodb")) {
            editor.put("x", Bytes.utf8("zodb/x"));
            assertThat(editor.write()).isEqualTo(base);
        }
        assertThat(tree()).isEqualTo(TreeEditor.emptyTree());
        git.run(work, "fsck", "--strict");
    }

    @Test
    void agreesWithAMapAfterRandomEdits() throws IOException {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<String, String> expected = new TreeMap<>();
        ObjectId tree = TreeEditor.emptyTree();
        for (int round = 0; round < 30; round++) {
            ObjectId before = tree;
            TreeMap<String, String> old = new TreeMap<>(expected);
            try (TreeEditor editor = TreeEditor.of(repository, tree, "z")) {
                for (int edit = 0; edit < 12; edit++) {
                    String path =
                            Stream.generate(() -> List.of("a", "b", "a.x", "b-").get(random.nextInt(4)))
                                            .limit(random.nextInt(1, 4))
                                            .collect(Collectors.joining("/"))
                                    + "/f" + random.nextInt(3);
                    if (random.nextInt(3) == 0) {
                        editor.delete(path);
                        expected.remove(path);
                    } else {
                        String content = "content " + random.nextInt(5);
                        editor.put(path, Bytes.utf8(content));
                        expected.put(path, content);
                    }
                    if (random.nextInt(6) == 0) {
                        editor.makeFolders();
                    }
                }
                tree = editor.write();
            }
            TreeMap<String, String> found = new TreeMap<>();
            try (GitTree now = GitTree.of(repository, tree, "z");
                    GitTree then = GitTree.of(repository, before, "z")) {
                for (TreeChange change : now.files()) {
                    found.put(change.path(), new String(now.read(change.path()).toArray(), StandardCharsets.UTF_8));
                }
                assertThat(found).as("seed %d round %d", seed, round).isEqualTo(expected);
                TreeMap<String, String> changed = new TreeMap<>(old);
                int differing = then.changesTo(now).size();
                assertThat(then.countChangesTo(now, Integer.MAX_VALUE)).isEqualTo(differing);
                assertThat(then.countChangesTo(now, 1)).isEqualTo(Math.min(1, differing));
                for (TreeChange change : then.changesTo(now)) {
                    if (change.isRemoved()) {
                        changed.remove(change.path());
                    } else {
                        changed.put(change.path(), expected.get(change.path()));
                    }
                    assertThat(change.isAdded()).isEqualTo(!old.containsKey(change.path()));
                }
                assertThat(changed).as("changes, seed %d round %d", seed, round).isEqualTo(expected);
            }
        }
        assertThat(git.run(work, "fsck", "--strict")).doesNotContain("error");
    }

    @Test
    void refusesNamesThatAreUnsafeSomewhere() throws IOException {
        for (String name : List.of(".git", ".GIT", "git~1", "CON", "a:b", "a\\b", "trailing.", "trailing ", "..")) {
            try (TreeEditor editor = TreeEditor.of(repository, TreeEditor.emptyTree(), "zodb")) {
                editor.put(name, Bytes.EMPTY);
                assertThatThrownBy(editor::write).as(name).isInstanceOf(GitException.class);
            }
        }
        assertThatThrownBy(() -> tree("a", "A")).isInstanceOf(GitException.class);
    }

    @Test
    void readsAndKeepsWhateverNamesOthersWrote() throws IOException {
        String blob = git.sh(work, "echo x | git hash-object -w --stdin");
        String rows = "100644 blob " + blob + "\\tA\\n100644 blob " + blob + "\\tCON.txt\\n100644 blob " + blob
                + "\\ta\\n100644 blob " + blob + "\\t\\303\\251\\377z\\n";
        String tree = git.sh(work, "printf '" + rows + "' | git mktree");
        try (GitTree read = GitTree.of(repository, ObjectId.fromString(tree), "")) {
            assertThat(read.list("")).extracting(TreeEntry::name).containsExactly("A", "CON.txt", "a", "\u00e9\udcffz");
            assertThat(read.read("\u00e9\udcffz")).isEqualTo(Bytes.utf8("x\n"));
        }
        ObjectId edited;
        try (TreeEditor editor = TreeEditor.of(repository, ObjectId.fromString(tree), "zodb")) {
            editor.put("file", Bytes.EMPTY);
            edited = editor.write();
        }
        try (TreeEditor editor = TreeEditor.of(repository, edited, "zodb")) {
            editor.delete("file");
            assertThat(editor.write().name()).isEqualTo(tree);
        }
    }

    @Test
    void tellsLinksAndSubmodulesFromFiles() throws IOException {
        Files.createSymbolicLink(work.resolve("link"), Path.of("elsewhere"));
        git.run(work, "add", "--all");
        ObjectId tree = ObjectId.fromString(git.run(work, "write-tree"));
        try (GitTree read = GitTree.of(repository, tree, "")) {
            assertThat(read.list("")).extracting(TreeEntry::kind).containsExactly(TreeEntry.Kind.LINK);
            assertThatThrownBy(() -> read.read("link")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void manyFilesGoIntoOnePackInSeconds() throws IOException {
        long start = System.nanoTime();
        ObjectId tree;
        try (TreeEditor editor = TreeEditor.of(repository, TreeEditor.emptyTree(), "zodb")) {
            for (int i = 0; i < 20_000; i++) {
                editor.put("folder " + i % 100 + "/file " + i, Bytes.utf8("content of file " + i + "\n"));
            }
            tree = editor.write();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(git.run(work, "count-objects", "-v")).contains("count: 0").contains("packs: 1");
        try (TreeEditor editor = TreeEditor.of(repository, tree, "zodb")) {
            editor.put("folder 7/file 7", Bytes.utf8("changed"));
            ObjectId changed = editor.write();
            try (GitTree before = GitTree.of(repository, tree, "zodb");
                    GitTree after = GitTree.of(repository, changed, "zodb")) {
                assertThat(before.changesTo(after)).extracting(TreeChange::path).containsExactly("folder 7/file 7");
            }
        }
        assertThat(git.run(work, "count-objects")).startsWith("4 objects");
        git.run(work, "fsck", "--strict");
    }
}
