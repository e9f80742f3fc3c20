package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.pickle.Generation;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.Problem;
import gitzodb.tree.TreeSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final MemoryTree tree = new MemoryTree();
    private final Verify verify = new Verify(tree, new ClassFormats(List.of()), TreeSettings.of(Generation.PYTHON3));

    @BeforeEach
    void root() {
        tree.put("__self__.zodb.xml", Bytes.utf8(HEAD + """
                <object class="persistent.mapping.PersistentMapping">
                  <dict name="data">
                    <child name="Application"/>
                  </dict>
                </object>
                """));
    }

    private void application(String content) {
        tree.put("Application.zodb.xml", Bytes.utf8(HEAD + content));
    }

    @Test
    void findsNothingWrongWithASoundTree() throws IOException {
        application("<object class=\"m.App\">\n  <int name=\"n\">5</int>\n</object>\n");
        assertThat(verify.problems()).isEmpty();
    }

    @Test
    void demandsTheCanonicalFormAndRestoresIt() throws IOException {
        application("<object class=\"m.App\">\n\n     <int name=\"n\">5</int></object>\n");
        assertThat(verify.problems())
                .extracting(Problem::toString)
                .containsExactly("Application.zodb.xml:3: not in canonical form; git zodb canonicalize mends it");
        assertThat(verify.canonicalize(tree)).containsExactly("Application.zodb.xml");
        assertThat(verify.problems()).isEmpty();
        assertThat(verify.canonicalize(tree)).isEmpty();
    }

    @Test
    void reportsBrokenFilesOnce() throws IOException {
        application("<object class=\"m.App\">\n  <ref name=\"x\" path=\"/gone\"/>\n</object>\n");
        tree.put("Application/bad.zodb.xml", Bytes.utf8("no xml"));
        assertThat(verify.problems())
                .hasSize(2)
                .anyMatch(problem ->
                        problem.toString().startsWith("Application.zodb.xml:3: /Application: refers to /gone"))
                .anyMatch(problem -> problem.file().equals("Application/bad.zodb.xml"));
    }
}
