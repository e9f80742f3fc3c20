package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer runs first. */
class DemoIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern FOLDER = Pattern.compile("/\\S*git-zodb-demo-[^/\\s]+");

    @TempDir
    private Path temp;

    @Test
    void tellsTheStoryAndSaysWhereItIs() throws IOException {
        Workbench workbench = Workbench.in(temp);
        workbench.git().with("GIT_ZODB_JAVA_OPTS", "-Djava.io.tmpdir=" + workbench.folder());
        String launcher = Workbench.product().resolve("git-extension/git-zodb").toString();
        long start = System.nanoTime();
        Ran demo = workbench.run(workbench.folder(), launcher, "demo").ok();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        assertThat(demo.errors()).isEmpty();
        List<String> commands =
                demo.output().lines().filter(line -> line.startsWith("$ ")).toList();
        assertThat(commands.toString()).contains("clone", "zodb pull", "zodb push", "git switch", "zodb status");
        assertThat(demo.output()).contains("-prices = {'tea': 300", "+prices = {'tea': 320");
        assertThat(demo.output().lines().filter(line -> !line.isBlank()).count())
                .isBetween(15L, 45L);
        Matcher folder = FOLDER.matcher(demo.output());
        assertThat(folder.find()).isTrue();
        assertThat(Files.exists(Path.of(folder.group()).resolve("Data.fs"))).isTrue();
    }
}
