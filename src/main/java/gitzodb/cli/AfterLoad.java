package gitzodb.cli;

import gitzodb.git.Repository;
import gitzodb.load.LoadResult;
import gitzodb.sync.BoundDatabase;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The command that a user has set for what only Zope can do after a load: {@code zodb.NAME.afterLoad} in local
 * configuration, never in a tracked file. It runs when the database is let go.
 *
 * @param folder where it runs: the top of the work tree
 */
record AfterLoad(String command, Path folder, String database, LoadResult loaded) {
    /** Returns the command to run; empty if there is none, or if nothing was written. */
    static Optional<AfterLoad> of(BoundDatabase database, LoadResult loaded) throws IOException {
        if (loaded.tid().equals(Tid.NONE)) {
            return Optional.empty();
        }
        Repository repository = database.repository();
        Path folder = repository.workTree().orElse(repository.git().directory());
        return database.config()
                .find("zodb." + database.name() + ".afterLoad")
                .map(command -> new AfterLoad(command, folder, database.name(), loaded));
    }

    /** Runs the command with a line {@code KIND PATH} an object on its standard input; false if it fails. */
    boolean run(Console console) throws IOException {
        console.flush();
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", command))
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GIT_ZODB_NAME", database);
        builder.environment().put("GIT_ZODB_TID", loaded.tid().hex());
        Process process = builder.start();
        feed(process);
        try {
            int status = process.waitFor();
            if (status != 0) {
                console.complain("the database is loaded, but the command in zodb." + database
                        + ".afterLoad failed with status " + status + "; run it again by hand: " + command);
            }
            return status == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            process.destroy();
        }
    }

    private void feed(Process process) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (LoadResult.Change change : loaded.changes()) {
            lines.append(change.kind().name().toLowerCase(Locale.ROOT)).append(' ');
            lines.append(change.path()).append('\n');
        }
        OutputStream input = process.getOutputStream();
        try (input) {
            input.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A command that does not care for the list closes its end: its status tells how it went.
            return;
        }
    }
}
