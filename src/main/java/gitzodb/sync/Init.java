package gitzodb.sync;

import gitzodb.classes.ClassFormats;
import gitzodb.files.FolderRemoval;
import gitzodb.git.Git;
import gitzodb.git.GitConfig;
import gitzodb.git.GitResult;
import gitzodb.git.GitTree;
import gitzodb.git.RefUpdate;
import gitzodb.git.Repository;
import gitzodb.load.FileOwner;
import gitzodb.pickle.Generation;
import gitzodb.tree.FileNames;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.TreeSettings;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/** Binds a database to a work tree: the configuration, the first snapshot, the files if there is no commit yet. */
public final class Init {
    /**
     * What to bind, and how.
     *
     * @param url where the database is
     * @param name what to call it
     * @param path the tree folder
     * @param settings what the settings of the tree are to be
     * @param only the objects that the tree is to have, with what is below them; none for all
     * @param skipErrors keep records that cannot be read as their bytes, now and in later fetches
     * @param base a commit that the snapshot is to become a child of
     */
    public record Request(
            String url,
            String name,
            String path,
            FirstSettings settings,
            List<ObjectPath> only,
            boolean skipErrors,
            Optional<String> base) {
        public Request {
            only = List.copyOf(only);
        }

        private TreeSettings settings(Generation generation, ClassFormats formats) throws IOException {
            TreeSettings first = settings.of(generation, formats);
            return only.isEmpty() ? first : first.only(only);
        }
    }

    /**
     * What was done.
     *
     * @param checkedOut whether the files are in the work tree: not if the branch had commits of its own
     */
    public record Result(Fetch.Result fetched, boolean checkedOut) {}

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

    private final Surroundings surroundings;
    private final Repository repository;

    public Init(Surroundings surroundings, Repository repository) {
        this.surroundings = surroundings;
        this.repository = repository;
    }

    /** Binds; if it fails, what it wrote is taken back. */
    public Result run(Request request) throws IOException {
        check(request);
        String url = surroundings.storages().absolute(request.url());
        GitConfig config = GitConfig.read(repository.git());
        Optional<String> bound = config.find(key(request, "url"));
        if (bound.isPresent() && isBound(request)) {
            throw new RefusedException("'" + request.name() + "' is bound to " + bound.get()
                    + " already; give this database another name with --name");
        }
        requireFreePath(request, config);
        // Opened before anything is written: a wrong URL leaves no trace.
        try (Storage probe = surroundings.storages().open(url, Optional.empty())) {
            request.settings(probe.generation(), surroundings.formats());
        }
        configure(request, url);
        try (BoundDatabase database =
                BoundDatabase.create(surroundings, repository, request.name(), url, request.path(), Follow.SWITCH)) {
            return snapshot(request, database);
        } catch (IOException | RuntimeException failure) {
            unbind(request);
            throw failure;
        }
    }

    private Result snapshot(Request request, BoundDatabase database) throws IOException {
        Optional<ObjectId> base = Optional.empty();
        if (request.base().isPresent()) {
            base = repository.resolve(request.base().get());
            if (base.isEmpty()) {
                throw new RefusedException("'" + request.base().get() + "' is no commit of this repository");
            }
        }
        Fetch.Result fetched;
        try (Snapshot now = database.storage().snapshot()) {
            Recognition recognition = new Recognition(database, base);
            boolean special = !request.settings().isUsual() || !request.only().isEmpty();
            if (special) {
                Generation generation = database.storage().generation();
                TreeRules rules = TreeRules.fresh(request.settings(generation, surroundings.formats()));
                rules.requireConsent(
                        GitConfig.read(repository.git()),
                        request.name(),
                        TreeSettings.of(generation).in(rules.settings().format()));
                fetched = recognition.run(now, rules);
            } else {
                fetched = recognition.run(now);
            }
        }
        requireObjects(request, fetched.live());
        return new Result(fetched, checkOut(database, fetched.live()));
    }

    /** A wrong path would bind a tree of nothing. */
    private void requireObjects(Request request, ObjectId live) throws IOException {
        try (GitTree tree = repository.tree(live, request.path())) {
            for (ObjectPath object : request.only()) {
                if (!FileOwner.isObject(new GitFileTree(tree), object)) {
                    throw new RefusedException("the database has no object " + object
                            + " with a file of its own; 'git zodb ls --from URL' shows what there is");
                }
            }
        }
    }

    /** On a branch without commits the database is the first one; a commit that shows it already is in step with it. */
    private boolean checkOut(BoundDatabase database, ObjectId live) throws IOException {
        Optional<ObjectId> head = repository.head().commit();
        if (head.isEmpty() && repository.workTree().isPresent()) {
            GitResult result = repository.merging().fastForward(live);
            if (!result.succeeded()) {
                throw new RefusedException("git did not check out the snapshot: " + result.reason());
            }
            head = Optional.of(live);
        }
        String folder = database.binding().path();
        ObjectId shown = repository.commits().folder(live, folder);
        boolean inStep = head.isPresent()
                && repository.commits().folder(head.get(), folder).equals(shown);
        if (inStep) {
            repository.refs().update("zodb init", RefUpdate.set(database.baseRef(), live));
            database.remember(database.binding().inStep(shown.name()));
        }
        return inStep;
    }

    private void check(Request request) throws RefusedException {
        for (ObjectPath object : request.only()) {
            if (!object.local().isEmpty()) {
                throw new RefusedException(object + " has no file of its own; choose what holds it, " + object.owner());
            }
        }
        if (!request.name().matches(NAME)) {
            throw new RefusedException("'" + request.name()
                    + "' cannot be the name of a database: use letters, digits, '-' and '_', at most 63");
        }
        Path path = Path.of(request.path());
        boolean plain = !path.isAbsolute()
                && path.equals(path.normalize())
                && !request.path().isBlank()
                && !request.path().contains("\n")
                && Stream.of(request.path().split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals("..") || part.equalsIgnoreCase(".git"));
        if (!plain) {
            throw new RefusedException("'" + request.path()
                    + "' cannot be the tree folder: give a folder of the work tree, such as zodb or sites/main");
        }
        if (repository.isBare()) {
            throw new RefusedException(
                    "a database is bound to a work tree, and this repository is bare; clone it first");
        }
    }

    private boolean isBound(Request request) throws IOException {
        return Binding.read(BoundDatabase.home(repository, request.name()).resolve("state"))
                .flatMap(Binding::live)
                .isPresent();
    }

    /** The folder holds a tree of this kind, or nothing; and no other database has it. */
    private void requireFreePath(Request request, GitConfig config) throws IOException {
        for (String other : BoundDatabase.names(config)) {
            boolean isOther = !other.equals(request.name());
            if (isOther && config.find("zodb." + other + ".path").equals(Optional.of(request.path()))) {
                throw new RefusedException("the folder " + request.path() + " belongs to database '" + other
                        + "'; give this one another with --path");
            }
        }
        Optional<ObjectId> head = repository.head().commit();
        if (head.isPresent()) {
            try (var tree = repository.tree(head.get(), request.path())) {
                if (!tree.isEmpty() && tree.find(FileNames.SETTINGS).isEmpty()) {
                    throw new RefusedException("HEAD has a folder " + request.path()
                            + " that is no tree of a database; give another one with --path");
                }
            }
        } else if (repository.workTree().isPresent()
                && Files.exists(repository.workTree().get().resolve(request.path()))) {
            throw new RefusedException("there is a " + request.path()
                    + " in the work tree already; move it away, or give another folder with --path");
        }
    }

    private void configure(Request request, String url) throws IOException {
        Git git = repository.git();
        set(git, key(request, "url"), url);
        set(git, key(request, "path"), request.path());
        if (request.settings().exact()) {
            set(git, key(request, "secrets"), "keep");
        }
        if (request.skipErrors()) {
            set(git, key(request, Unreadable.KEY), Unreadable.KEEP);
        }
    }

    private void set(Git git, String key, String value) throws IOException {
        git.attempt("config", scope(), key, value).orThrow();
    }

    /** A linked work tree has bindings of its own, where git is set up for that. */
    private String scope() throws IOException {
        boolean own = GitConfig.read(repository.git()).isTrue("extensions.worktreeConfig", false);
        return own && repository.isLinkedWorkTree() ? "--worktree" : "--local";
    }

    private void unbind(Request request) throws IOException {
        repository.git().attempt("config", scope(), "--remove-section", "zodb." + request.name());
        String ref = "refs/remotes/" + request.name() + "/live";
        Optional<ObjectId> live = repository.refs().find(ref);
        if (live.isPresent()) {
            repository.refs().update("zodb init failed", RefUpdate.delete(ref, live.get()));
        }
        Path home = BoundDatabase.home(repository, request.name());
        FolderRemoval.remove(home);
    }

    private static String key(Request request, String key) {
        return "zodb." + request.name() + "." + key;
    }
}
