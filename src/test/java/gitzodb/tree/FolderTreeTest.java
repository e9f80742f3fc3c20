package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatIsThereNowAfterAListing() throws IOException {
        FolderTree tree = new FolderTree(folder);
        Path below = Files.createDirectories(folder.resolve("a"));
        Files.writeString(below.resolve("old"), "old");
        Files.writeString(below.resolve("gone"), "gone");
        assertThat(tree.list("a")).hasSize(2);
        Files.writeString(below.resolve("old"), "longer than before");
        Files.writeString(below.resolve("new"), "new");
        Files.delete(below.resolve("gone"));
        assertThat(tree.read("a/old")).isEqualTo(Bytes.utf8("longer than before"));
        assertThat(tree.read("a/new")).isEqualTo(Bytes.utf8("new"));
        assertThatThrownBy(() -> tree.read("a/gone")).isInstanceOf(NoSuchFileException.class);
        assertThat(tree.find("a/gone")).isEmpty();
    }

    @Test
    void followsNoLinkThatTookThePlaceOfAListedFile() throws IOException {
        FolderTree tree = new FolderTree(folder);
        Files.writeString(folder.resolve("secret"), "secret");
        Path file = folder.resolve("file");
        Files.writeString(file, "file");
        assertThat(tree.list("")).hasSize(2);
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("secret"));
        assertThatThrownBy(() -> tree.read("file")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> tree.open("file")).isInstanceOf(IOException.class);
    }

    @Test
    void takesTheFileOfAnotherFolderForNoListedOne() throws IOException {
        FolderTree tree = new FolderTree(folder);
        Files.createDirectories(folder.resolve("ab"));
        Files.writeString(Files.createDirectories(folder.resolve("ac")).resolve("x"), "x");
        Files.createDirectories(folder.resolve("ab/x"));
        assertThat(tree.list("ac")).hasSize(1);
        assertThat(tree.list("ab")).hasSize(1);
        assertThatThrownBy(() -> tree.read("ab/x")).isInstanceOf(TreeException.class);
        assertThat(tree.read("ac/x")).isEqualTo(Bytes.utf8("x"));
        assertThatThrownBy(() -> tree.read("/x")).isInstanceOf(IOException.class);
    }
}
