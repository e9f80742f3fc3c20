package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.load.LoadResult;
import gitzodb.zodb.Tid;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedTest {
    @Test
    void saysWhatToDoAboutSecretsThatNobodyHas() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Loaded.describeRest(
                console,
                new LoadResult(
                        Tid.NONE,
                        List.of(),
                        List.of(),
                        List.of(
                                new LoadResult.Locked("/Application/acl_users/ida", "__"),
                                new LoadResult.Locked("/Application/Plone/portal_setup/s/acl_users.xml", "_text"))));
        console.flush();
        assertThat(out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8))
                .contains("locked: /Application/acl_users/ida: its __ is in no tree")
                .contains("empty: /Application/Plone/portal_setup/s/acl_users.xml: a text with passwords")
                .contains("take a new snapshot there and delete this one");
    }
}
