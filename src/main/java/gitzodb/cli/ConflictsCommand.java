package gitzodb.cli;

import gitzodb.git.Repository;
import gitzodb.merge.Conflict;
import gitzodb.sync.Conflicts;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "conflicts",
        description = "Lists what a merge left in conflict: files, and places in them.",
        footer = "%nExit 1 if there is one.")
final class ConflictsCommand extends ZodbCommand {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    ExitCode run(Console console) throws IOException {
        List<Conflicts.Found> found;
        try (Repository repository = DatabaseCommand.repository()) {
            found = new Conflicts(repository, false).list();
        }
        if (json) {
            console.print(json(found));
        } else {
            found.forEach(file -> print(console, file));
            console.say(found.isEmpty() ? "no conflicts" : "settle them with 'git zodb resolve' or in an editor");
        }
        return found.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    static void print(Console console, Conflicts.Found file) {
        if (file.places().isEmpty()) {
            console.print(file.path() + ": " + file.reason());
        }
        for (Conflict place : file.places()) {
            console.print(file.path() + ": " + place.at() + ": " + place.explanation());
        }
    }

    private static String json(List<Conflicts.Found> found) throws IOException {
        return Json.object(json -> {
            json.writeArrayFieldStart("conflicts");
            for (Conflicts.Found file : found) {
                json.writeStartObject();
                json.writeStringField("file", file.path());
                json.writeStringField("reason", file.reason());
                json.writeArrayFieldStart("places");
                for (Conflict place : file.places()) {
                    json.writeStartObject();
                    json.writeStringField("at", place.at());
                    json.writeStringField("reason", place.reason());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
