package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeDriverCommandTest {
    @TempDir
    private Path folder;

    private static String object(String attributes) {
        return "<object class=\"m.C\">" + attributes + "</object>";
    }

    private int merge(String base, String ours, String theirs, String... more) throws IOException {
        Stream<String> files = Stream.of("base", "ours", "theirs")
                .map(name -> folder.resolve(name).toString());
        Files.writeString(folder.resolve("base"), base);
        Files.writeString(folder.resolve("ours"), ours);
        Files.writeString(folder.resolve("theirs"), theirs);
        return Main.run(Stream.of(Stream.of("merge-driver"), files, Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private String result() throws IOException {
        return Files.readString(folder.resolve("ours"));
    }

    @Test
    void namesTheVersionsAsGitDoesOrByTheirSides() throws IOException {
        String[] all = {
            object("<int name=\"a\">1</int>"), object("<int name=\"a\">2</int>"), object("<int name=\"a\">3</int>")
        };
        assertThat(merge(all[0], all[1], all[2], "9", "x.zodb.xml", "parent of 12 (a--b)", "HEAD", "12 (a--b)"))
                .isEqualTo(1);
        assertThat(result())
                .contains(
                        "\n<<<<<<<<< HEAD\n",
                        "\n||||||||| parent of 12 (a\u2010\u2010b)\n",
                        "\n>>>>>>>>> 12 (a\u2010\u2010b)\n");
        assertThat(merge(all[0], all[1], all[2], "7", "x.zodb.xml", "%S", "%X", "%Y"))
                .isEqualTo(1);
        assertThat(result()).contains("\n<<<<<<< ours\n", "\n||||||| base\n", "\n=======\n", "\n>>>>>>> theirs\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<object",
                "<object class=\"m.C\">\n<<<<<<< HEAD\n=======\n>>>>>>> x\n</object>",
                "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><object class=\"m.C\"/>",
                "<object class=\"m.C\"><conflict at=\"/a\" reason=\"changed\"><ours/></conflict></object>",
                "<object class=\"m.C\"><conflict><ours/><base/><theirs/></conflict></object>",
                "\ufffe"
            })
    void whatIsNoVersionOfAFileStopsGitAndLeavesOurs(String hostile) throws IOException {
        String ours = object("<int name=\"a\">2</int>");
        assertThat(merge(object(""), ours, hostile, "7", "x.zodb.xml")).isEqualTo(129);
        assertThat(result()).isEqualTo(ours);
        if (!hostile.isEmpty()) {
            assertThat(merge(hostile, ours, object(""), "7", "x.zodb.xml")).isEqualTo(129);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void elementsAsDeepAsAllowedAreMerged() throws IOException {
        assertThat(merge(deep("1", "1"), deep("2", "1"), deep("1", "2"), "7", "x.zodb.xml"))
                .isZero();
        assertThat(result()).contains("<int name=\"a\">2</int>", "<int name=\"b\">2</int>");
    }

    private static String deep(String a, String b) {
        int depth = 3_990;
        return "<object class=\"m.C\">" + "<dict name=\"d\">".repeat(depth) + "<int name=\"a\">" + a
                + "</int><int name=\"b\">" + b + "</int>" + "</dict>".repeat(depth) + "</object>";
    }

    @Test
    void tooFewArgumentsAreNoMerge() {
        assertThat(Main.run(new String[] {"merge-driver", "a", "b"})).isEqualTo(129);
    }
}
