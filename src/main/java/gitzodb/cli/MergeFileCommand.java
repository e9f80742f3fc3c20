package gitzodb.cli;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.merge.Decision;
import gitzodb.merge.MergeFile;
import gitzodb.xml.ConflictMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "merge-file",
        description = "Merges three versions of an XML file; for tools other than git.",
        footer = "%nExit 1 if the result holds a conflict.")
final class MergeFileCommand extends ZodbCommand {
    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "the version of before; both added the file if not given")
    private @Nullable Path base;

    @Option(names = "--ours", paramLabel = "FILE", required = true, description = "our version")
    private @Nullable Path ours;

    @Option(names = "--theirs", paramLabel = "FILE", required = true, description = "their version")
    private @Nullable Path theirs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where the result goes; standard output if not given")
    private @Nullable Path output;

    @Option(names = "--decisions", description = "print, as JSON, what was decided, and no result")
    private boolean decisions;

    @Override
    ExitCode run(Console console) throws IOException {
        Path left = Objects.requireNonNull(ours);
        MergeFile merged = MergeFile.of(
                left.toString(),
                base == null ? Bytes.EMPTY : read(base),
                read(left),
                read(Objects.requireNonNull(theirs)),
                new ConflictMarks(7, "ours", "base", "theirs"));
        if (output != null) {
            AtomicFile.write(output, merged.content());
        }
        if (decisions) {
            console.print(json(merged));
        } else if (output == null) {
            console.write(merged.content().toArray());
        }
        return merged.isClean() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static Bytes read(Path file) throws IOException {
        return Bytes.wrap(Files.readAllBytes(file));
    }

    private static String json(MergeFile merged) throws IOException {
        return Json.object(json -> {
            json.writeArrayFieldStart("decisions");
            for (Decision decision : merged.merge().decisions()) {
                json.writeStartObject();
                json.writeStringField("at", decision.path());
                switch (decision) {
                    case Decision.Taken taken ->
                        json.writeStringField("taken", taken.side().text());
                    case Decision.Combined combined ->
                        json.writeStringField("combined", combined.rule().text());
                    case Decision.Conflicting conflict ->
                        json.writeStringField("conflict", conflict.reason().text());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
