package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load leaves to Zope, and the command of the user that has it done. */
class AfterLoadIT {
    private static final String SCRIPT = "Application/shop/price_list.py";

    @TempDir
    private Path temp;

    private Checkout checkout;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("demo");
    }

    private Path log() {
        return temp.resolve("log");
    }

    private void listen(String rest) throws IOException {
        checkout.git("config", "zodb.zodb.afterLoad", "{ echo $GIT_ZODB_NAME $GIT_ZODB_TID; cat; } >> ../log" + rest);
    }

    @Test
    void theCommandGetsWhatWasWrittenWhenTheDatabaseIsLetGo() throws IOException {
        listen(" && git zodb status");
        checkout.commitFile(SCRIPT, "return 1\n");
        assertThat(checkout.zodb("push")).contains("written: 1 changed");
        assertThat(Files.readString(log())).matches("zodb [0-9a-f]{16}\nchanged /Application/shop/price_list\n");
        checkout.zodb("push");
        assertThat(Files.readAllLines(log())).hasSize(2);

        checkout.git("checkout", "-q", "-b", "other", "HEAD~1");
        assertThat(Files.readAllLines(log())).hasSize(4);
        Files.writeString(checkout.file(SCRIPT), "return 2\n");
        checkout.zodb("load", "--dry-run");
        assertThat(Files.readAllLines(log())).hasSize(4);
        checkout.zodb("load");
        assertThat(Files.readAllLines(log())).hasSize(6);
    }

    @Test
    void aCommandThatFailsIsNamedAndTheLoadStands() throws IOException {
        listen("; false");
        checkout.commitFile(SCRIPT, "return 1\n");
        Ran pushed = checkout.tryZodb("push");
        assertThat(pushed.exit()).isEqualTo(3);
        assertThat(pushed.text()).contains("zodb.zodb.afterLoad failed with status 1");
        checkout.mustBeInStep();
    }

    @Test
    void aTrackedFileSetsNoCommand() throws IOException {
        checkout.commitFile(
                ".zodbconfig", checkout.read(".zodbconfig") + "[zodb \"zodb\"]\n\tafterLoad = touch ../log\n");
        checkout.tryZodb("push");
        assertThat(log()).doesNotExist();
    }
}
