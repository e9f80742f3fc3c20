package gitzodb.zodb;

import gitzodb.pickle.Generation;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

class MemoryStorageTest implements StorageContract {
    @TempDir
    private Path temp;

    @Override
    public Storage create(Generation generation) {
        return new MemoryStorage(generation, () -> Instant.parse("2024-02-29T12:34:56Z"));
    }

    @Override
    public Path folder() {
        return temp;
    }
}
