package gitzodb.cli;

import gitzodb.demo.DemoSite;
import gitzodb.git.Git;
import gitzodb.pickle.Generation;
import gitzodb.sync.RefusedException;
import gitzodb.sync.StorageOpener;
import gitzodb.zodb.Storage;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "demo",
        description = "Runs the whole story on a small database in a temporary folder and leaves it for a look.")
final class DemoCommand extends ZodbCommand {
    private static final int SECONDS = 60;

    @Override
    ExitCode run(Console console) throws IOException {
        String launcher = System.getProperty("gitzodb.launcher");
        if (launcher == null) {
            throw new RefusedException("the demo runs git zodb itself; start it with git-extension/git-zodb demo");
        }
        Path folder = Files.createTempDirectory("git-zodb-demo-");
        new Story(console, folder, Path.of(launcher)).tell();
        return ExitCode.DONE;
    }

    /** The commands are run and shown as anybody would type them. */
    private record Story(Console console, Path folder, Path launcher) {
        void tell() throws IOException {
            Path site = folder.resolve("Data.fs");
            Path work = folder.resolve("shop");
            StorageOpener storages = Wiring.surroundings(console).storages();
            say("A Zope database, " + site + ":");
            try (Storage storage = storages.create(site.toString(), Generation.PYTHON3)) {
                DemoSite.create(storage);
            }
            run(folder, "git", "zodb", "clone", "Data.fs", "shop");
            run(work, "git", "ls-files", "*.py", "*.pt", "*.sql");

            say("Ida changes a script in the browser:");
            try (Storage storage = storages.open(site.toString(), Optional.empty())) {
                DemoSite.raiseThePriceOfTea(storage);
            }
            run(work, "git", "zodb", "pull");
            run(work, "git", "log", "-1", "-p", "-U0", "--format=%an: %s", "--no-prefix");

            say("You change a file on a branch, and push it:");
            run(work, "git", "switch", "-q", "-c", "sale");
            Path script = work.resolve("zodb/Application/shop/price_list.py");
            String text = Files.readString(script, StandardCharsets.UTF_8);
            Files.writeString(script, text.replace("'coffee': 450", "'coffee': 400"), StandardCharsets.UTF_8);
            run(work, "git", "commit", "-q", "-am", "Coffee for less");
            run(work, "git", "zodb", "push");

            say("You switch back, and the database follows:");
            run(work, "git", "switch", "-q", "-");
            run(work, "git", "zodb", "status");
            say("Look around in " + work + "; remove " + folder + " when you are done.");
        }

        private void say(String line) {
            console.print("");
            console.print("# " + line);
        }

        private void run(Path directory, String... command) throws IOException {
            console.print("$ " + typed(command));
            console.flush();
            ProcessBuilder builder = new ProcessBuilder(List.of(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true);
            surroundings(builder.environment());
            builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            try {
                Process process = builder.start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                output.lines().forEach(console::print);
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new IOException("'" + String.join(" ", command) + "' failed in " + directory);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        private static String typed(String... command) {
            return Stream.of(command)
                    .map(word -> word.matches("[A-Za-z0-9=%./_-]+") ? word : "'" + word + "'")
                    .collect(Collectors.joining(" "));
        }

        /** The launcher is found as git finds any extension; a name of one's own is not needed for a look. */
        private void surroundings(Map<String, String> environment) throws IOException {
            environment.put("PATH", launcher.getParent() + File.pathSeparator + environment.get("PATH"));
            environment.put("GIT_PAGER", "cat");
            Git git = Git.find(System.getenv(), folder);
            boolean unnamed = git.attempt("config", "user.name").text().isEmpty();
            if (unnamed) {
                Stream.of("GIT_AUTHOR_", "GIT_COMMITTER_").forEach(who -> {
                    environment.put(who + "NAME", "You");
                    environment.put(who + "EMAIL", "you@example.org");
                });
            }
        }
    }
}
