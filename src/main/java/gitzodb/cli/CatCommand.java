package gitzodb.cli;

import gitzodb.dump.DumpOptions;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.LooseDatabase;
import gitzodb.sync.RefusedException;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.ObjectPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cat", description = "Prints an object as its files would show it.")
final class CatCommand extends LookCommand {
    @Parameters(paramLabel = "OBJECT", description = "its path, such as /Application/shop/price_list")
    private String object = "/";

    @Option(names = "--exact", description = "with derived attributes and secrets")
    private boolean exact;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "a .zodbconfig, such as one with a site's own secrets; that of the tree for the bound database")
    private @Nullable Path settings;

    @Override
    ExitCode run(Console console, LooseDatabase database) throws IOException {
        ObjectPath path = path(object);
        FirstSettings given = settings == null ? own().forAnyObject() : InitCommand.settings(false, false, settings);
        MemoryTree files = new MemoryTree();
        boolean found = database.dump(
                                files,
                                new DumpOptions(List.of(path), false, false, false),
                                new FirstSettings(exact, given.keepSecrets(), given.file()),
                                Optional.empty())
                        .objects()
                > 0;
        if (!found) {
            throw new RefusedException("no such object: " + object + "; 'git zodb ls' shows what is there");
        }
        TreeMap<String, gitzodb.bytes.Bytes> shown = new TreeMap<>(files.files());
        for (var file : shown.entrySet()) {
            if (shown.size() > 1) {
                console.print("==> " + file.getKey() + " <==");
            }
            console.write(file.getValue().toArray());
        }
        return ExitCode.DONE;
    }
}
