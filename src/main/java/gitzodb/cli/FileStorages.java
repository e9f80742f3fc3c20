package gitzodb.cli;

import gitzodb.filestorage.FileStorage;
import gitzodb.filestorage.SiteLocation;
import gitzodb.pickle.Generation;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Opens databases in files. */
record FileStorages(InstantSource clock) implements StorageOpener {
    @Override
    public Storage open(String url, Optional<Path> index) throws IOException {
        FileStorage.Options options = FileStorage.Options.of(clock);
        return location(url).open(index.isPresent() ? options.withIndex(index.get()) : options);
    }

    @Override
    public Storage create(String url, Generation generation) throws IOException {
        SiteLocation location = location(url);
        Path folder = location.dataFs().toAbsolutePath().normalize().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new NoSuchFileException("the folder " + folder);
        }
        FileStorage.Options options = FileStorage.Options.of(clock);
        return FileStorage.create(
                location.dataFs(),
                generation,
                location.blobs().isPresent()
                        ? options.withBlobs(location.blobs().get())
                        : options);
    }

    @Override
    public String absolute(String url) throws IOException {
        SiteLocation location = location(url);
        String path = location.dataFs().toAbsolutePath().normalize().toString();
        return location.blobs().isEmpty()
                ? path
                : path + "?blobstorage_dir="
                        + location.blobs().get().toAbsolutePath().normalize();
    }

    private static SiteLocation location(String url) throws IOException {
        return SiteLocation.parse(url, Path.of("").toAbsolutePath());
    }
}
