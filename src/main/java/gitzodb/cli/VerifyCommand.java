package gitzodb.cli;

import gitzodb.git.Repository;
import gitzodb.sync.CheckedTree;
import gitzodb.sync.RefusedException;
import gitzodb.tree.Problem;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Checks a tree without a database; names every bad file. For hosting sites and CI.",
        footer = "%nExit 1 if there is a finding.")
final class VerifyCommand extends TreeCommand {
    @Parameters(arity = "0..1", paramLabel = "REV", description = "a revision; the work tree if not given")
    private @Nullable String revision;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    ExitCode run(Console console) throws IOException {
        List<Problem> problems = problems();
        if (json) {
            console.print(json(problems));
            return problems.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
        }
        problems.forEach(problem -> console.print(problem.toString()));
        if (problems.isEmpty()) {
            console.say("the tree is sound");
            return ExitCode.DONE;
        }
        console.complain(Words.count(problems.size(), "finding") + "; 'git zodb canonicalize' mends those of form");
        return ExitCode.FINDINGS;
    }

    private static String json(List<Problem> problems) throws IOException {
        return Json.object(json -> {
            json.writeArrayFieldStart("findings");
            for (Problem problem : problems) {
                json.writeStartObject();
                json.writeStringField("file", problem.file());
                json.writeNumberField("line", problem.line());
                json.writeStringField("object", problem.object());
                json.writeStringField("message", problem.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private List<Problem> problems() throws IOException {
        if (revision == null) {
            TreeFolder folder = folder();
            return ShownFiles.in(
                    folder.shown(),
                    () -> named(
                            CheckedTree.inFolder(Wiring.formats(), folder.path())
                                    .problems(),
                            folder.shown()));
        }
        String wanted = revision;
        try (Repository repository = DatabaseCommand.repository()) {
            ObjectId commit = repository
                    .resolve(wanted)
                    .orElseThrow(() -> new RefusedException("'" + wanted + "' is no revision"));
            String path = path(repository);
            return ShownFiles.in(
                    path, () -> named(CheckedTree.problems(Wiring.formats(), repository, commit, path), path));
        }
    }

    private static List<Problem> named(List<Problem> problems, String folder) {
        return problems.stream().map(problem -> problem.in(folder)).toList();
    }
}
