package gitzodb.cli;

import gitzodb.sync.CheckedTree;
import gitzodb.tree.FileNames;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "canonicalize", description = "Rewrites the XML files of a tree in the one canonical form.")
final class CanonicalizeCommand extends TreeCommand {
    @Mixin
    private DryRun dryRun = new DryRun();

    @Override
    ExitCode run(Console console) throws IOException {
        TreeFolder folder = folder();
        List<String> written = ShownFiles.in(
                folder.shown(),
                () -> CheckedTree.inFolder(Wiring.formats(), folder.path()).canonicalize(dryRun.isOn()));
        written.forEach(file -> console.print(FileNames.join(folder.shown(), file)));
        console.say(Words.count(written.size(), "file") + dryRun.say(" would be rewritten", " rewritten"));
        return ExitCode.DONE;
    }
}
