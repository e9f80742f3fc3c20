package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VirtualHostFormatTest implements ClassFormatContract {
    private static final String CLASS = "Products.SiteAccess.VirtualHostMonster.VirtualHostMonster";
    private final ClassFormat format = new VirtualHostFormat();

    @Override
    public ClassFormat format() {
        return format;
    }

    /** What Zope 6.3 made of these lines. */
    @Override
    public List<ObjectState> samples() {
        PyDict ports = new PyDict();
        ports.put(Value.NONE, list("/", "s"));
        PyDict fixed = new PyDict();
        fixed.put(text("shop.example.org"), ports);
        PyDict rooted = new PyDict();
        rooted.put(text("8080"), list("x", "VirtualHostRoot", "s"));
        PyDict below = new PyDict();
        below.put(text("example.org"), rooted);
        return List.of(
                States.python3(
                        CLASS,
                        "lines",
                        lines(
                                "shop.example.org/s",
                                "http://*.example.org:8080/s/VirtualHostRoot/x",
                                "gone.example.org/x #! Path not found: ['x']",
                                "www.example.net:80 #! Line needs a slash between host and path: www.example.net:80"),
                        "fixed_map",
                        fixed,
                        "sub_map",
                        below,
                        "have_map",
                        Value.TRUE),
                States.python3(
                        CLASS,
                        "lines",
                        lines(),
                        "fixed_map",
                        new PyDict(),
                        "sub_map",
                        new PyDict(),
                        "have_map",
                        Value.FALSE),
                States.python3(CLASS, "title", "never saved"));
    }

    private static PyDict dict(PyDict map, Value key) {
        return (PyDict) Objects.requireNonNull(map.get(key));
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static PyTuple lines(String... lines) {
        return new PyTuple(List.of(lines).stream().<Value>map(Value.Text::new).toList());
    }

    private static PyList list(String... steps) {
        return new PyList(List.of(steps).stream().<Value>map(Value.Text::new).toList());
    }

    @Test
    void theTreeHasTheLinesOnly() {
        for (ObjectState stored : samples().subList(0, 2)) {
            assertThat(States.names(format.toTree(stored, FormatSettings.DEFAULT)))
                    .containsExactly("lines");
        }
    }

    @Test
    void editedLinesMakeNewMaps() throws Exception {
        ObjectState stored = samples().getFirst();
        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
        ObjectState edited = Attributes.with(tree, "lines", lines("new.example.org/", "*.example.org/a/b"));
        ObjectState back = format.toDatabase(edited, stored, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(back.attribute("fixed_map")).isInstanceOfSatisfying(PyDict.class, map -> {
            PyDict ports = dict(map, text("new.example.org"));
            assertThat(map.size()).isEqualTo(1);
            assertThat(SameValue.test(ports.get(Value.NONE), list())).isTrue();
        });
        assertThat(back.attribute("sub_map")).isInstanceOfSatisfying(PyDict.class, map -> {
            PyDict ports = dict(map, text("example.org"));
            assertThat(SameValue.test(ports.get(Value.NONE), list("/", "b", "a")))
                    .isTrue();
        });
    }

    @Test
    void mapsThatSaySomethingElseStayUntilTheLinesChange() throws Exception {
        ObjectState stored = Attributes.with(samples().getFirst(), "have_map", Value.FALSE);
        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
        assertThat(tree).isSameAs(stored);
        ObjectState edited = Attributes.with(tree, "lines", lines("new.example.org/s"));
        ObjectState back = format.toDatabase(edited, stored, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(back.attribute("have_map")).isEqualTo(Value.TRUE);
        PyDict fixed = (PyDict) Objects.requireNonNull(back.attribute("fixed_map"));
        assertThat(fixed.get(text("new.example.org"))).isNotNull();
    }
}
