package gitzodb.filestorage;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import gitzodb.pickle.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Python2SiteTest {
    @TempDir
    private Path temp;

    @Test
    void isSoundAndTheSameForTheSameSeed() throws IOException {
        Oracle.assumeOraclePython();
        Path site = temp.resolve("a.fs");
        Path again = temp.resolve("b.fs");
        Python2Site.create(site, 1, 5);
        Python2Site.create(again, 1, 5);

        Oracle.check(site).ok();
        assertThat(Files.mismatch(site, again)).isEqualTo(-1);
        try (FileStorage storage = FileStorage.open(site, FileStorage.Options.of(InstantSource.system()))) {
            assertThat(storage.generation()).isEqualTo(Generation.PYTHON2);
        }
    }
}
