package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.git.GitConfig;
import gitzodb.git.GitTree;
import gitzodb.git.Repository;
import gitzodb.pickle.Generation;
import gitzodb.tree.FileNames;
import gitzodb.tree.TreeSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What the settings of a new tree are to be.
 *
 * @param exact keep derived attributes and secrets
 * @param keepSecrets what the user says of secrets; a file cannot say it alone
 * @param file a {@code .zodbconfig} to start with
 */
public record FirstSettings(boolean exact, boolean keepSecrets, Optional<Bytes> file) {
    public static final FirstSettings USUAL = new FirstSettings(false, false, Optional.empty());

    /**
     * Returns the settings of the tree of a bound database as it was fetched last; with secrets only if the configuration
     * of its user says so too.
     */
    public static FirstSettings ofBound(Repository repository, String database) throws IOException {
        GitConfig config = GitConfig.read(repository.git());
        Optional<ObjectId> live = repository.refs().find("refs/remotes/" + database + "/live");
        Optional<String> path = config.find("zodb." + database + ".path");
        if (live.isEmpty() || path.isEmpty()) {
            return USUAL;
        }
        try (GitTree tree = repository.tree(live.get(), path.get())) {
            if (tree.find(FileNames.SETTINGS).isEmpty()) {
                return USUAL;
            }
            Bytes content = new GitFileTree(tree).read(FileNames.SETTINGS);
            boolean agreed = config.find("zodb." + database + ".secrets").equals(Optional.of("keep"));
            return new FirstSettings(
                    false, agreed && TreeSettings.parse(content).keepSecrets(), Optional.of(content));
        }
    }

    /** Returns the same for all objects, also those that the tree leaves out: for a look at one. */
    public FirstSettings forAnyObject() throws IOException {
        return file.isEmpty()
                ? this
                : new FirstSettings(
                        exact,
                        keepSecrets,
                        Optional.of(
                                TreeSettings.parse(file.get()).only(List.of()).content()));
    }

    /** True if the tree is to have what {@link #USUAL} gives. */
    boolean isUsual() {
        return equals(USUAL);
    }

    /**
     * Returns the settings for a database.
     *
     * @param formats the class formats that there are
     * @throws gitzodb.tree.TreeException if the file is no {@code .zodbconfig}, or names a format that there is not
     * @throws RefusedException if it is for databases of the other generation
     */
    TreeSettings of(Generation generation, ClassFormats formats) throws IOException {
        TreeSettings settings = file.isEmpty() ? TreeSettings.of(generation) : TreeSettings.parse(file.get());
        settings.requireFormats(formats, file.orElse(Bytes.EMPTY));
        if (settings.generation() != generation) {
            throw new RefusedException("the settings are for a database of " + settings.generation()
                    + ", and this one is of " + generation + "; change zodb.generation in them");
        }
        TreeSettings first = exact ? settings.withAll() : settings;
        return keepSecrets ? first.keepingSecrets() : first;
    }
}
