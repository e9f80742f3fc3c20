package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class CommandTreeTest {
    /** What writes in a database, in git or in files of the user's. */
    private static final List<String> WRITING = List.of(
            "init",
            "clone",
            "fetch",
            "pull",
            "push",
            "reload",
            "dump",
            "load",
            "canonicalize",
            "merge",
            "resolve",
            "install",
            "uninstall");

    private static final List<String> REPORTING = List.of("status", "diff", "ls", "info", "verify", "conflicts");

    static Stream<String> commands() {
        return CommandTree.line().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    private static CommandLine command(String name) {
        return Objects.requireNonNull(CommandTree.line().getSubcommands().get(name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsItselfAndEveryOptionAndArgument(String name) {
        CommandLine command = command(name);
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(option.description())
                    .as(name + " " + option.longestName())
                    .isNotEmpty();
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            assertThat(parameter.description())
                    .as(name + " " + parameter.paramLabel())
                    .isNotEmpty();
        }
        assertThat(command.getCommandSpec().optionsMap()).containsKeys("-h", "--help", "-q", "-v", "--debug");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsNoFailureAndAnUnknownOptionIsUsage(String name) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandTree.line();
        line.setOut(new PrintWriter(out));

        assertThat(line.execute(name, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: git zodb " + name);
        assertThat(line.execute(name, "--no-such-option")).isEqualTo(64);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatWritesCanBeTriedAndWhatReportsCanBeReadByPrograms(String name) {
        assertThat(command(name).getCommandSpec().optionsMap().containsKey("--dry-run"))
                .as("--dry-run")
                .isEqualTo(WRITING.contains(name));
        assertThat(command(name).getCommandSpec().optionsMap().containsKey("--json"))
                .as("--json")
                .isEqualTo(REPORTING.contains(name));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "nothing",
        "clone",
        "init",
        "dump",
        "cat",
        "push a b",
        "load --create",
        "load --into x --create --no-recurse",
        "load --into x --override --allow nodot --dir .",
        "init x --name",
        "status --json --porcelain"
    })
    void whatCannotBeUnderstoodIsUsage(String words) {
        assertThat(CommandTree.execute(words.isEmpty() ? new String[0] : words.split(" ", -1)))
                .isEqualTo(64);
    }
}
