package gitzodb.it;

import gitzodb.bytes.Bytes;
import gitzodb.filestorage.FileStorage;
import gitzodb.filestorage.SiteLocation;
import gitzodb.pickle.Generation;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.ForwardingStorage;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Opens databases in which somebody else is quicker: he acts once, between what was read and what is written. */
final class RacingStorages implements StorageOpener {
    /** What the other one does. */
    @FunctionalInterface
    interface Rival {
        void act() throws IOException;
    }

    private Rival rival;

    RacingStorages(Rival rival) {
        this.rival = rival;
    }

    @Override
    public Storage open(String url, Optional<Path> index) throws IOException {
        FileStorage.Options options = FileStorage.Options.of(InstantSource.system());
        return new Racing(SiteLocation.parse(url, Path.of("/"))
                .open(index.isPresent() ? options.withIndex(index.get()) : options));
    }

    @Override
    public Storage create(String url, Generation generation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String absolute(String url) {
        return url;
    }

    private final class Racing implements ForwardingStorage {
        private final Storage storage;

        Racing(Storage storage) {
            this.storage = storage;
        }

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public StorageTransaction begin(Bytes user, Bytes description, Bytes extension) throws IOException {
            Rival now = rival;
            rival = () -> {};
            now.act();
            return storage.begin(user, description, extension);
        }
    }
}
