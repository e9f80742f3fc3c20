package gitzodb.merge;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.xml.ConflictMarks;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Components that two branches register. */
class RegistrationMergeTest {
    private static final String TOP = """
            <?xml version="1.0" encoding="UTF-8"?>
            <object class="five.localsitemanager.registry.PersistentComponents">
              <utility-registrations>
            """;
    private static final String END = "  </utility-registrations>\n</object>\n";
    private static final String OLD = "    <utility path=\"/a\" provides=\"m.IOne\"/>\n";
    private static final String OURS = "    <utility name=\"x\" path=\"/b\" provides=\"m.ITwo\"/>\n";
    private static final String THEIRS = "    <utility name=\"y\" path=\"/c\" provides=\"m.ITwo\"/>\n";

    private static String merged(String base, String ours, String theirs) throws IOException {
        ConflictMarks marks = new ConflictMarks(7, "HEAD", "", "topic");
        return MergeFile.of("x", bytes(base), bytes(ours), bytes(theirs), marks)
                .content()
                .utf8();
    }

    private static Bytes bytes(String rows) {
        return Bytes.utf8(TOP + rows + END);
    }

    @Test
    void bothAreRegistered() throws IOException {
        assertThat(merged(OLD, OLD + OURS, OLD + THEIRS)).isEqualTo(TOP + OLD + OURS + THEIRS + END);
    }

    @Test
    void twoComponentsForOneNameAreAConflict() throws IOException {
        String other = OURS.replace("/b", "/d");
        assertThat(merged(OLD, OLD + OURS, OLD + other)).contains("<conflict", "/b", "/d");
    }

    @Test
    void oneGoesAndAnotherChanges() throws IOException {
        assertThat(merged(OLD + OURS, OURS, OLD + OURS.replace("/b", "/d")))
                .isEqualTo(TOP + OURS.replace("/b", "/d") + END);
    }
}
