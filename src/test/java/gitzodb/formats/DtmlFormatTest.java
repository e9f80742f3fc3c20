package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class DtmlFormatTest implements ClassFormatContract {
    private static final String METHOD = "OFS.DTMLMethod.DTMLMethod";
    private static final String TEX = "Products.DTMLTeX.DTMLTeX.DTMLTeX";
    private final ClassFormat format = new DtmlFormat(2);

    @Override
    public ClassFormat format() {
        return format;
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(
                States.python3(METHOD, "raw", "x", "_vars", new PyDict(), "globals", new PyDict(), "encoding", "UTF-8"),
                States.python2(METHOD, "_vars", new PyDict(), "raw", "x", "globals", new PyDict()),
                States.python3(METHOD, "raw", "older", "_vars", new PyDict(), "globals", new PyDict()),
                States.python3(METHOD, "raw", "used", "_vars", used(), "globals", new PyDict(), "encoding", "UTF-8"),
                States.python3(
                        TEX, "raw", "\\TeX", "globals", new PyDict(), "_vars", new PyDict(), "encoding", "ascii"));
    }

    private static PyDict used() {
        PyDict dict = new PyDict();
        dict.put(new Value.Text("a"), new Value.Int(1));
        return dict;
    }

    @Test
    void emptyNamespacesAreNotInTheTree() {
        List<List<String>> shown = samples().stream()
                .map(stored -> States.names(format.toTree(stored, FormatSettings.DEFAULT)))
                .toList();
        assertThat(shown)
                .containsExactly(
                        List.of("raw", "encoding"),
                        List.of("raw"),
                        List.of("raw", "_vars", "globals"),
                        List.of("raw", "_vars", "globals", "encoding"),
                        List.of("raw", "encoding"));
    }

    /** What a full load stores must be what a full dump shows, also of a database from before there was an encoding. */
    @Test
    void aFreshLoadAddsNoEncodingToWhatZopeMade() throws Exception {
        for (ObjectState stored : samples()) {
            ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
            ObjectState fresh = format.toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED);
            assertThat(States.names(fresh)).containsExactlyInAnyOrderElementsOf(States.names(stored));
        }
    }

    @Test
    void oneDictForBothNamespacesIsShown() {
        PyDict one = new PyDict();
        ObjectState stored = States.python2(METHOD, "raw", "x", "globals", one, "_vars", one);
        assertThat(format.toTree(stored, FormatSettings.DEFAULT)).isSameAs(stored);
    }

    @Test
    void whatIsWrittenByHandCanBeRendered() throws Exception {
        ObjectState byHand = States.python3(METHOD, "raw", "x");
        assertThat(States.names(format.toDatabase(byHand, null, FormatSettings.DEFAULT, States.UNCHANGED)))
                .containsExactly("raw", "globals", "_vars", "encoding");
    }

    @Test
    void texIsASource() {
        assertThat(format.sources(samples().getLast()).getFirst().extension()).isEqualTo(".tex");
        assertThat(format.sources(samples().getFirst()).getFirst().extension()).isEqualTo(".dtml");
    }

    @Test
    void aTreeOfVersionOneStaysAsItIs() {
        ClassFormats newest = BuiltinFormats.formats();
        ClassFormats first = newest.in(1);
        ObjectState stored = samples().getFirst();
        assertThat(first.of(ClassName.parse(METHOD)).toTree(stored, new FormatSettings(false, 1)))
                .isSameAs(stored);
        assertThat(newest.of(ClassName.parse(METHOD)).toTree(stored, FormatSettings.DEFAULT))
                .isNotSameAs(stored);
        assertThat(first.of(ClassName.parse(TEX)).hasSource()).isFalse();
        assertThat(newest.of(ClassName.parse(TEX)).hasSource()).isTrue();
        assertThat(first.in(2).of(ClassName.parse(TEX)).hasSource()).isTrue();
    }
}
