package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.demo.DemoSite;
import gitzodb.filestorage.FileStorage;
import gitzodb.git.HermeticGit;
import gitzodb.oracle.Oracle;
import gitzodb.pickle.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A folder with a home of its own, the launcher on PATH, and whatever sites and repositories a test makes in it. */
final class Workbench {
    /** Where a site and its clone stay for this JVM: copying is quicker than binding. */
    private static final Map<String, Path> BOUND = new HashMap<>();

    private final HermeticGit git;

    private Workbench(HermeticGit git) {
        this.git = git;
    }

    /** Prepares a folder, which exists, such as one of JUnit's {@code @TempDir}. */
    static Workbench in(Path folder) throws IOException {
        HermeticGit git = HermeticGit.in(folder);
        Path launcher = product().resolve("git-extension");
        git.with("PATH", launcher + ":" + git.environment().get("PATH"));
        // Dates as a user has them: equal commits at different times are not one commit.
        git.environment().remove("GIT_AUTHOR_DATE");
        git.environment().remove("GIT_COMMITTER_DATE");
        return new Workbench(git);
    }

    /** The folder of the product: where launcher and jar are. */
    static Path product() {
        return Path.of(System.getProperty("gitzodb.home", "")).toAbsolutePath();
    }

    static Path jar() {
        return Path.of(System.getProperty(
                "gitzodb.jar", product().resolve("target/git-zodb.jar").toString()));
    }

    Path folder() {
        return git.folder();
    }

    HermeticGit git() {
        return git;
    }

    /** A copy of a fixture, {@code small} or {@code code-300}; or {@code demo}, the five objects of the demonstration. */
    Site site(String fixture) throws IOException {
        return site(fixture, fixture + "-site");
    }

    Site site(String fixture, String name) throws IOException {
        Path target = folder().resolve(name);
        if (!fixture.equals("demo")) {
            return new Site(Oracle.copyFixture(fixture, target));
        }
        Site site = new Site(Files.createDirectories(target));
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        FileStorage.Options options = FileStorage.Options.of(clock);
        try (FileStorage storage = FileStorage.create(site.dataFs(), Generation.PYTHON3, options)) {
            DemoSite.create(storage);
        }
        return site;
    }

    /** Runs {@code git zodb clone}. */
    Checkout clone(Site site, String name) throws IOException {
        Ran ran = run(folder(), "git", "zodb", "clone", site.dataFs().toString(), name);
        assertThat(ran.exit()).as(ran.toString()).isZero();
        return new Checkout(this, folder().resolve(name), site);
    }

    /** A copy of a fixture and a clone bound to it. */
    Checkout bound(String fixture) throws IOException {
        Path kept;
        synchronized (BOUND) {
            kept = BOUND.get(fixture);
            if (kept == null) {
                kept = Files.createTempDirectory("git-zodb-it");
                Workbench first = in(kept);
                first.clone(first.site(fixture, "site"), "work");
                BOUND.put(fixture, kept);
                Path gone = kept;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteTree(gone)));
            }
        }
        return copy(kept);
    }

    /** A copy of a folder with a site and a clone bound to it, as {@link #bound} makes it. */
    Checkout copy(Path kept) throws IOException {
        Ran copied = run(
                folder(),
                "cp",
                "-a",
                kept.resolve("site").toString(),
                kept.resolve("work").toString(),
                ".");
        assertThat(copied.exit()).as(copied.toString()).isZero();
        Checkout checkout = new Checkout(this, folder().resolve("work"), new Site(folder().resolve("site")));
        checkout.git("config", "zodb.zodb.url", checkout.site().dataFs().toString());
        return checkout;
    }

    /** Runs a program here, whatever comes of it. */
    Ran run(Path directory, String... command) throws IOException {
        return Ran.of(directory, git.environment(), command);
    }

    private static void deleteTree(Path folder) {
        try {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        } catch (IOException e) {
            // A folder in the place for temporary files stays: nothing to do about it when the JVM ends.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
