package gitzodb.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link MapStore} turned out to be damaged while it was in use. Nothing is lost: close the store, call
 * {@link MapStore#discard} and build the map anew. Unchecked because any access may meet it and only the owner of the
 * store can answer it.
 */
public final class DamagedMapException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    DamagedMapException(@Nullable Path file, RuntimeException cause) {
        super(
                "object map " + file + " is damaged and will be built anew: " + cause.getMessage(),
                new IOException(cause));
    }
}
