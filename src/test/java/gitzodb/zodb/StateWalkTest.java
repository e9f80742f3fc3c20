package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StateWalkTest {
    private static final ClassMeta META = ClassMeta.of(new ClassName("m", "C"));

    @Test
    void ordersAttributesAndKeepsDictOrderInPython3() throws IOException {
        PyDict inner = new PyDict();
        inner.put(text("z"), ref(1));
        inner.put(text("a"), ref(2));
        PyDict state = new PyDict();
        state.put(text("q"), inner);
        state.put(text("B"), ref(3));
        assertThat(walk(Generation.PYTHON3, state)).containsExactly("3 .B", "1 .q 'z'", "2 .q 'a'");
    }

    @Test
    void sortsDictsOfPython2ByKeyAndIntsByValue() throws IOException {
        PyDict inner = new PyDict();
        inner.put(new Value.Int(10), ref(1));
        inner.put(new Value.Int(9), ref(2));
        inner.put(new Value.Str(Bytes.utf8("b")), ref(3));
        inner.put(new Value.Str(Bytes.utf8("a")), ref(4));
        PyDict state = new PyDict();
        state.put(new Value.Str(Bytes.utf8("q")), inner);
        assertThat(walk(Generation.PYTHON2, state)).containsExactly("2 .q <9>", "1 .q <10>", "4 .q 'a'", "3 .q 'b'");
    }

    @Test
    void walksSharedAndCyclicValuesOnceAtTheFirstPlace() throws IOException {
        PyList list = new PyList(List.of(ref(1)));
        list.items().add(list);
        PyDict state = new PyDict();
        state.put(text("b"), list);
        state.put(text("a"), list);
        assertThat(walk(Generation.PYTHON3, state)).containsExactly("1 .a [0]");
    }

    @Test
    void namesArgumentsItemsEntriesAndStateOfAnInstance() throws IOException {
        Instance instance = Instance.reduce(new Value.Global("m", "f"), ref(1));
        instance.items().add(ref(2));
        instance.entries().add(new PyDict.Entry(ref(3), ref(4)));
        PyDict own = new PyDict();
        own.put(text("x"), ref(5));
        instance.state(own);
        PyDict state = new PyDict();
        state.put(text("i"), instance);
        assertThat(walk(Generation.PYTHON3, state))
                .containsExactly("1 .i [0]", "2 .i [1]", "3 .i <ref\"\"> .__key__", "4 .i <ref\"\">", "5 .i .x");
    }

    @Test
    void walksClassMetaArgumentsSlotsAndStatesThatAreNoDict() throws IOException {
        PyDict slots = new PyDict();
        slots.put(text("s"), ref(2));
        ClassMeta meta =
                new ClassMeta(ClassMeta.Spelling.TUPLE, new Value.Global("m", "C"), PyTuple.of(Value.NONE, ref(1)));
        assertThat(walk(Generation.PYTHON3, new ObjectState(meta, PyTuple.of(Value.NONE, slots))))
                .containsExactly("1 .__newargs__ [1]", "2 .s");
        assertThat(walk(Generation.PYTHON3, new ObjectState(META, PyTuple.of(ref(7)))))
                .containsExactly("7 .__state__ [0]");
    }

    @Test
    void givesKeysThatShareAFormDifferentSteps() throws IOException {
        PyDict dict = new PyDict();
        dict.put(ref(1), ref(2));
        dict.put(ref(3), ref(4));
        PyDict state = new PyDict();
        state.put(text("d"), dict);
        assertThat(walk(Generation.PYTHON3, state))
                .containsExactly(
                        "1 .d <ref\"\"> .__key__", "2 .d <ref\"\">", "3 .d <ref\"\"~2> .__key__", "4 .d <ref\"\"~2>");
    }

    @Test
    void ordersMembersOfASet() throws IOException {
        Value set = Instance.reduce(
                new Value.Global("builtins", "set"), new PyList(List.of(text("b"), PyTuple.of(ref(1)), text("a"))));
        PyDict state = new PyDict();
        state.put(text("s"), set);
        assertThat(walk(Generation.PYTHON3, state)).containsExactly("1 .s [2] [0]");
    }

    @Test
    void reportsEveryGlobal() throws IOException {
        PyDict state = new PyDict();
        state.put(text("g"), new Value.Global("a", "b"));
        state.put(
                text("r"),
                new Value.PersistentId(
                        PyTuple.of(new Value.Binary(Bytes.of(new byte[8])), new Value.Global("c", "D"))));
        List<String> found = new ArrayList<>();
        new StateWalk(Generation.PYTHON3).walk(new ObjectState(META, state), new StateWalk.Visitor() {
            @Override
            public void reference(Value.PersistentId id, Label label) {}

            @Override
            public void global(Value.Global global) {
                found.add(global.module() + "." + global.name());
            }
        });
        assertThat(found).containsExactly("m.C", "a.b", "c.D");
    }

    @Test
    void walksAVeryDeepState() throws IOException {
        Value deep = ref(1);
        for (int i = 0; i < 200_000; i++) {
            deep = PyTuple.of(deep);
        }
        PyDict state = new PyDict();
        state.put(text("d"), deep);
        assertThat(walk(Generation.PYTHON3, state)).hasSize(1);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value ref(int number) {
        return new Value.PersistentId(new Value.Int(number));
    }

    private static List<String> walk(Generation generation, Value state) throws IOException {
        return walk(generation, new ObjectState(META, state));
    }

    private static List<String> walk(Generation generation, ObjectState state) throws IOException {
        List<String> found = new ArrayList<>();
        new StateWalk(generation).walk(state, (id, label) -> {
            StringBuilder line = new StringBuilder().append(((Value.Int) id.id()).value());
            for (Step step : label.steps()) {
                line.append(' ')
                        .append(
                                switch (step) {
                                    case Step.Attribute(String name) -> "." + name;
                                    case Step.Key(String text) -> "'" + text + "'";
                                    case Step.OtherKey(String form) -> "<" + form + ">";
                                    case Step.Position(int index) -> "[" + index + "]";
                                });
            }
            found.add(line.toString());
        });
        return found;
    }
}
