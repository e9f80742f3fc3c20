package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitConfigTest {
    @TempDir
    Path folder;

    private HermeticGit git;
    private Path work;

    @BeforeEach
    void prepare() throws IOException {
        git = HermeticGit.in(folder);
        work = git.init("work");
        Files.writeString(work.resolve(".git/config"), """
                [zodb "main.Site"]
                \turl = "/srv/a b;c.fs"
                \tallow = a.B
                \tallow = "c\\nd"
                [zodb "other"]
                \tURL = x
                [zodb "none"]
                \tfollow = off
                [zodb]
                \thookStrict
                \todd = maybe
                """);
    }

    private GitConfig config() throws IOException {
        return GitConfig.read(git.git(work));
    }

    @Test
    void knowsSubsectionsWithDotsAndValuesWithLineEnds() throws IOException {
        GitConfig config = config();
        assertThat(config.subsections("zodb", "url")).containsExactly("main.Site", "other");
        assertThat(config.find("ZODB.main.Site.Url")).contains("/srv/a b;c.fs");
        assertThat(config.find("zodb.MAIN.site.url")).isEmpty();
        assertThat(config.all("zodb.main.Site.allow")).containsExactly("a.B", "c\nd");
        assertThat(config.find("zodb.main.Site.allow")).contains("c\nd");
    }

    @Test
    void readsTruthAsGitDoes() throws IOException {
        GitConfig config = config();
        assertThat(config.isTrue("zodb.hookstrict", false)).isTrue();
        assertThat(config.isTrue("zodb.none.follow", true)).isFalse();
        assertThat(config.isTrue("zodb.absent", true)).isTrue();
        assertThatThrownBy(() -> config.isTrue("zodb.odd", true))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("zodb.odd")
                .hasMessageContaining("maybe");
    }

    @Test
    void theEnvironmentCounts() throws IOException {
        git.with("GIT_CONFIG_COUNT", "1")
                .with("GIT_CONFIG_KEY_0", "zodb.other.url")
                .with("GIT_CONFIG_VALUE_0", "y");
        assertThat(config().find("zodb.other.url")).contains("y");
        assertThat(config().all("zodb.other.url")).containsExactly("x", "y");
    }
}
