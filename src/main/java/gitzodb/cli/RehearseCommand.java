package gitzodb.cli;

import gitzodb.demo.DemoSite;
import gitzodb.git.Git;
import gitzodb.pickle.Generation;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * Runs the commands of a usual day in one process, in an empty current folder: what they load goes into the class-data
 * archive.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Runs the usual commands on a small database in an empty folder.")
final class RehearseCommand extends ZodbCommand {
    @Override
    ExitCode run(Console console) throws IOException {
        StorageOpener storages = Wiring.surroundings(console).storages();
        String site = Path.of("Data.fs").toAbsolutePath().toString();
        try (Storage storage = storages.create(site, Generation.PYTHON3)) {
            DemoSite.create(storage);
        }
        play("init", site, "--no-hooks");
        try (Storage storage = storages.open(site, Optional.empty())) {
            DemoSite.raiseThePriceOfTea(storage);
        }
        play("pull");
        Path script = Path.of("zodb/Application/shop/price_list.py");
        Files.writeString(
                script, Files.readString(script, StandardCharsets.UTF_8) + "# more\n", StandardCharsets.UTF_8);
        Git git = DatabaseCommand.git();
        git.attempt("commit", "-qam", "More").orThrow();
        play("push");
        git.attempt("reset", "-q", "--hard", "HEAD~1").orThrow();
        CommandTree.execute(new String[] {"reload"});
        play("status");
        return ExitCode.DONE;
    }

    private static void play(String... command) throws IOException {
        int code = CommandTree.execute(command);
        if (code != 0) {
            throw new IOException("'" + String.join(" ", command) + "' ended with " + code);
        }
    }
}
