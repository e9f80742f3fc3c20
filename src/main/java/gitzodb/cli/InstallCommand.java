package gitzodb.cli;

import gitzodb.git.ClassArchive;
import gitzodb.git.HookInstall;
import gitzodb.git.Repository;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "install", description = "Puts the hooks into this repository, so that the database follows HEAD.")
final class InstallCommand extends ZodbCommand {
    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console) throws IOException {
        try (Repository repository = DatabaseCommand.repository()) {
            install(console, repository, dryRun.isOn());
        }
        return ExitCode.DONE;
    }

    static void install(Console console, Repository repository, boolean dryRun) throws IOException {
        apply(console, HookInstall.plan(repository, launcher()), dryRun, "hooks are installed");
        if (!dryRun) {
            archive(console, repository);
        }
    }

    /** Makes the next starts faster, while the user goes on; that it cannot be done is no failure. */
    private static void archive(Console console, Repository repository) {
        String name = System.getProperty("gitzodb.archive");
        if (name == null) {
            return;
        }
        try {
            Path jar = jar();
            Path place = ClassArchive.place(jar, repository, name);
            ClassArchive archive = ClassArchive.of(java(), jar, place);
            if (Files.isRegularFile(jar) && !archive.isFresh()) {
                Path folder = Path.of(System.getProperty("java.io.tmpdir"));
                archive.makeInBackground(List.of("rehearse", place.toString()), folder);
            }
        } catch (IOException failure) {
            console.say("no archive of classes, starts are slower: " + failure.getMessage());
        }
    }

    /** Returns the program that runs this. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Returns the file that the program is in; a folder of classes when it is run from one. */
    static Path jar() throws IOException {
        try {
            return Path.of(InstallCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static void apply(Console console, HookInstall plan, boolean dryRun, String done) throws IOException {
        if (dryRun) {
            plan.steps().forEach(console::print);
            return;
        }
        plan.apply();
        console.say(done);
    }

    private static Path launcher() throws RefusedException {
        String launcher = System.getProperty("gitzodb.launcher");
        if (launcher == null) {
            throw new RefusedException("hooks need the launcher; run git-extension/git-zodb install");
        }
        return Path.of(launcher);
    }
}
