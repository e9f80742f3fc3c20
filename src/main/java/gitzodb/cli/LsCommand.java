package gitzodb.cli;

import gitzodb.sync.LooseDatabase;
import gitzodb.sync.RefusedException;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Selection;
import gitzodb.zodb.ClassName;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ls", description = "Lists the objects below an object that have a file, with their classes.")
final class LsCommand extends LookCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "OBJECT",
            defaultValue = "/",
            description = "its path; ${DEFAULT-VALUE} is the root")
    private String object = "/";

    @Option(
            names = {"-r", "--recursive"},
            description = "all that is below it")
    private boolean recursive;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    ExitCode run(Console console, LooseDatabase database) throws IOException {
        ObjectPath top = path(object);
        SortedMap<ObjectPath, ClassName> objects = database.objects();
        if (!objects.containsKey(top) && objects.keySet().stream().noneMatch(path -> isBelow(path, top))) {
            throw new RefusedException("no such object: " + object + "; 'git zodb ls' shows what is there");
        }
        int depth = top.segments().size() + 1;
        objects.keySet()
                .removeIf(path ->
                        !isBelow(path, top) || !(recursive || path.segments().size() == depth));
        if (json) {
            console.print(Json.object(json -> {
                json.writeArrayFieldStart("objects");
                for (Map.Entry<ObjectPath, ClassName> each : objects.entrySet()) {
                    json.writeStartObject();
                    json.writeStringField("path", each.getKey().toString());
                    json.writeStringField("class", each.getValue().toString());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }));
        } else {
            objects.forEach((path, className) -> console.print(className + "\t" + path));
        }
        return ExitCode.DONE;
    }

    private static boolean isBelow(ObjectPath path, ObjectPath top) {
        return path.segments().size() > top.segments().size() && Selection.isAtOrBelow(path, top);
    }
}
