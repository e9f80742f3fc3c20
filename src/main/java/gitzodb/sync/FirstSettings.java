package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.tree.TreeSettings;
import java.io.IOException;
import java.util.Optional;

/**
 * What the settings of a new tree are to be.
 *
 * @param exact keep derived attributes and secrets
 * @param keepSecrets what the user says of secrets; a file cannot say it alone
 * @param file a {@code .zodbconfig} to start with
 */
public record FirstSettings(boolean exact, boolean keepSecrets, Optional<Bytes> file) {
    public static final FirstSettings USUAL = new FirstSettings(false, false, Optional.empty());

    /** True if the tree is to have what {@link #USUAL} gives. */
    boolean isUsual() {
        return equals(USUAL);
    }

    /**
     * Returns the settings for a database.
     *
     * @throws gitzodb.tree.TreeException if the file is no {@code .zodbconfig}
     * @throws RefusedException if it is for databases of the other generation
     */
    TreeSettings of(Generation generation) throws IOException {
        TreeSettings settings = file.isEmpty() ? TreeSettings.of(generation) : TreeSettings.parse(file.get());
        if (settings.generation() != generation) {
            throw new RefusedException("the settings are for a database of " + settings.generation()
                    + ", and this one is of " + generation + "; change zodb.generation in them");
        }
        TreeSettings first = exact ? settings.withAll() : settings;
        return keepSecrets ? first.keepingSecrets() : first;
    }
}
