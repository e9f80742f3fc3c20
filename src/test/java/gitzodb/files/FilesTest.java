package gitzodb.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.files.SafeFolder.Entry;
import gitzodb.files.SafeFolder.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class FilesTest {
    @TempDir
    private Path temp;

    @Test
    void aFailedWriteLeavesTheOldFileAndNoOther() throws IOException {
        Path file = Files.writeString(temp.resolve("a"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(temp).isDirectoryContaining(file::equals);
        assertThat(temp.toFile().list()).hasSize(1);
    }

    @Test
    void writesOnlyWhatChanged() throws IOException {
        Path file = temp.resolve("a");
        assertThat(AtomicFile.writeIfChanged(file, Bytes.utf8("x"))).isTrue();
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, old);

        assertThat(AtomicFile.writeIfChanged(file, Bytes.utf8("x"))).isFalse();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
        assertThat(AtomicFile.writeIfChanged(file, Bytes.utf8("y"))).isTrue();
        assertThat(file).hasContent("y");
    }

    @Test
    void replacesALinkAndNotWhereItLeads() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside"), "mine");
        Path link = Files.createSymbolicLink(temp.resolve("link"), outside);

        AtomicFile.writeIfChanged(link, Bytes.utf8("mine"));
        AtomicFile.write(link, Bytes.utf8("new"));

        assertThat(outside).hasContent("mine");
        assertThat(link).isRegularFile().hasContent("new");
    }

    @Test
    void aLockExcludesOthersUntilItIsClosed() throws IOException {
        Path file = temp.resolve("lock-ü");
        FileLock lock = FileLock.tryLock(file).orElseThrow();
        assertThat(FileLock.tryLock(file)).isEmpty();
        assertThat(FileLock.lock(file, Duration.ofMillis(30))).isEmpty();
        lock.close();
        lock.close();
        FileLock.tryLock(file).orElseThrow().close();
    }

    @Test
    void aFolderIsListedInOrderAndSaysWhatIsALink() throws IOException {
        SafeFolder folder = new SafeFolder(temp.resolve("root"));
        assertThat(folder.list("")).isEmpty();
        folder.write("b/c", Bytes.utf8("c"));
        folder.write("a", Bytes.utf8("a"));
        Files.createSymbolicLink(temp.resolve("root/link"), temp.resolve("root/b"));

        assertThat(folder.list(""))
                .isEqualTo(
                        List.of(new Entry("a", Kind.FILE), new Entry("b", Kind.FOLDER), new Entry("link", Kind.OTHER)));
        assertThat(folder.read("b/c")).isEqualTo(Bytes.utf8("c"));
        assertThat(folder.kind("a/c")).isEmpty();
        assertThat(folder.kind("")).isEqualTo(Optional.of(Kind.FOLDER));
    }

    @Test
    void aLinkIsNeverFollowed() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        SafeFolder folder = new SafeFolder(Files.createDirectory(temp.resolve("root")));
        Files.createSymbolicLink(temp.resolve("root/out"), outside);
        Files.createSymbolicLink(temp.resolve("root/file"), outside.resolve("secret"));

        assertThat(folder.list("out")).isEmpty();
        assertThat(folder.kind("out/secret")).isEmpty();
        assertThatThrownBy(() -> folder.read("out/secret")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder.open("file")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder.write("out/new", Bytes.EMPTY)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder.write("file", Bytes.EMPTY)).isInstanceOf(IOException.class);
        folder.delete("out/secret");
        folder.delete("file");
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(temp.resolve("root/file")).doesNotExist();
    }

    @Test
    void deletingTheLastFileDeletesItsFolders() throws IOException {
        SafeFolder folder = new SafeFolder(temp.resolve("root"));
        folder.write("a/b/c", Bytes.EMPTY);
        folder.write("a/d", Bytes.EMPTY);

        folder.delete("a/b/c");
        folder.delete("a/never/there");

        assertThat(folder.list("a")).containsExactly(new Entry("d", Kind.FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", "/etc", "a//b", "a/", ".", "a\0b"})
    void aPathThatCouldLeadOutIsAWrongCall(String path) {
        assertThatThrownBy(() -> new SafeFolder(temp).kind(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
