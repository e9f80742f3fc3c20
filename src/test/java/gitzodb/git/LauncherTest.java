package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with Javas that print their arguments. */
class LauncherTest {
    @TempDir
    Path folder;

    private HermeticGit git;
    private Path clone;
    private Path launcher;
    private Path javas;

    @BeforeEach
    void prepare() throws IOException {
        git = HermeticGit.in(folder);
        clone = git.folder().resolve("a clone's folder");
        launcher = InstalledTool.in(clone);
        javas = Files.createDirectories(git.folder().resolve("java homes"));
        Files.createDirectories(clone.resolve("target"));
        Files.writeString(clone.resolve("target/git-zodb.jar"), "jar");
        // Only what the launcher needs: no java of this machine.
        Path programs = Files.createDirectories(git.folder().resolve("programs"));
        for (String name :
                new String[] {"sh", "git", "readlink", "mkdir", "rm", "sleep", "cat", "find", "head", "wc"}) {
            String real = git.sh(git.folder(), "command -v " + name);
            program(programs.resolve(name), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        git.with("PATH", programs.toString()).with("GIT_ZODB_JVMS", javas.toString());
    }

    private Path java(String name, String version) throws IOException {
        Path home = javas.resolve(name);
        HermeticGit.write(home, "release", "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"" + name + "\" \"$PWD\" \"$@\"\n");
        return home;
    }

    private static void program(Path file, String script) throws IOException {
        HermeticGit.write(file, script);
        file.toFile().setExecutable(true);
    }

    private GitResult start(String shell) throws IOException {
        return git.shResult(git.home(), shell + " " + HookFile.quote(launcher) + " status \"\" 'x  y'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/bin/dash", "/bin/bash"})
    void passesFolderAndArgumentsUnchanged(String shell) throws IOException {
        assumeTrue(shell.isEmpty() || Files.exists(Path.of(shell)));
        java("jdk 21", "21.0.4");
        assertThat(start(shell).orThrow().text().lines())
                .startsWith("jdk 21", git.home().toString())
                .contains("-Duser.home=" + git.home(), "-Dfile.encoding=UTF-8", "-XX:TieredStopAtLevel=1")
                .endsWith("-jar", clone.resolve("target/git-zodb.jar").toString(), "status", "", "x  y");
    }

    @Test
    void saysInOneLineWhatToInstall() throws IOException {
        java("old", "17.0.1");
        java("older", "1.8.0_292");
        GitResult result = start("");
        assertThat(result.status()).isEqualTo(69);
        assertThat(result.errors())
                .startsWith("git zodb: no Java 21 or newer found; install")
                .hasLineCount(1);
    }

    @Test
    void takesTheNewestThatIsFound() throws IOException {
        java("a", "21.0.1");
        java("b", "100");
        java("c", "25");
        assertThat(start("").text()).startsWith("b\n");
    }

    @Test
    void prefersWhatIsConfiguredThenJavaHome() throws IOException {
        java("newest", "99");
        Path home = java("home", "22");
        Path configured = java("configured", "23");
        Path old = java("old", "17");
        git.with("JAVA_HOME", old.toString());
        assertThat(start("").text()).startsWith("newest\n");
        git.with("JAVA_HOME", home.toString());
        assertThat(start("").text()).startsWith("home\n");
        git.run(git.home(), "config", "--global", "zodb.java", configured.toString());
        assertThat(start("").text()).startsWith("configured\n");
        git.run(git.home(), "config", "--global", "zodb.java", old.toString());
        assertThat(start("").errors()).startsWith("git zodb: zodb.java: " + old);
    }

    @Test
    void passesTheJarsWithClassFormats() throws IOException {
        java("jdk", "21");
        assertThat(start("").text()).doesNotContain("gitzodb.classpath");
        git.run(git.home(), "config", "--global", "zodb.classpath", "~/a b.jar");
        git.run(git.home(), "config", "--global", "--add", "zodb.classpath", "/c.jar:/d");
        assertThat(start("").text())
                .contains("\n-Dgitzodb.classpath=" + git.environment().get("HOME") + "/a b.jar:/c.jar:/d\n");
    }

    @Test
    void findsItselfThroughLinks() throws IOException {
        java("jdk", "21");
        Path bin = Files.createDirectories(git.home().resolve("bin dir"));
        Files.createSymbolicLink(bin.resolve("one"), bin.relativize(launcher));
        Files.createSymbolicLink(bin.resolve("git-zodb"), Path.of("one"));
        git.with("PATH", bin + ":" + git.environment().get("PATH"));
        assertThat(git.sh(git.home(), "git-zodb status"))
                .contains(clone.resolve("target/git-zodb.jar").toString());
        assertThat(git.run(git.home(), "zodb", "status"))
                .contains(clone.resolve("target/git-zodb.jar").toString());
    }

    @Test
    void usesTheArchiveOfThisJavaBesideTheJar() throws IOException {
        java("jdk", "21.0.4");
        Path other = Files.writeString(clone.resolve("target/git-zodb-25.jsa"), "");
        Path archive = Files.writeString(clone.resolve("target/git-zodb-21.0.4.jsa"), "");
        assertThat(start("").text())
                .contains("-XX:SharedArchiveFile=" + archive, "-Dgitzodb.archive=git-zodb-21.0.4.jsa\n")
                .doesNotContain(other.toString());
    }

    /** Java says at once that the two do not go together, and ends. */
    @Test
    void usesTheAotCacheOfAJavaThatHasThem() throws IOException {
        java("jdk", "25.0.3");
        Files.writeString(clone.resolve("target/git-zodb-25.0.3.jsa"), "");
        assertThat(start("").text()).doesNotContain("AOTCache", "SharedArchiveFile", "-Xshare");
        Path cache = Files.writeString(clone.resolve("target/git-zodb-25.0.3.aot"), "");
        assertThat(start("").text())
                .contains("-XX:AOTCache=" + cache, "-Dgitzodb.archive=git-zodb-25.0.3.aot\n")
                .doesNotContain("SharedArchiveFile", "-Xshare");
        git.with("GIT_ZODB_JAVA_OPTS", "-Xshare:off");
        assertThat(start("").text()).contains("-Xshare:off").doesNotContain("AOTCache");
    }

    @Test
    void takesTheArchiveOfTheRepositoryIfThereIsNoneBesideTheJar() throws IOException {
        java("jdk", "21.0.4");
        Path work = git.init("work");
        HermeticGit.write(work, ".git/zodb/git-zodb-21.0.4.jsa", "");
        assertThat(git.shResult(work, HookFile.quote(launcher) + " status").text())
                .contains("-XX:SharedArchiveFile=.git/zodb/git-zodb-21.0.4.jsa\n")
                .contains("-Xshare:auto");
        Files.delete(work.resolve(".git/zodb/git-zodb-21.0.4.jsa"));
        assertThat(git.shResult(work, HookFile.quote(launcher) + " status").text())
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void makesAnArchiveAnewThatIsOlderThanTheJar() throws Exception {
        Path home = java("jdk", "21.0.4");
        program(home.resolve("bin/java"), "#!/bin/sh\necho \"$@\" >>\"$HOME/started\"\n");
        Path archive = Files.writeString(clone.resolve("target/git-zodb-21.0.4.jsa"), "");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
        start("");
        Path started = git.home().resolve("started");
        for (int i = 0; i < 100 && Files.readAllLines(started).size() < 2; i++) {
            Thread.sleep(50);
        }
        assertThat(Files.readAllLines(started))
                .hasSize(2)
                .noneMatch(line -> line.contains("SharedArchiveFile"))
                .anyMatch(line -> line.endsWith("git-zodb.jar rehearse " + archive));
        assertThat(archive).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init big.fs", "dump -o x --from=site", "load --into big.fs --dir y", "clone 'big.fs?a=b'"})
    void takesTheSecondCompilerForALargeDatabase(String command) throws IOException {
        java("jdk", "21");
        Path large = git.home().resolve("big.fs");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(210_000_000);
        }
        Files.createSymbolicLink(
                Files.createDirectories(git.home().resolve("site")).resolve("Data.fs"), large);
        String path = HookFile.quote(launcher);
        assertThat(git.sh(git.home(), path + " " + command)).contains("-XX:TieredStopAtLevel=4");
        assertThat(git.sh(git.home(), path + " status big.fs")).contains("-XX:TieredStopAtLevel=1");
        Files.delete(large);
        Files.writeString(large, "small");
        assertThat(git.sh(git.home(), path + " " + command)).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void takesTheSecondCompilerForATreeOfManyFiles() throws IOException {
        java("jdk", "21");
        Path folder = Files.createDirectories(git.home().resolve("tree"));
        Files.writeString(folder.resolve(".zodbconfig"), "");
        String load = HookFile.quote(launcher) + " load --dir=tree --into new.fs --create";
        assertThat(git.sh(git.home(), load)).contains("-XX:TieredStopAtLevel=1");
        // It would go on for ever, if nobody stopped it.
        program(git.folder().resolve("programs/find"), "#!/bin/sh\nwhile echo file; do :; done 2>/dev/null\n");
        assertThat(git.sh(git.home(), load)).contains("-XX:TieredStopAtLevel=4");
    }

    @Test
    void namesFilesInUtf8InAnyLocale() throws IOException {
        Path home = java("jdk", "21");
        program(home.resolve("bin/java"), "#!/bin/sh\necho \"$LC_ALL $LANG\"\n");
        assertThat(start("").text()).startsWith("C.UTF-8");
        git.with("LC_ALL", "").with("LANG", "de_DE.UTF-8");
        assertThat(start("").text()).isEqualTo(" de_DE.UTF-8");
    }

    @Test
    void anAliasInALinkedWorkTreeFindsItsRoot() throws IOException {
        Path home = java("jdk", "21");
        program(home.resolve("bin/java"), "#!/bin/sh\npwd; git rev-parse --show-toplevel\n");
        Path work = git.init("work");
        git.commit(work, "below/a", "1\n");
        try (Repository repository = Repository.open(git.git(work))) {
            HookInstall.plan(repository, launcher).apply();
        }
        git.run(work, "worktree", "add", "--quiet", "../second");
        Path second = git.folder().resolve("second");
        assertThat(git.run(second.resolve("below"), "zodb", "status"))
                .isEqualTo(second.resolve("below") + "\n" + second);
    }

    @Test
    void aJarBesideTheLauncherComesFirst() throws IOException {
        java("jdk", "21");
        Path jar = Files.writeString(launcher.resolveSibling("git-zodb.jar"), "jar");
        assertThat(start("").text()).contains(jar.toString());
    }

    @Test
    void buildsTheJarOnFirstUseOnceForAll() throws IOException {
        java("jdk", "21");
        Files.delete(clone.resolve("target/git-zodb.jar"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        program(
                git.folder().resolve("programs/mvn"),
                "#!/bin/sh\necho built >>\"$HOME/built\"; sleep 1; echo jar >target/git-zodb.jar\n");
        String path = HookFile.quote(launcher);
        String text = git.sh(git.home(), path + " status & " + path + " status; wait");
        assertThat(text).contains("building on first use");
        assertThat(text.split("git-zodb.jar\n", -1)).hasSize(3);
        assertThat(git.home().resolve("built")).hasContent("built");
        assertThat(clone.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aFailedBuildSaysWhereItsLogIs() throws IOException {
        java("jdk", "21");
        Files.delete(clone.resolve("target/git-zodb.jar"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        assertThat(start("").errors()).contains("Maven (mvn) is not found");
        program(git.folder().resolve("programs/mvn"), "#!/bin/sh\necho broken; exit 1\n");
        GitResult result = start("");
        assertThat(result.status()).isEqualTo(128);
        assertThat(result.errors().lines())
                .last()
                .isEqualTo("git zodb: the build failed; see " + clone.resolve("target/build.log"));
        assertThat(clone.resolve("target/build.log")).hasContent("broken");
    }
}
