package gitzodb.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.filestorage.FileStorage;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeSiteTest {
    @TempDir
    Path folder;

    @Test
    void isTheSameForTheSameSize() throws IOException {
        CodeSite.write(folder.resolve("a.fs"), 200);
        CodeSite.write(folder.resolve("b.fs"), 200);

        assertThat(folder.resolve("a.fs")).hasSameBinaryContentAs(folder.resolve("b.fs"));
    }

    @Test
    void editsOneScriptATransaction() throws IOException {
        Path site = folder.resolve("Data.fs");
        CodeSite.write(site, 200);
        long before = Files.size(site);

        CodeSite.edit(site, 3);

        assertThat(Files.size(site)).isGreaterThan(before);
        var options = FileStorage.Options.of(InstantSource.system());
        try (var storage = FileStorage.open(site, options);
                var now = storage.snapshot()) {
            assertThat(now.transactionsSince(Tid.NONE)).hasSize(4);
            assertThat(now.highestOid().value()).isBetween(199L, 203L);
        }
    }
}
