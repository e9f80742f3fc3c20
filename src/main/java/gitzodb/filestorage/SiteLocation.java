package gitzodb.filestorage;

import gitzodb.zodb.StorageException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database in files is.
 *
 * <pre>
 * location = ["file://"] path ["?" option *("&amp;" option)]
 * path     = a Data.fs, or the folder of a site with Data.fs, var/filestorage/Data.fs or var/Data.fs
 * option   = "blobstorage_dir=" path | "blobstorage_layout=automatic" | what zodburi knows and does not matter here
 * </pre>
 *
 * @param dataFs the file; it need not exist
 * @param blobs the blob folder if one was named
 */
public record SiteLocation(Path dataFs, Optional<Path> blobs) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);
    private static final String FILE = "file://";
    private static final List<String> IN_A_SITE = List.of("Data.fs", "var/filestorage/Data.fs", "var/Data.fs");
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "create",
            "quota",
            "connection_cache_size",
            "connection_pool_size",
            "connection_pool_timeout",
            "database_name");

    /**
     * Parses what a user gave.
     *
     * @param base the folder that relative paths start from
     * @throws StorageException if it names another kind of storage, has an option that cannot be followed, or is a
     *     folder without a database
     */
    public static SiteLocation parse(String location, Path base) throws IOException {
        boolean uri = location.startsWith(FILE);
        Matcher scheme = SCHEME.matcher(location);
        if (!uri && scheme.matches() && !Files.exists(path(base, location))) {
            throw new StorageException(location.substring(0, scheme.end(1))
                    + " databases are not supported by this version; name a Data.fs or the folder of a site");
        }
        boolean plain = !uri && Files.exists(path(base, location));
        int question = plain ? -1 : location.indexOf('?');
        String path = location.substring(uri ? FILE.length() : 0, question < 0 ? location.length() : question);
        if (path.isEmpty()) {
            throw new StorageException("no path in '" + location + "'; name a Data.fs or the folder of a site");
        }
        Optional<Path> blobs = question < 0 ? Optional.empty() : blobs(location.substring(question + 1), base);
        return new SiteLocation(dataFs(path(base, path)), blobs);
    }

    /** Opens the database. */
    public FileStorage open(FileStorage.Options options) throws IOException {
        return FileStorage.open(dataFs, blobs.isPresent() ? options.withBlobs(blobs.get()) : options);
    }

    private static Path dataFs(Path path) throws StorageException {
        if (!Files.isDirectory(path)) {
            return path;
        }
        for (String inside : IN_A_SITE) {
            Path file = path.resolve(inside);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new StorageException(path + " holds no database: neither " + String.join(", ", IN_A_SITE));
    }

    private static Optional<Path> blobs(String query, Path base) throws StorageException {
        Optional<Path> blobs = Optional.empty();
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = decode(equals < 0 ? "" : option.substring(equals + 1));
            if (name.equals("blobstorage_dir") && !value.isEmpty()) {
                blobs = Optional.of(path(base, value));
            } else if (!WITHOUT_EFFECT.contains(name) && !option.equals("blobstorage_layout=automatic")) {
                throw new StorageException("option '" + option + "' of a database is not supported; leave it out");
            }
        }
        return blobs;
    }

    private static String decode(String value) throws StorageException {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new StorageException("'" + value + "' is no value of an option: " + e.getMessage());
        }
    }

    private static Path path(Path base, String text) throws StorageException {
        try {
            return base.resolve(text);
        } catch (InvalidPathException e) {
            throw new StorageException("'" + text + "' is no path: " + e.getReason());
        }
    }
}
