package gitzodb.merge;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The named cases of merge.md: what is merged to what, beside what git makes of the same lines. */
class MergeCasesTest {
    private static final Path HOME = Path.of(System.getProperty("gitzodb.home", "."));
    private static final Path CASES = HOME.resolve("src/test/resources/merge");
    private static final Path DOCS = HOME.resolve("src/docs/merge.md");
    private static final ConflictMarks MARKS = new ConflictMarks(7, "HEAD", "", "topic");

    @TempDir
    Path folder;

    static Stream<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(CASES)) {
            folders.forEach(each -> names.add(each.getFileName().toString()));
        }
        return names.stream().sorted();
    }

    private static Bytes file(String name, String version) throws IOException {
        Path file = CASES.resolve(name).resolve(version + ".xml");
        return Files.exists(file) ? Bytes.wrap(Files.readAllBytes(file)) : Bytes.EMPTY;
    }

    private static Bytes merged(String name) throws IOException {
        return MergeFile.of(name, file(name, "base"), file(name, "ours"), file(name, "theirs"), MARKS)
                .content();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isMergedAsTheTableSays(String name) throws IOException {
        assertThat(merged(name).utf8()).isEqualTo(file(name, "expected").utf8());
    }

    @ParameterizedTest
    @MethodSource("names")
    void isInCanonicalForm(String name) throws IOException {
        for (String version : List.of("ours", "theirs", "expected")) {
            Bytes content = file(name, version);
            Bytes plain = CanonicalXml.bytes(XmlReader.readWithConflicts(name, content));
            assertThat(plain.utf8()).isEqualTo(content.utf8().replaceAll("(?m)^<!--\\n.*\\n-->\\n", ""));
        }
    }

    @Test
    void theTableSaysWhatGitMakesOfTheSameLines() throws Exception {
        Map<String, String> computed = new TreeMap<>();
        int failed = 0;
        for (String name : names().toList()) {
            boolean conflicts = !Conflict.in(XmlReader.readWithConflicts(name, merged(name)))
                    .isEmpty();
            String text = text(name);
            computed.put(name, (conflicts ? "conflict" : "merged") + " | " + text);
            failed += conflicts == text.equals("conflict") && !text.equals("wrong") ? 0 : 1;
        }
        String docs = Files.readString(DOCS);
        Map<String, String> told = new TreeMap<>();
        for (String line : docs.lines().filter(each -> each.startsWith("| `")).toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6) {
                told.put(cells[1].strip().replace("`", ""), cells[3].strip() + " | " + cells[4].strip());
            }
        }
        assertThat(told).isEqualTo(computed);
        assertThat(computed).hasSizeGreaterThan(60);
        assertThat(docs).contains("Of these " + computed.size() + " cases a merge of lines fails in " + failed + ",");
    }

    /** Returns what git does with the lines: the same, a conflict, or something else without a word. */
    private String text(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "merge-file", "-p"));
        for (String version : List.of("ours", "base", "theirs")) {
            Path file = folder.resolve(version);
            Files.write(file, file(name, version).toArray());
            command.add(file.toString());
        }
        Process git = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String result = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            return "conflict";
        }
        return result.equals(file(name, "expected").utf8()) ? "same" : "wrong";
    }
}
