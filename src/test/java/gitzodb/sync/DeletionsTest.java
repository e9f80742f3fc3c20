package gitzodb.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.load.LoadResult.Change;
import gitzodb.load.LoadResult.Kind;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionsTest {
    @TempDir
    Path folder;

    @Test
    void remembersWhatWentUntilItIsThereAgain() throws IOException {
        Path file = folder.resolve("deleted");
        Deletions.read(file)
                .after(List.of(
                        new Change(Kind.GONE, new Oid(-2), "/Application/a b"),
                        new Change(Kind.CHANGED, new Oid(3), "/Application"),
                        new Change(Kind.GONE, new Oid(4), "/Application/c#d/@@0")))
                .write(file);
        Deletions read = Deletions.read(file);
        assertThat(read.byPath())
                .isEqualTo(Map.of("/Application/a b", new Oid(-2), "/Application/c#d/@@0", new Oid(4)));
        read.after(List.of(new Change(Kind.NEW, new Oid(4), "/Application/c#d/@@0")))
                .write(file);
        assertThat(Deletions.read(file).byPath()).containsOnlyKeys("/Application/a b");
    }

    @Test
    void doesWithoutADamagedFile() throws IOException {
        Path file = folder.resolve("deleted");
        Files.writeString(file, "\n0000\nzzzzzzzzzzzzzzzz /a\n0000000000000005 /b\n0000000000000006\n");
        assertThat(Deletions.read(file).byPath()).isEqualTo(Map.of("/b", new Oid(5)));
    }
}
