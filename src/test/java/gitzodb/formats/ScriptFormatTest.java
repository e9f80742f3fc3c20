package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptFormatTest implements ClassFormatContract {
    private static final String CLASS = "Products.PythonScripts.PythonScript.PythonScript";
    private final ClassFormat format = new ScriptFormat(1);

    @Override
    public ClassFormat format() {
        return format;
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(python3(), python2());
    }

    private static ObjectState python3() {
        ObjectState holder = States.python3(CLASS);
        return States.python3(
                CLASS,
                "id",
                "price",
                "_code",
                States.bytes("marshal"),
                "_bind_names",
                PlainInstance.bindings(holder, java.util.Map.of("name_m_self", "script")),
                "errors",
                PyTuple.EMPTY,
                "warnings",
                PyTuple.EMPTY,
                "__code__",
                Instance.newobj(new Value.Global("Shared.DC.Scripts.Signature", "FuncCode")),
                "__defaults__",
                Value.NONE,
                "Python_magic",
                States.bytes("magic"),
                "Script_magic",
                new Value.Int(5),
                "_filepath",
                "Script (Python):/price",
                "_body",
                "return 1\n",
                "_params",
                "sku");
    }

    private static ObjectState python2() {
        ObjectState holder = States.python2(CLASS, "id", "price");
        return States.python2(
                CLASS,
                "id",
                "price",
                "_code",
                new Value.Str(Bytes.of((byte) 0xE3)),
                "Python_magic",
                new Value.Str(Bytes.of((byte) 3, (byte) 0xF3)),
                "func_code",
                new Instance(
                                Instance.How.OBJ,
                                new Value.Global("Shared.DC.Scripts.Signature", "FuncCode"),
                                PyTuple.EMPTY,
                                null)
                        .state(new PyDict()),
                "func_defaults",
                Value.NONE,
                "_bind_names",
                PlainInstance.bindings(holder, java.util.Map.of("name_m_self", "script")),
                "_body",
                "return 1\n",
                "_params",
                "sku");
    }

    @Test
    void theTreeHoldsNoCompiledCode() {
        assertThat(States.names(format.toTree(python3(), FormatSettings.DEFAULT)))
                .containsExactly("id", "_bind_names", "_body", "_params");
        assertThat(States.names(format.toTree(python2(), FormatSettings.DEFAULT)))
                .containsExactly("id", "_bind_names", "_body", "_params");
    }

    @Test
    void anEditedBodyDropsAllCompiledCode() throws Exception {
        for (ObjectState stored : samples()) {
            for (FormatSettings settings : List.of(FormatSettings.DEFAULT, FormatSettings.EXACT)) {
                ObjectState tree = format.toTree(stored, settings);
                ObjectState edited = Attributes.with(tree, "_body", Attributes.text(tree, "return 2\n"));
                ObjectState back = format.toDatabase(edited, stored, settings, States.UNCHANGED);
                assertThat(States.names(back)).doesNotContainAnyElementsOf(ScriptFormat.DERIVED);
                assertThat(Attributes.string(back.attribute("_body"))).isEqualTo("return 2\n");
            }
        }
    }

    @Test
    void changedParametersOrBindingsDropTheCodeToo() throws Exception {
        ObjectState stored = python3();
        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
        Value other = PlainInstance.bindings(stored, java.util.Map.of("name_m_self", "me"));
        for (ObjectState edited : List.of(
                Attributes.with(tree, "_params", new Value.Text("sku, qty")),
                Attributes.with(tree, "_bind_names", other),
                Attributes.without(tree, java.util.Set.of("_params")))) {
            ObjectState back = format.toDatabase(edited, stored, FormatSettings.DEFAULT, States.UNCHANGED);
            assertThat(States.names(back)).doesNotContain("_code", "Python_magic");
        }
    }

    @Test
    void aChangedTitleKeepsTheCode() throws Exception {
        ObjectState stored = python3();
        ObjectState tree = Attributes.with(format.toTree(stored, FormatSettings.DEFAULT), "title", new Value.Text("t"));
        ObjectState back = format.toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(States.names(back)).startsWith("id", "_code").endsWith("_params", "title");
    }

    @Test
    void equalBindingsOfAnotherInstanceAreNoChange() throws Exception {
        ObjectState stored = python3();
        Value equal = PlainInstance.bindings(stored, java.util.Map.of("name_m_self", "script"));
        ObjectState tree = Attributes.with(format.toTree(stored, FormatSettings.DEFAULT), "_bind_names", equal);
        ObjectState back = format.toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(back.attribute("_code")).isNotNull();
    }

    @Test
    void aNewScriptGetsBindings() throws Exception {
        ObjectState tree = States.python3(CLASS, "id", "new", "_body", "return context.getId()\n");
        ObjectState made = format.toDatabase(tree, null, FormatSettings.DEFAULT, States.content(true, Bytes.EMPTY));
        assertThat(made.attribute("_bind_names")).isInstanceOf(Instance.class);
    }

    @Test
    void aBodyOfBytesIsNoSourceAndAnyStrIsOne() {
        ObjectState bytes = Attributes.with(python3(), "_body", States.bytes("return 1\n"));
        assertThat(format.sources(bytes)).isEmpty();
        assertThat(format.toTree(bytes, FormatSettings.DEFAULT)).isSameAs(bytes);
        ObjectState latin1 = Attributes.with(python2(), "_body", new Value.Str(Bytes.of((byte) 0xE4)));
        assertThat(format.sources(latin1)).hasSize(1);
    }
}
