package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(boolean quiet) {
        return new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                quiet);
    }

    @Test
    void showsControlCharactersInsteadOfSendingThem() {
        Console console = console(false);
        console.print("a\u001b[31mb\u202ec\u0085");
        console.flush();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\\u001b[31mb\\u202ec\\u0085\n");
    }

    @Test
    void complainsInOneLine() {
        console(false).complain("one\ntwo");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("git zodb: one two\n");
    }

    @Test
    void leavesRemarksOutWhenQuiet() {
        Console console = console(true);
        console.say("remark");
        console.print("Größe");
        console.flush();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Größe\n");
    }
}
