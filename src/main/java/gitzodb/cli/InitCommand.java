package gitzodb.cli;

import gitzodb.bytes.Bytes;
import gitzodb.git.Git;
import gitzodb.git.NotARepositoryException;
import gitzodb.git.Repository;
import gitzodb.git.ShadowRepository;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.Init;
import gitzodb.tree.ObjectPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description =
                "Binds a database to this repository: first snapshot, files, hooks. Makes a repository if there is"
                        + " none.")
final class InitCommand extends ZodbCommand {
    /** What {@code init} and {@code clone} have in common. */
    static final class Options {
        @Parameters(index = "0", paramLabel = "URL", description = "path of a Data.fs or of a site, or a URL")
        private String url = "";

        @Option(
                names = "--name",
                paramLabel = "NAME",
                defaultValue = "zodb",
                description = "what to call it: ${DEFAULT-VALUE}")
        private String name = "";

        @Option(
                names = "--path",
                paramLabel = "DIR",
                defaultValue = "zodb",
                description = "the tree folder: ${DEFAULT-VALUE}")
        private String path = "";

        @Option(
                names = "--only",
                paramLabel = "OBJECT",
                description = "an object such as /Application/shop: only these, with what is below, are in the tree")
        private List<String> only = List.of();

        @Option(names = "--exact", description = "keep all that can be kept: derived attributes and secrets")
        private boolean exact;

        @Option(
                names = "--settings",
                paramLabel = "FILE",
                description = "a .zodbconfig to start with, such as one with rules for classes")
        private @Nullable Path settings;

        @Option(
                names = "--skip-errors",
                description =
                        "keep records that cannot be read as their bytes, now and later, and exit 3 if there are any")
        private boolean skipErrors;

        @Mixin
        private DryRun dryRun = new DryRun();

        @Option(names = "--no-hooks", description = "install no hooks")
        private boolean noHooks;

        String url() {
            return url;
        }

        boolean isDryRun() {
            return dryRun.isOn();
        }

        void installHooks(Console console, Repository repository) throws IOException {
            if (!noHooks) {
                InstallCommand.install(console, repository, isDryRun());
            }
        }
    }

    @Mixin
    private Options options = new Options();

    @Option(names = "--base", paramLabel = "REV", description = "make the snapshot a child of this commit")
    private @Nullable String base;

    @Override
    ExitCode run(Console console) throws IOException {
        Git git = DatabaseCommand.git();
        if (options.isDryRun()) {
            return inShadow(console, git);
        }
        try (Repository repository = openOrCreate(console, git)) {
            ExitCode exit = bind(console, repository, options, options.url, Optional.ofNullable(base));
            options.installHooks(console, repository);
            return exit;
        }
    }

    private ExitCode inShadow(Console console, Git git) throws IOException {
        try (Repository repository = Repository.open(git);
                ShadowRepository shadow = ShadowRepository.of(repository)) {
            ExitCode exit = bind(console, shadow.repository(), options, options.url, Optional.ofNullable(base));
            options.installHooks(console, repository);
            return exit;
        } catch (NotARepositoryException none) {
            console.say("would make a git repository in " + git.directory());
            return inNothing(console, git, options, options.url, Optional.ofNullable(base));
        }
    }

    /** Finds out what it would be to bind a database to the folder of {@code git}, which is no repository. */
    static ExitCode inNothing(Console console, Git git, Options options, String url, Optional<String> base)
            throws IOException {
        try (ShadowRepository shadow = ShadowRepository.empty(git)) {
            return bind(console, shadow.repository(), options, url, base);
        }
    }

    /** Returns what {@code --exact}, {@code --keep-secrets} and {@code --settings} ask for. */
    static FirstSettings settings(boolean exact, boolean keepSecrets, @Nullable Path file) throws IOException {
        return new FirstSettings(
                exact,
                keepSecrets,
                file == null ? Optional.empty() : Optional.of(Bytes.wrap(Files.readAllBytes(file))));
    }

    private static Repository openOrCreate(Console console, Git git) throws IOException {
        try {
            return Repository.open(git);
        } catch (NotARepositoryException none) {
            Repository made = Repository.create(git);
            console.say("made a git repository in " + git.directory());
            return made;
        }
    }

    /** Binds, without the hooks. */
    static ExitCode bind(Console console, Repository repository, Options options, String url, Optional<String> base)
            throws IOException {
        List<ObjectPath> only = new ArrayList<>();
        for (String object : options.only) {
            only.add(LookCommand.path(object));
        }
        Init.Result result = new Init(Wiring.surroundings(console), repository)
                .run(new Init.Request(
                        url,
                        options.name,
                        options.path,
                        settings(options.exact, false, options.settings),
                        only,
                        options.skipErrors,
                        base));
        String live = options.name + "/live";
        console.say(options.dryRun.say("would bind ", "bound ") + url + " as '" + options.name + "'; " + live
                + options.dryRun.say(" would be at ", " is at ")
                + result.fetched().live().abbreviate(8).name());
        result.fetched().dumped().ifPresent(report -> Dumped.describe(console, report, Optional.of(options.name)));
        if (!result.checkedOut()) {
            console.say("the branch has commits of its own; 'git zodb pull' merges the database into it");
        }
        return result.fetched().unreadable().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }
}
