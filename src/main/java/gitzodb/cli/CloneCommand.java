package gitzodb.cli;

import gitzodb.files.FolderRemoval;
import gitzodb.git.Git;
import gitzodb.git.Repository;
import gitzodb.sync.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "clone", description = "Makes a new repository from a database.")
final class CloneCommand extends ZodbCommand {
    @Mixin
    private InitCommand.Options options = new InitCommand.Options();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DIR",
            description = "where; named after the database if not given")
    private @Nullable Path directory;

    @Override
    ExitCode run(Console console) throws IOException {
        String url = Wiring.surroundings(console).storages().absolute(options.url());
        Path target = (directory == null ? Path.of(name(url)) : directory).toAbsolutePath();
        boolean existed = Files.exists(target);
        if (existed && !isEmpty(target)) {
            throw new RefusedException(target + " exists and is not empty; name another folder");
        }
        if (options.isDryRun()) {
            Git nowhere = DatabaseCommand.git().in(target);
            ExitCode exit = InitCommand.inNothing(console, nowhere, options, url, Optional.empty());
            console.say("would clone into " + target);
            return exit;
        }
        Files.createDirectories(target);
        Git git = DatabaseCommand.git().in(target);
        ExitCode exit;
        try (Repository repository = Repository.create(git)) {
            exit = InitCommand.bind(console, repository, options, url, Optional.empty());
            options.installHooks(console, repository);
        } catch (IOException | RuntimeException failure) {
            FolderRemoval.remove(existed ? target.resolve(".git") : target);
            throw failure;
        }
        console.say("cloned into " + target);
        return exit;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The folder of {@code …/shop/Data.fs} is {@code shop}. */
    private static String name(String url) {
        String path = url.replaceFirst("[?#].*$", "").replaceFirst("^[a-z]+://", "");
        Path file = Path.of(path).toAbsolutePath().normalize();
        Path named = file.toString().endsWith(".fs") ? file.getParent() : file;
        Path last = named == null ? null : named.getFileName();
        return last == null ? "zodb" : last.toString();
    }
}
