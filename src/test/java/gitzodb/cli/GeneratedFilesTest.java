package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The manual and the completions in {@code git-extension} say what the commands are now. With {@code -Dgitzodb.write=true}
 * they are written anew.
 */
class GeneratedFilesTest {
    private static final Path HOME =
            Path.of(System.getProperty("gitzodb.home", "")).toAbsolutePath().resolve("git-extension");

    private static void mustBeIn(Path folder, Map<String, String> files) throws IOException {
        if (Boolean.getBoolean("gitzodb.write")) {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        }
        Map<String, String> found = new HashMap<>();
        try (Stream<Path> present = Files.list(folder)) {
            for (Path file : present.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(found).as("run this test with -Dgitzodb.write=true").isEqualTo(files);
    }

    @Test
    void theManualIsCurrent() throws IOException {
        mustBeIn(HOME.resolve("man/man1"), ManPages.of(CommandTree.line()));
    }

    @Test
    void theCompletionsAreCurrent() throws IOException {
        mustBeIn(HOME.resolve("completion"), Completions.of(CommandTree.line()));
    }

    /** With git's own completion, as in a shell. */
    @ParameterizedTest
    @CsvSource({
        "git zodb st, status",
        "git zodb push --dr, --dry-run",
        "git zodb init --pa, --path=",
        "git zodb load --no-r, --no-recurse"
    })
    void bashCompletesCommandsAndOptions(String typed, String expected) throws Exception {
        Path git = Path.of("/usr/share/bash-completion/completions/git");
        Assumptions.assumeTrue(Files.exists(git), "no completion of git here");
        String script = "source " + git + "; source " + HOME.resolve("completion/git-zodb.bash") + "\n"
                + "COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='" + typed + "'\n"
                + "COMP_POINT=${#COMP_LINE}; __git_wrap__git_main; printf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Process bash = new ProcessBuilder(List.of("bash", "-c", script))
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines().map(String::strip)).as(output).contains(expected);
    }

    @TempDir
    private Path home;

    private String said(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.environment().put("HOME", home.toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static void assumeInstalled(String shell) {
        boolean there = Stream.of("/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder + shell)));
        Assumptions.assumeTrue(there, "no " + shell + " here");
    }

    @Test
    void zshReadsItsCompletion() throws Exception {
        assumeInstalled("zsh");
        assertThat(said("zsh", "-n", HOME.resolve("completion/_git-zodb").toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "git zo, zodb",
        "git zodb pu, pull",
        "git -C . zodb pu, push",
        "git-zodb unin, uninstall",
        "git zodb load --allo, --allow",
        "git zodb push --force, --force-with-lease"
    })
    void fishCompletesCommandsAndOptions(String typed, String expected) throws Exception {
        assumeInstalled("fish");
        String script = "source " + HOME.resolve("completion/git-zodb.fish") + "; complete -C '" + typed + "'";
        assertThat(said("fish", "-c", script).lines().map(line -> line.replaceFirst("\t.*", "")))
                .contains(expected);
    }
}
