package gitzodb.filestorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.zodb.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteLocationTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"Data.fs", "var/filestorage/Data.fs", "var/Data.fs"})
    void findsTheDatabaseOfASite(String inside) throws IOException {
        Path dataFs = temp.resolve("site").resolve(inside);
        Files.createDirectories(dataFs.resolveSibling(""));
        Files.createFile(dataFs);

        assertThat(SiteLocation.parse("site", temp)).isEqualTo(new SiteLocation(dataFs, Optional.empty()));
        assertThat(SiteLocation.parse(dataFs.toString(), temp).dataFs()).isEqualTo(dataFs);
    }

    @Test
    void readsTheFormOfZodburi() throws IOException {
        assertThat(SiteLocation.parse("file:///srv/Data.fs?connection_cache_size=5&blobstorage_dir=%2Fsrv%2Fb", temp))
                .isEqualTo(new SiteLocation(Path.of("/srv/Data.fs"), Optional.of(Path.of("/srv/b"))));
        assertThat(SiteLocation.parse("new.fs?blobstorage_dir=b", temp))
                .isEqualTo(new SiteLocation(temp.resolve("new.fs"), Optional.of(temp.resolve("b"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zeo://localhost:8100", "postgres://db", "zconfig:///etc/zope.conf", "memory://", "demo:(a)/(b)",
                "file://", "", "Data.fs?demostorage", "Data.fs?blobstorage_dir=%zz", "Data.fs?read_only=1"
            })
    void refusesWhatItCannotFollow(String location) {
        assertThatThrownBy(() -> SiteLocation.parse(location, temp)).isInstanceOf(StorageException.class);
    }

    @Test
    void aFolderWithoutADatabaseSaysWhereItLooked() {
        assertThatThrownBy(() -> SiteLocation.parse(temp.toString(), temp))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("var/filestorage/Data.fs");
    }
}
