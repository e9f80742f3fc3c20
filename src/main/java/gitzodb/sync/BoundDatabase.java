package gitzodb.sync;

import gitzodb.files.FileLock;
import gitzodb.git.GitConfig;
import gitzodb.git.Repository;
import gitzodb.zodb.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A database bound to a work tree: where it is, what is known of it, and the lock that lets one command at a time work on
 * the binding. Not thread-safe.
 */
public final class BoundDatabase implements Closeable {
    static final String DEFAULT_NAME = "zodb";

    private final Surroundings surroundings;
    private final Repository repository;
    private final String name;
    private final String url;
    private final FileLock lock;
    private final @Nullable GitConfig config;
    private Binding binding;
    private @Nullable Storage storage;

    private BoundDatabase(
            Surroundings surroundings,
            Repository repository,
            String name,
            String url,
            FileLock lock,
            @Nullable GitConfig config,
            Binding binding) {
        this.surroundings = surroundings;
        this.repository = repository;
        this.name = name;
        this.url = url;
        this.lock = lock;
        this.config = config;
        this.binding = binding;
    }

    /** Returns the names of the databases that the configuration of a repository binds. */
    public static List<String> names(GitConfig config) {
        return config.subsections("zodb", "url");
    }

    /**
     * Opens a binding and locks it.
     *
     * @param name which one, if there are several
     * @throws RefusedException if there is none, more than one to choose from, or another command works on it
     */
    public static BoundDatabase open(Surroundings surroundings, Repository repository, Optional<String> name)
            throws IOException {
        GitConfig config = GitConfig.read(repository.git());
        String chosen = choose(names(config), name);
        String url = config.find("zodb." + chosen + ".url")
                .orElseThrow(() -> new RefusedException(
                        "no database '" + chosen + "' is bound here; bind one with 'git zodb init URL'"));
        Path home = home(repository, chosen);
        if (!Files.isDirectory(home)) {
            throw boundElsewhere(chosen, url);
        }
        FileLock lock = lock(home, chosen);
        try {
            Binding binding = Binding.read(home.resolve("state")).orElseThrow(() -> boundElsewhere(chosen, url));
            Follow follow =
                    Follow.parse(config.find("zodb." + chosen + ".follow").orElse(Follow.SWITCH.text()));
            return new BoundDatabase(surroundings, repository, chosen, url, lock, config, binding.following(follow));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Makes a binding that does not exist yet, and locks it; nothing is fetched. */
    static BoundDatabase create(
            Surroundings surroundings, Repository repository, String name, String url, String path, Follow follow)
            throws IOException {
        Path home = home(repository, name);
        Files.createDirectories(home);
        FileLock lock = lock(home, name);
        return new BoundDatabase(surroundings, repository, name, url, lock, null, Binding.fresh(name, path, follow));
    }

    private static RefusedException boundElsewhere(String name, String url) {
        return new RefusedException("database '" + name
                + "' is bound to another work tree of this repository; work there, or bind it here"
                + " under another name with 'git zodb init " + url + " --name NAME'");
    }

    private static FileLock lock(Path home, String name) throws IOException {
        return FileLock.tryLock(home.resolve("lock"))
                .orElseThrow(() -> new BindingBusyException(
                        "another git zodb command works on database '" + name + "'; try again when it has ended"));
    }

    private static String choose(List<String> names, Optional<String> wanted) throws RefusedException {
        if (wanted.isPresent()) {
            return wanted.get();
        }
        if (names.isEmpty()) {
            throw new RefusedException("no database is bound to this repository; bind one with 'git zodb init URL'");
        }
        if (names.size() > 1) {
            throw new RefusedException(
                    "several databases are bound here: " + String.join(", ", names) + "; say which with --name");
        }
        return names.getFirst();
    }

    static Path home(Repository repository, String name) {
        return repository.gitDirectory().resolve("zodb").resolve(name);
    }

    public Repository repository() {
        return repository;
    }

    /** Returns the configuration of the repository: as it was when this was opened, as it is while a binding is made. */
    public GitConfig config() throws IOException {
        return config != null ? config : GitConfig.read(repository.git());
    }

    Surroundings surroundings() {
        return surroundings;
    }

    public String name() {
        return name;
    }

    public String url() {
        return url;
    }

    /** Returns the folder of the binding record and the object map. */
    Path home() {
        return home(repository, name);
    }

    public Binding binding() {
        return binding;
    }

    /** Replaces the binding record, in memory and on disk. */
    void remember(Binding changed) throws IOException {
        changed.write(home().resolve("state"));
        binding = changed;
    }

    String liveRef() {
        return "refs/remotes/" + name + "/live";
    }

    String baseRef() {
        return "refs/zodb/" + name + "/base";
    }

    Optional<ObjectId> live() {
        return binding.live().map(ObjectId::fromString);
    }

    /** Opens the database on first use. */
    Storage storage() throws IOException {
        if (storage == null) {
            storage = surroundings.storages().open(url, Optional.of(home().resolve("index")));
        }
        return storage;
    }

    /** Returns the file that the hooks leave when HEAD may have moved; gone once HEAD and database are compared. */
    Path pendingMark() {
        return home().resolve("pending");
    }

    /** Returns the file that says which objects loads took out of the database. */
    Path deletions() {
        return home().resolve("deleted");
    }

    /** Returns the file that says why the last reload was not done. */
    Path refusedMark() {
        return home().resolve("refused");
    }

    /**
     * Returns whether a reload was refused or broken off, so that HEAD and the database are two different places. Back at
     * what the database holds, there is nothing left to reload, and the mark goes.
     */
    public boolean isReloadRefused() throws IOException {
        if (!Files.exists(refusedMark())) {
            return false;
        }
        Optional<ObjectId> head = repository.head().commit();
        if (head.isPresent()) {
            String folder =
                    repository.commits().folder(head.get(), binding.path()).name();
            if (binding.tree().equals(Optional.of(folder))) {
                Files.deleteIfExists(refusedMark());
                return false;
            }
        }
        return true;
    }

    void refuseAfterRefusedReload(String verb) throws IOException {
        if (isReloadRefused()) {
            throw new RefusedException("a reload of database '" + name + "' is pending, so no " + verb
                    + "; run 'git zodb reload', or 'git switch' back to where you came from");
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (storage != null) {
                storage.close();
            }
        }
    }
}
