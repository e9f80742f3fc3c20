package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of plain-applications.md makes a database whose tree is what the page shows. */
class PlainApplicationsIT {
    private static final Pattern CODE = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RULES = Pattern.compile("```\n(\\[class.*?)```", Pattern.DOTALL);
    private static final Pattern FILE =
            Pattern.compile("^`([^`\n]+)`:\n```xml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Runs the code in a module of its own, so that its classes have a name. */
    private static final String MAKE = """
            import sys, types
            import transaction, ZODB
            from ZODB.FileStorage import FileStorage
            db = ZODB.DB(FileStorage(sys.argv[1]))
            shop = sys.modules['shop'] = types.ModuleType('shop')
            shop.root = db.open().root()
            exec(sys.argv[2], vars(shop))
            transaction.commit()
            db.close()
            """;

    @TempDir
    private Path temp;

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void theTreeIsAsShownAndLosesNothing() throws IOException {
        String page = Files.readString(Workbench.product().resolve("src/docs/plain-applications.md"));
        Workbench workbench = Workbench.in(temp);
        Path made = temp.resolve("made.fs");
        Oracle.python(MAKE, made.toString(), first(CODE, page)).ok();
        Files.writeString(temp.resolve("settings"), "[zodb]\n\tformat = 2\n\tgeneration = FS30\n" + first(RULES, page));
        workbench
                .run(temp, "git", "zodb", "dump", "--settings", "settings", "--from", "made.fs", "-o", "tree")
                .ok();
        Map<String, String> shown = new TreeMap<>();
        Matcher files = FILE.matcher(page);
        while (files.find()) {
            shown.put(files.group(1), files.group(2));
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(temp.resolve("tree"))) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".zodb.xml")).toList()) {
                found.put(temp.resolve("tree").relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(found).isEqualTo(shown);

        workbench
                .run(temp, "git", "zodb", "load", "--dir", "tree", "--into", "loaded.fs", "--create")
                .ok();
        Oracle.compare(made, temp.resolve("loaded.fs"), "--dict-order", "inner").ok();
    }
}
