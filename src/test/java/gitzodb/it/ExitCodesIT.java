package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of exit codes in commands.md, command by command. Wrong options are CommandTreeTest's. */
class ExitCodesIT {
    @TempDir
    private static Path temp;

    private static Workbench workbench;
    private static Checkout work;
    private static String before;

    /**
     * {@code outside} no repository, {@code empty} one without a database, {@code work} one with; {@code tree} a tree,
     * {@code full} a folder that is none, {@code garbage} no database.
     */
    @BeforeAll
    static void makePlaces() throws IOException {
        workbench = Workbench.in(temp);
        work = workbench.bound("demo");
        Path top = workbench.folder();
        Files.createDirectories(top.resolve("outside"));
        Files.writeString(Files.createDirectories(top.resolve("full")).resolve("file"), "somebody's");
        Files.writeString(top.resolve("garbage"), "no database");
        workbench.run(top, "git", "init", "-q", "empty").ok();
        run("outside", "dump --from ../site/Data.fs -o ../tree").ok();
        before = work.site().hash();
    }

    private static Ran run(String place, String words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "zodb"));
        command.addAll(List.of(words.split(" ", -1)));
        return workbench.run(workbench.folder().resolve(place), command.toArray(String[]::new));
    }

    @Test
    void aCommandThatThereIsNotIsNamed() throws IOException {
        Ran ran = run("outside", "pulll").exits(64);
        assertThat(ran.errors().strip()).isEqualTo("git zodb: 'pulll' is no command; see 'git zodb --help'");
    }

    @Test
    void aNewDatabaseNeedsItsFolder() throws IOException {
        Ran ran = run("outside", "load --dir ../tree --into nowhere/Data.fs --create")
                .exits(69);
        assertThat(ran.errors()).contains("the folder ").contains("/nowhere does not exist");
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource({
        // not a repository
        "128, outside, status",
        "128, outside, fetch",
        "128, outside, pull",
        "128, outside, push",
        "128, outside, diff",
        "128, outside, reload",
        "128, outside, load",
        "128, outside, verify",
        "128, outside, canonicalize",
        "128, outside, install",
        "128, outside, uninstall",
        "128, outside, ls",
        "128, outside, cat /",
        "128, outside, info",
        "128, outside, dump -o new",
        // no database, more than that is wanted, what is there already
        "2, empty, status",
        "2, empty, push",
        "2, empty, load",
        "2, empty, ls",
        "2, empty, verify",
        "2, work, init ../site/Data.fs",
        "2, work, status --name other",
        "2, work, push no-such-commit",
        "2, work, diff no-such-commit",
        "2, work, cat /Application/nothing",
        "2, work, ls /Application/nothing",
        "2, outside, clone ../site/Data.fs ../full",
        "2, outside, dump --from ../site/Data.fs -o ../full",
        "2, outside, dump --from ../site/Data.fs -o new /Application/nothing",
        "2, outside, verify --dir ../full",
        "2, outside, canonicalize --dir ../full",
        "2, outside, load --dir ../full --into new.fs --create",
        "2, outside, load --dir ../tree --into ../site/Data.fs",
        "2, outside, load --dir ../tree --into ../site/Data.fs --create",
        // not there
        "69, outside, info nothing.fs",
        "69, outside, ls --from nothing.fs",
        "69, outside, cat --from nothing.fs /",
        "69, outside, dump --from nothing.fs -o new",
        "69, outside, clone nothing.fs new",
        "69, empty, init nothing.fs",
        "69, outside, load --dir ../tree --into nothing.fs --override",
        "69, outside, load --dir ../tree --into nowhere/new.fs --create",
        // no database in it
        "65, outside, info ../garbage",
        "65, outside, clone ../garbage new",
        "65, outside, dump --from ../garbage -o new",
        "65, outside, load --dir ../tree --into ../garbage --override",
        "65, outside, load --dir ../tree --into ../site/Data.fs --override /Application/nothing",
        // not understood, once it is known where
        "64, work, diff a b c",
        "64, work, ls no-slash",
        // nothing wrong
        "0, work, status",
        "0, work, diff --exit-code",
        "0, work, verify",
        "0, work, load --dry-run",
        "0, outside, verify --dir ../tree"
    })
    void saysWhatCameOfIt(int code, String place, String words) throws IOException {
        Ran ran = run(place, words).exits(code);

        if (code != 0) {
            assertThat(ran.errors()).hasLineCount(1).startsWith("git zodb: ").doesNotContain("internal error");
        }
        assertThat(workbench.folder().resolve("outside")).isEmptyDirectory();
        assertThat(workbench.folder().resolve("empty/zodb")).doesNotExist();
        assertThat(work.site().hash()).isEqualTo(before);
    }

    @Test
    void whatIsFoundIsOne() throws IOException {
        Checkout other = new Checkout(workbench, workbench.folder().resolve("other"), work.site());
        workbench.run(workbench.folder(), "cp", "-a", "work", "other").ok();
        other.write("Application/shop/price_list.py", "return 42\n");
        other.tryZodb("diff", "--exit-code").exits(1);
        assertThat(other.tryZodb("diff", "--exit-code", "--json").exits(1).output())
                .isEqualTo("{\"changes\":[{\"change\":\"M\",\"path\":\"zodb/Application/shop/price_list.py\"}]}\n");
        other.write("Application/stray.txt", "nobody's");
        other.tryZodb("verify").exits(1);
        assertThat(other.tryZodb("verify", "--json").exits(1).output()).contains("Application/stray.txt");
    }

    @ParameterizedTest
    @CsvSource({
        "status, changes, 0",
        "diff, changes, 0",
        "verify, findings, 0",
        "ls, objects, 1",
        "info --classes, classes, 6"
    })
    void whatReportsIsReadableByPrograms(String words, String list, int size) throws IOException {
        Ran ran = run("work", words + " --json").ok();
        JsonNode json = new ObjectMapper().readTree(ran.output());
        assertThat(json.get(list).isArray()).isTrue();
        assertThat(json.get(list)).as(ran.toString()).hasSize(size);
        assertThat(ran.output()).hasLineCount(1);
    }

    @Test
    void aBindingThatAnotherCommandWorksOnIsBusy() throws IOException {
        Ran ran = workbench
                .run(work.folder(), "flock", ".git/zodb/zodb/lock", "git", "zodb", "status")
                .exits(75);
        assertThat(ran.errors()).hasLineCount(1).contains("another git zodb command");
    }
}
