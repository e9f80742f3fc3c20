package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"status", "fetch", "pull", "push", "reload"})
    void aCommandWithoutOptionsIsWhatTheParserMakesOfIt(String name) {
        CommandLine.ParseResult parsed =
                CommandTree.lineFor(new String[] {name}).parseArgs(name);
        Object command =
                Objects.requireNonNull(parsed.subcommand()).commandSpec().userObject();

        assertThat(Main.plain(name))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields("spec")
                .isEqualTo(command);
    }

    @Test
    void whatNeedsArgumentsIsLeftToTheParser() {
        assertThat(Main.plain("init")).isNull();
        assertThat(Main.run(new String[] {"init"})).isEqualTo(64);
        assertThat(Main.run(new String[] {"--version"})).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "fetch", "load"})
    void oneCommandAloneIsDescribedAsAmongAll(String name) {
        assertThat(CommandTree.lineFor(new String[] {name}).getSubcommands()).containsOnlyKeys(name);
        assertThat(usage(CommandTree.lineFor(new String[] {name}), name)).isEqualTo(usage(CommandTree.line(), name));
    }

    private static String usage(CommandLine line, String name) {
        return Objects.requireNonNull(line.getSubcommands().get(name)).getUsageMessage();
    }
}
