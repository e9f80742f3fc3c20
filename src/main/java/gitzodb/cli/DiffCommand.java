package gitzodb.cli;

import gitzodb.git.GitResult;
import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Fetch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Shows what differs between the database and the work tree, or between two revisions.",
        footer = {
            "%nA and B are revisions of git; 'live' is the database as it is now.",
            "Without B the work tree is the other side, without A the database."
        })
final class DiffCommand extends DatabaseCommand {
    @Parameters(arity = "0..2", paramLabel = "A B", description = "the two sides")
    private List<String> revisions = List.of();

    @Option(names = "--stat", description = "only which files, and how much")
    private boolean stat;

    @Option(names = "--exit-code", description = "exit 1 if there are differences")
    private boolean exitCode;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        if (revisions.size() > 2) {
            throw wrong("there are two sides, not " + revisions.size());
        }
        String live = new Fetch(database).run(false).live().name();
        List<String> arguments = new ArrayList<>(List.of("diff", "--no-ext-diff"));
        if (stat) {
            arguments.add("--stat");
        }
        if (exitCode) {
            arguments.add("--exit-code");
        }
        List<String> sides = revisions.isEmpty() ? List.of("live") : revisions;
        for (String side : sides) {
            arguments.add(side.equals("live") ? live : resolve(database, side));
        }
        arguments.add("--");
        arguments.add(":(top,literal)" + database.binding().path());
        if (json) {
            return json(console, database, arguments);
        }
        boolean differs = Pager.run(database.repository().git(), arguments) == 1;
        return differs ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private ExitCode json(Console console, BoundDatabase database, List<String> arguments) throws IOException {
        arguments.addAll(1, List.of("--name-status", "--no-renames", "-z"));
        GitResult result = database.repository().git().attempt(arguments.toArray(String[]::new));
        if (result.status() > 1) {
            result.orThrow();
        }
        List<String> parts = result.parts();
        console.print(Json.object(json -> {
            json.writeArrayFieldStart("changes");
            for (int i = 0; i + 1 < parts.size(); i += 2) {
                json.writeStartObject();
                json.writeStringField("change", parts.get(i));
                json.writeStringField("path", parts.get(i + 1));
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
        return result.status() == 1 ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static String resolve(BoundDatabase database, String revision) throws IOException {
        return database.repository()
                .resolve(revision)
                .orElseThrow(() -> new gitzodb.sync.RefusedException("'" + revision + "' is no revision"))
                .name();
    }
}
