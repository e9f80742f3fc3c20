package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree depends on the database alone: not on the Java, its locale, time zone or default charset. */
class SameEverywhereIT {
    private static final Path HERE = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    @Test
    void localeTimeZoneAndCharsetChangeNothing() throws Exception {
        Path site = Oracle.copyFixture("small", folder.resolve("site"));
        Map<String, String> plain = dump(HERE, site, "plain");
        assertThat(dump(
                        HERE,
                        site,
                        "other",
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Pacific/Apia",
                        "-Dfile.encoding=ISO-8859-1"))
                .isEqualTo(plain);
        assertThat(plain).hasSizeGreaterThan(100);
    }

    /** The launcher sees to it that names are UTF-8, whatever the locale. */
    @Test
    void theEnvironmentChangesNothing() throws Exception {
        Path site = Oracle.copyFixture("small", folder.resolve("site"));
        Map<String, String> plain = dump(HERE, site, "plain");
        Workbench workbench = Workbench.in(folder);
        for (String locale : List.of("C", "POSIX", "tr_TR.UTF-8", "de_DE.ISO-8859-1")) {
            workbench.git().with("LC_ALL", locale).with("LANG", locale).with("TZ", "Asia/Kathmandu");
            workbench
                    .run(folder, "git", "zodb", "dump", "--from", site.toString(), "-o", "in " + locale)
                    .ok();
            assertThat(files(folder.resolve("in " + locale))).as(locale).isEqualTo(plain);
        }
    }

    @Test
    void java21WritesTheSame() throws Exception {
        Path java = java21();
        Path site = Oracle.copyFixture("small", folder.resolve("site"));
        assertThat(dump(java, site, "old")).isEqualTo(dump(HERE, site, "new"));
    }

    @Test
    void java21DoesTheMainJob() throws Exception {
        Path home = java21().resolve("../..").normalize();
        Workbench workbench = Workbench.in(folder);
        workbench.git().with("JAVA_HOME", home.toString());
        Checkout checkout = workbench.clone(workbench.site("small"), "work");
        assertThat(workbench.run(folder, "git", "zodb", "--which-java").ok().text())
                .startsWith(home.toString());
        checkout.commitFile("Application/types/script.py", "return 'from Java 21'\n");
        checkout.zodb("push");
        checkout.site().edit("add-folder", "/types/folder", "by_zope");
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        assertThat(checkout.site()
                        .effect("call", "/types/script.py", "--args", "[1]")
                        .get("result")
                        .asText())
                .isEqualTo("from Java 21");
    }

    /** The program {@code java} of {@code GITZODB_JAVA21}, a home of Java 21, or of one in the usual folder. */
    private static Path java21() throws IOException {
        String named = System.getenv("GITZODB_JAVA21");
        if (named != null) {
            return Path.of(named, "bin", "java");
        }
        Path homes = Path.of("/usr/lib/jvm");
        Assumptions.assumeTrue(Files.isDirectory(homes), "no /usr/lib/jvm");
        try (Stream<Path> found = Files.list(homes)) {
            List<Path> javas = found.filter(
                            home -> home.getFileName().toString().matches(".*[^0-9]21[^0-9].*"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .toList();
            Assumptions.assumeFalse(javas.isEmpty(), "no Java 21 here");
            return javas.getFirst();
        }
    }

    private Map<String, String> dump(Path java, Path site, String name, String... options) throws Exception {
        Path target = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", Workbench.jar().toString(), "dump", "--from", site.toString(), "-o"));
        command.add(target.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The names of files need it; the launcher sets it too.
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return files(target);
    }

    private static Map<String, String> files(Path target) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(target)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                files.put(target.relativize(file).toString(), content);
            }
        }
        return files;
    }
}
