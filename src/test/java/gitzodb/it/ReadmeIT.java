package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a newcomer to type works, and shows what it says. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("^```\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path temp;

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Workbench.product().resolve("README.md")));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    /** Ids differ from run to run, and so does the folder. */
    private static String withoutIds(String output) {
        return output.replaceAll("/\\S*git-zodb-demo[^/\\s;]*", "/DEMO")
                .replaceAll("\\b[0-9a-f]{16}\\b", "TID")
                .replaceAll("\\b[0-9a-f]{7,12}\\b", "ID")
                .strip();
    }

    @Test
    void theDemonstrationIsAsShown() throws IOException {
        Workbench workbench = Workbench.in(temp);
        workbench.git().with("GIT_ZODB_JAVA_OPTS", "-Djava.io.tmpdir=" + workbench.folder());
        String command = blocks().getFirst().strip();
        assertThat(command).isEqualTo("./git-extension/git-zodb demo");

        Ran demo = workbench.run(Workbench.product(), "sh", "-c", command).ok();

        assertThat(withoutIds(demo.output())).isEqualTo(withoutIds(blocks().get(1)));
    }

    @Test
    void theCommandsForOnesOwnDatabaseWork() throws IOException {
        Workbench workbench = Workbench.in(temp);
        Site site = workbench.site("demo");
        String script = blocks().get(2)
                .replace("$PWD", Workbench.product().toString())
                .replace("/path/to/Data.fs", site.dataFs().toString())
                .replace("git switch other-branch", "git branch other-branch\ngit switch other-branch");
        assertThat(script).contains("git zodb clone", "git zodb status", "git zodb pull", "git zodb push");

        Ran ran = workbench.run(workbench.folder(), "sh", "-e", "-c", script).ok();

        assertThat(ran.output()).contains("cloned into", "in step");
    }
}
