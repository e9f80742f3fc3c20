package gitzodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that a page of the docs names, as {@code FooIT.method} or {@code FooTest}, exists. */
class NamedTestsTest {
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:IT|Test))(?:\\.([a-zA-Z0-9]+))?`");

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(System.getProperty("gitzodb.home", ""), folder))) {
            return all.filter(path -> path.toString().endsWith(end)).sorted().toList();
        }
    }

    @Test
    void theDocsNameTestsThatThereAre() throws IOException {
        Map<String, String> classes = new HashMap<>();
        for (Path source : files("src/test/java", ".java")) {
            classes.put(source.getFileName().toString().replace(".java", ""), Files.readString(source));
        }
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : files("src/docs", ".md")) {
            Matcher matcher = NAME.matcher(Files.readString(page));
            while (matcher.find()) {
                named++;
                String source = classes.getOrDefault(matcher.group(1), "");
                String method = matcher.group(2);
                if (source.isEmpty() || method != null && !source.contains("void " + method + "(")) {
                    missing.add(page.getFileName() + ": " + matcher.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(40);
    }
}
