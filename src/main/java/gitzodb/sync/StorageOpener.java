package gitzodb.sync;

import gitzodb.pickle.Generation;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens databases by URL: the place where the kinds of storage are known. */
public interface StorageOpener {
    /**
     * Opens an existing database.
     *
     * @param url a path or URL; a relative path is taken from the current folder
     * @param index where an index of our own may be kept between runs
     */
    Storage open(String url, Optional<Path> index) throws IOException;

    /** Makes a new, empty database; refuses one that exists. */
    Storage create(String url, Generation generation) throws IOException;

    /** Returns the URL in the form that is kept: absolute, without what the current folder decides. */
    String absolute(String url) throws IOException;
}
