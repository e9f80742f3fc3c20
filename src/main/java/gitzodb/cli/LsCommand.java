package gitzodb.cli;

import gitzodb.bytes.Bytes;
import gitzodb.dump.DumpOptions;
import gitzodb.dump.DumpReport;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.LooseDatabase;
import gitzodb.sync.RefusedException;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ls", description = "Lists the objects below an object that have a file, with their classes.")
final class LsCommand extends LookCommand {
    private static final Pattern CLASS = Pattern.compile("<object[^>]* class=\"([^\"]*)\"");

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
        ObjectPath path = path(object);
        TreeMap<String, String> found = new TreeMap<>();
        List<ObjectPath> wanted = path.isRoot() ? List.of() : List.of(path);
        DumpReport report = database.dump(
                new Listing(found),
                new DumpOptions(wanted, true, true, false),
                FirstSettings.USUAL,
                java.util.Optional.empty());
        if (report.objects() == 0) {
            throw new RefusedException("no such object: " + object + "; 'git zodb ls' shows what is there");
        }
        int depth = path.segments().size() + 1;
        found.keySet().removeIf(name -> {
            boolean direct = name.chars().filter(c -> c == '/').count() + 1 == depth;
            return name.isEmpty() || !(recursive || direct);
        });
        if (json) {
            console.print(Json.object(json -> {
                json.writeArrayFieldStart("objects");
                for (Map.Entry<String, String> each : found.entrySet()) {
                    json.writeStartObject();
                    json.writeStringField("path", "/" + each.getKey());
                    json.writeStringField("class", each.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }));
        } else {
            found.forEach((name, className) -> console.print(className + "\t/" + name));
        }
        return ExitCode.DONE;
    }

    /** Keeps of each object its file name and class. */
    private record Listing(TreeMap<String, String> found) implements TreeSink {
        private static final String XML = ".zodb.xml";
        private static final String SELF = "__self__.zodb.xml";

        @Override
        public void put(String path, Bytes content) {
            if (!path.endsWith(XML)) {
                return;
            }
            Bytes start = content.slice(0, Math.min(1000, content.length()));
            Matcher matcher = CLASS.matcher(new String(start.toArray(), StandardCharsets.UTF_8));
            if (matcher.find()) {
                found.put(name(path), matcher.group(1));
            }
        }

        private static String name(String path) {
            if (path.equals(SELF)) {
                return "";
            }
            return path.endsWith("/" + SELF)
                    ? path.substring(0, path.length() - SELF.length() - 1)
                    : path.substring(0, path.length() - XML.length());
        }

        @Override
        public void put(String path, Path content) {}

        @Override
        public void delete(String path) {}
    }
}
