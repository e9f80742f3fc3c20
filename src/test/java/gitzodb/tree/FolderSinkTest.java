package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSinkTest {
    private static final Bytes CONTENT = Bytes.utf8("content");

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void makeTree() throws IOException {
        folder = temp.resolve("tree");
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.put(FileNames.SETTINGS, CONTENT);
            sink.put("a/b/x.zodb.xml", CONTENT);
        }
    }

    @Test
    void refusesAFolderThatIsNoTree() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("precious.txt"), "mine");
        assertThatThrownBy(() -> FolderSink.open(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void leavesAFileThatHasTheBytesAlone() throws IOException {
        Path file = folder.resolve("a/b/x.zodb.xml");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.put("a/b/x.zodb.xml", CONTENT);
        }
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Path target = Files.writeString(outside.resolve("target"), "mine");
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("a/file"), target);
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.delete("link/target");
            sink.put("link/new", CONTENT);
            sink.put("a/file", CONTENT);
        }
        assertThat(outside).isDirectoryContaining(path -> path.equals(target)).isDirectoryNotContaining("glob:**new");
        assertThat(target).hasContent("mine");
        assertThat(folder.resolve("a/file")).hasContent("content").isRegularFile();
        assertThat(Files.isSymbolicLink(folder.resolve("a/file"))).isFalse();
    }

    @Test
    void readsThroughNoLink() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), temp);
        FolderTree tree = new FolderTree(folder);
        assertThat(tree.find("link").orElseThrow().kind()).isEqualTo(FileTree.Kind.OTHER);
        assertThat(tree.find("link/tree")).isEmpty();
        assertThat(tree.list("link")).isEmpty();
        assertThatThrownBy(() -> tree.read("link/tree/.zodbconfig")).isInstanceOf(IOException.class);
    }

    @Test
    void leavesNoEmptyFolders() throws IOException {
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.delete("a/b/x.zodb.xml");
            sink.delete("not/there");
        }
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void letsAFileTakeThePlaceOfAFolderAndBack() throws IOException {
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.put("a/b", CONTENT);
            sink.put("a/b/c", CONTENT);
        }
        assertThat(folder.resolve("a/b/c")).hasContent("content");
    }

    @Test
    void removesWhatIsStaleButNoFileOfGit() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref");
        Files.writeString(folder.resolve(FileNames.IGNORE), "log");
        Files.writeString(folder.resolve("stray"), "stray");
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.put(FileNames.SETTINGS, CONTENT);
            sink.removeStale();
        }
        assertThat(folder.resolve(".git/HEAD")).exists();
        assertThat(folder.resolve(FileNames.IGNORE)).exists();
        assertThat(folder.resolve("stray")).doesNotExist();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void refusesPathsThatLeaveTheFolder() throws IOException {
        try (FolderSink sink = FolderSink.open(folder)) {
            for (String path : List.of("../x", "a/../../x", "/x", "a//x", ".")) {
                assertThatThrownBy(() -> sink.put(path, CONTENT)).as(path).isInstanceOf(IOException.class);
            }
        }
        assertThat(temp.resolve("x")).doesNotExist();
    }

    @Test
    void keepsWhatItPutIntoNewFoldersAlsoAfterADeletion() throws IOException {
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.put(FileNames.SETTINGS, CONTENT);
            for (String path : List.of("a/b/x.zodb.xml", "new/one", "new/two", "new/deep/three", "gone/four")) {
                sink.put(path, CONTENT);
            }
            sink.delete("new/one");
            sink.delete("gone/four");
            Files.writeString(Files.createDirectories(folder.resolve("old")).resolve("stray"), "stray");
            sink.removeStale();
        }
        assertThat(folder.resolve("new/two")).hasContent("content");
        assertThat(folder.resolve("new/deep/three")).hasContent("content");
        assertThat(folder.resolve("a/b/x.zodb.xml")).hasContent("content");
        for (String path : List.of("new/one", "gone", "old")) {
            assertThat(folder.resolve(path)).doesNotExist();
        }
    }

    @Test
    void whatAppearsInANewFolderIsReplacedAndNotWrittenThrough() throws IOException {
        Path target = Files.writeString(temp.resolve("target"), "mine");
        try (FolderSink sink = FolderSink.open(folder)) {
            sink.put("new/one", CONTENT);
            Files.createSymbolicLink(folder.resolve("new/two"), target);
            Files.writeString(folder.resolve("new/three"), "other");
            sink.put("new/two", CONTENT);
            sink.put("new/three", CONTENT);
            sink.put("new/one", Bytes.utf8("again"));
            sink.put("new/four", target);
        }
        assertThat(target).hasContent("mine");
        assertThat(folder.resolve("new/one")).hasContent("again");
        assertThat(folder.resolve("new/two")).hasContent("content").isRegularFile();
        assertThat(Files.isSymbolicLink(folder.resolve("new/two"))).isFalse();
        assertThat(folder.resolve("new/three")).hasContent("content");
        assertThat(folder.resolve("new/four")).hasContent("mine");
    }

    @Test
    void severalThreadsWriteAtOnce() throws Exception {
        List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
        try (FolderSink sink = FolderSink.open(folder)) {
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = 0; i < 200; i++) {
                            sink.put("many/" + i % 7 + "/" + number + "-" + i, Bytes.utf8(number + " " + i));
                            sink.put("a/" + i % 3 + "-" + number, Bytes.utf8(number + " " + i));
                        }
                    } catch (IOException | RuntimeException e) {
                        errors.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(errors).isEmpty();
        for (int thread = 0; thread < 4; thread++) {
            for (int i = 0; i < 200; i++) {
                assertThat(folder.resolve("many/" + i % 7 + "/" + thread + "-" + i))
                        .hasContent(thread + " " + i);
            }
            assertThat(folder.resolve("a/1-" + thread)).hasContent(thread + " 199");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**unfinished**");
    }
}
