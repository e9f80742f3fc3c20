package gitzodb.cli;

import gitzodb.demo.DemoSite;
import gitzodb.git.ClassArchive;
import gitzodb.git.Git;
import gitzodb.pickle.Generation;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes the archive of classes. Without a file: runs the commands of a usual day in one process, in an empty current
 * folder, so that what they load goes into the archive.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Runs the usual commands on a small database in an empty folder.")
final class RehearseCommand extends ZodbCommand {
    private static final int LONG = 1 << 20;
    private static final int EDITS = 20;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "archive to be made by such a run")
    private @Nullable Path archive;

    @Override
    ExitCode run(Console console) throws IOException {
        if (archive == null) {
            play(console);
        } else {
            make(ClassArchive.of(InstallCommand.java(), InstallCommand.jar(), archive));
        }
        return ExitCode.DONE;
    }

    private static void make(ClassArchive archive) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        // Nothing of this repository and this user: no hooks, an own folder, a name for commits.
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_ZODB", "0");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (String who : List.of("GIT_AUTHOR_", "GIT_COMMITTER_")) {
            environment.put(who + "NAME", "nobody");
            environment.put(who + "EMAIL", "nobody@example.org");
        }
        Path folder = Files.createTempDirectory("git-zodb-rehearsal-");
        try {
            archive.make(folder, List.of("rehearse"), environment);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void play(Console console) throws IOException {
        StorageOpener storages = Wiring.surroundings(console).storages();
        String site = Path.of("Data.fs").toAbsolutePath().toString();
        try (Storage storage = storages.create(site, Generation.PYTHON3)) {
            DemoSite.create(storage);
            // Large enough for an index of our own.
            DemoSite.edit(storage, "#".repeat(LONG));
        }
        play("init", site, "--no-hooks");
        try (Storage storage = storages.open(site, Optional.empty())) {
            // As many objects as go into one pack.
            for (int i = 0; i < EDITS; i++) {
                DemoSite.edit(storage, "return " + i + "\n");
            }
        }
        play("fetch");
        play("pull");
        Path script = Path.of("zodb/Application/shop/price_list.py");
        Files.writeString(
                script, Files.readString(script, StandardCharsets.UTF_8) + "# more\n", StandardCharsets.UTF_8);
        Git git = DatabaseCommand.git();
        git.attempt("commit", "-qam", "More").orThrow();
        play("push");
        git.attempt("reset", "-q", "--hard", "HEAD~1").orThrow();
        HookCommand.run(new String[] {"post-checkout"});
        play("status");
        play("status", "--porcelain");
        merge();
    }

    private static void merge() throws IOException {
        String object = "<object class=\"m.C\"><text name=\"a\">%s</text><text name=\"b\">1\n2\n%s</text></object>";
        Files.writeString(Path.of("base"), object.formatted("1", "3"));
        Files.writeString(Path.of("ours"), object.formatted("2", "3"));
        Files.writeString(Path.of("theirs"), object.formatted("1", "4"));
        play("merge-driver", "base", "ours", "theirs", "7", "rehearsal.zodb.xml");
        Files.writeString(Path.of("ours"), object.formatted("2", "3"));
        Files.writeString(Path.of("theirs"), object.formatted("1", "3\n4").replace("1\n", "one\n"));
        play("merge-driver", "base", "ours", "theirs", "7", "rehearsal.zodb.xml");
    }

    private static void play(String... command) throws IOException {
        int code = Main.run(command);
        if (code != 0) {
            throw new IOException("'" + String.join(" ", command) + "' ended with " + code);
        }
    }
}
