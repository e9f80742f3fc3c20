package gitzodb.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What Zope keeps twice of the hooks of a folder. */
class TraverseHooksTest {
    private static final String CALLER = "ZPublisher.BeforeTraverse.NameCaller";
    private static final Value.PersistentId TRAVERSER = traverser();

    /** A reference, as equal as those of two places in a record are. */
    private static Value.PersistentId traverser() {
        Value cls = new Value.Global("Products.Sessions.SessionDataManager", "SessionDataManagerTraverser");
        return new Value.PersistentId(PyTuple.of(new Value.Binary(Bytes.utf8("00000007")), cls));
    }

    private Generation generation = Generation.PYTHON3;
    private Instance.How how = Instance.How.NEWOBJ;

    private Value text(String text) {
        return generation == Generation.PYTHON3 ? new Value.Text(text) : new Value.Str(Bytes.utf8(text));
    }

    private Instance instance(String cls, PyDict state) {
        return new Instance(how, ClassName.parse(cls).global(), PyTuple.EMPTY, null).state(state);
    }

    private Instance caller(String cls, String name) {
        PyDict state = new PyDict();
        state.put(text("name"), text(name));
        return instance(cls, state);
    }

    /** A folder as Zope leaves it: the later hooks were registered first. */
    private ObjectState folder() {
        PyDict dict = new PyDict();
        Instance rule = caller("Products.SiteAccess.AccessRule.AccessRule", "rule");
        Instance monster = caller(CALLER, "virtual_hosting");
        dict.put(PyTuple.of(new Value.Int(99), text("AccessRule")), rule);
        dict.put(PyTuple.of(new Value.Int(50), text("SessionDataManager")), TRAVERSER);
        dict.put(PyTuple.of(new Value.Int(-1), text("Virtual Host Monster")), monster);
        PyDict made = new PyDict();
        made.put(text("_hookname"), text("__before_publishing_traverse__"));
        made.put(text("_prior"), Value.NONE);
        made.put(text("_defined_in_class"), Value.FALSE);
        made.put(text("_list"), new PyList(new ArrayList<>(List.of(monster, traverser(), rule))));
        PyDict state = new PyDict();
        state.put(text("__before_traverse__"), dict);
        state.put(text("__before_publishing_traverse__"), instance("ZPublisher.BeforeTraverse.MultiHook", made));
        return new ObjectState(ClassMeta.of(ClassName.parse("OFS.Folder.Folder")), state);
    }

    private String write(ObjectState state, int format) throws IOException {
        Element element = new ValueXml(generation, "x", format)
                .object(state, (id, label) -> Element.of("ref").with("path", "/t"));
        return RoundTrip.utf8(CanonicalXml.bytes(element)).replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "");
    }

    private ObjectState read(String text) throws IOException {
        return new ValueXml(generation, "x").read(XmlReader.read("x", Bytes.utf8(text)), (element, label) -> TRAVERSER);
    }

    private void assertRoundTrip(ObjectState state) throws IOException {
        assertThat(ObjectRecord.same(state, read(write(state, 2)), generation)).isTrue();
    }

    @Test
    void hooksAreSaidOnce() throws IOException {
        assertThat(write(folder(), 2)).isEqualTo("""
                <object class="OFS.Folder.Folder">
                  <before-traverse>
                    <hook name="AccessRule" class="Products.SiteAccess.AccessRule.AccessRule" priority="99">rule</hook>
                    <hook name="SessionDataManager" priority="50">
                      <ref path="/t"/>
                    </hook>
                    <hook name="Virtual Host Monster" priority="-1">virtual_hosting</hook>
                  </before-traverse>
                </object>
                """);
        assertRoundTrip(folder());
    }

    @Test
    void aTreeOfVersionOneSaysThemTwice() throws IOException {
        String first = write(folder(), 1);
        assertThat(first).contains("MultiHook", "<same id=\"1\"/>").doesNotContain("before-traverse");
        assertThat(ObjectRecord.same(folder(), read(first), generation)).isTrue();
    }

    @Test
    void instancesOfOldStyleClassesStayWhatTheyAre() throws IOException {
        generation = Generation.PYTHON2;
        how = Instance.How.OBJ;
        assertThat(write(folder(), 2)).contains("<before-traverse by=\"old\">");
        assertRoundTrip(folder());
    }

    private static PyDict made(ObjectState folder) {
        Instance hook = (Instance) Objects.requireNonNull(folder.attribute("__before_publishing_traverse__"));
        return (PyDict) Objects.requireNonNull(hook.state());
    }

    private static PyList list(ObjectState folder) {
        return (PyList) Objects.requireNonNull(made(folder).get("_list"));
    }

    private void share(ObjectState folder, Value value) {
        Objects.requireNonNull(folder.attributes()).put(text("shared"), value);
    }

    /** Each change makes the two attributes say different things, or one thing say more than the notation can. */
    @Test
    void whatIsNotAsZopeMakesItIsShownAsItIs() throws IOException {
        List<Consumer<ObjectState>> changes = List.of(
                folder -> list(folder).items().removeFirst(),
                folder -> list(folder).items().set(0, caller(CALLER, "virtual_hosting")),
                folder -> made(folder).put(text("_prior"), text("other")),
                folder -> made(folder).put(text("more"), Value.NONE),
                folder -> share(folder, list(folder).items().getFirst()),
                folder -> share(folder, list(folder)),
                folder -> ((PyDict) Objects.requireNonNull(folder.attribute("__before_traverse__")))
                        .put(PyTuple.of(new Value.Int(1), text("x")), new PyList()));
        for (int i = 0; i < changes.size(); i++) {
            ObjectState folder = folder();
            changes.get(i).accept(folder);
            assertThat(write(folder, 2))
                    .as("change %d", i)
                    .contains("MultiHook")
                    .doesNotContain("<before-traverse");
            assertRoundTrip(folder);
        }
        ObjectState defined = folder();
        made(defined).put(text("_defined_in_class"), Value.TRUE);
        assertThat(write(defined, 2)).contains("<before-traverse defined=\"class\">");
        assertRoundTrip(defined);
    }

    @Test
    void refusesHooksThatSayNothing() {
        for (String hook : List.of(
                "",
                "<hook name=\"a\">x</hook>",
                "<hook priority=\"1\">x</hook>",
                "<hook name=\"a\" priority=\"01\">x</hook>",
                "<hook name=\"a\" priority=\"1\"><int>1</int></hook>",
                "<hook name=\"a\" class=\"nodot\" priority=\"1\">x</hook>",
                "<hook name=\"a\" priority=\"1\">x</hook><hook name=\"a\" priority=\"1\">y</hook>",
                "<call name=\"a\" priority=\"1\">x</call>")) {
            String text = "<object class=\"m.C\"><before-traverse>" + hook + "</before-traverse></object>";
            assertThatThrownBy(() -> read(text)).as(hook).isInstanceOf(XmlFormatException.class);
        }
    }
}
