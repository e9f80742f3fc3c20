package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatException;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SqlMethodFormatTest implements ClassFormatContract {
    private static final String CLASS = "Products.ZSQLMethods.SQL.SQL";
    private final ClassFormat format = new SqlMethodFormat();

    @Override
    public ClassFormat format() {
        return format;
    }

    @Override
    public List<ObjectState> samples() {
        try {
            ObjectState three = States.python3(
                    CLASS, "id", "find", "connection_id", "db", "arguments_src", "sku\nqty:int=1", "src", "select 1");
            ObjectState two = States.python2(CLASS, "id", "find", "arguments_src", "", "src", "select 1");
            return List.of(
                    made(three), made(two), made(Attributes.with(three, "class_file_", new Value.Text("gone.py"))));
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private ObjectState made(ObjectState tree) throws FormatException {
        return format.toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED);
    }

    private static @Nullable Value raw(ObjectState state) {
        return item(state.attribute("template"), "raw");
    }

    private static @Nullable Value item(@Nullable Value holder, String name) {
        return switch (holder) {
            case Instance instance -> item(instance.state(), name);
            case PyDict dict -> dict.get(name);
            case null, default -> null;
        };
    }

    @Test
    void theTreeHoldsOneSourceAndOneArgumentText() {
        for (ObjectState stored : samples()) {
            assertThat(States.names(format.toTree(stored, FormatSettings.DEFAULT)))
                    .contains("src", "arguments_src")
                    .doesNotContain("template", "_arg");
        }
    }

    @Test
    void anEditedSourceGoesToBothPlaces() throws Exception {
        for (ObjectState stored : samples()) {
            for (FormatSettings settings : List.of(FormatSettings.DEFAULT, FormatSettings.EXACT)) {
                ObjectState tree =
                        Attributes.with(format.toTree(stored, settings), "src", Attributes.text(stored, "select 2"));
                ObjectState back = format.toDatabase(tree, stored, settings, States.UNCHANGED);
                assertThat(Attributes.string(raw(back))).isEqualTo("select 2");
                assertThat(Attributes.string(raw(stored))).isEqualTo("select 1");
                assertThat(back.attribute("_arg")).isSameAs(stored.attribute("_arg"));
            }
        }
    }

    @Test
    void editedArgumentsAreParsed() throws Exception {
        ObjectState stored = samples().getFirst();
        ObjectState tree = Attributes.with(
                format.toTree(stored, FormatSettings.DEFAULT),
                "arguments_src",
                new Value.Text("a b:int=2 c=\"x y\" a"));
        ObjectState back = format.toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(item(back.attribute("_arg"), "_keys"))
                .isInstanceOfSatisfying(
                        PyList.class,
                        keys -> assertThat(keys.items())
                                .containsExactly(
                                        new Value.Text("a"),
                                        new Value.Text("b"),
                                        new Value.Text("c"),
                                        new Value.Text("a")));
        Value data = item(back.attribute("_arg"), "_data");
        assertThat(item(item(data, "b"), "type")).isEqualTo(new Value.Text("int"));
        assertThat(item(item(data, "b"), "default")).isEqualTo(new Value.Text("2"));
        assertThat(item(item(data, "c"), "default")).isEqualTo(new Value.Text("x y"));
        assertThat(back.attribute("template")).isSameAs(stored.attribute("template"));
    }

    @Test
    void argumentsThatDoNotParseAreRefused() {
        ObjectState stored = samples().getFirst();
        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
        for (String bad : List.of("=1", "a= b", "a=\"open", "\"quoted\"", "a b=1\"2\"")) {
            ObjectState edited = Attributes.with(tree, "arguments_src", new Value.Text(bad));
            assertThatThrownBy(() -> format.toDatabase(edited, stored, FormatSettings.DEFAULT, States.UNCHANGED))
                    .as(bad)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void twinsThatDisagreeStayInTheTree() {
        ObjectState stored = Attributes.with(samples().getFirst(), "src", new Value.Text("shown, not run"));
        assertThat(States.names(format.toTree(stored, FormatSettings.DEFAULT))).contains("template");
    }

    @Test
    void aStoredMethodThatLacksItsTemplateIsLeftAlone() throws Exception {
        ObjectState stored = Attributes.without(samples().getFirst(), Set.of("template", "_arg"));
        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
        assertThat(States.names(format.toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED)))
                .doesNotContain("template", "_arg");
    }
}
