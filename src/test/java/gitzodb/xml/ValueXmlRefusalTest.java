package gitzodb.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueXmlRefusalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<none/>",
                "<unknown name=\"a\"/>",
                "<left-out name=\"a\"/>",
                "<left-out name=\"a\" class=\"x\"/>",
                "<left-out name=\"a\" class=\"m.C\">x</left-out>",
                "<list name=\"a\"><left-out class=\"m.C\"/></list>",
                "<dict name=\"a\"><left-out name=\"b\" class=\"m.C\"/></dict>",
                "<instance name=\"a\" class=\"m.C\"><left-out name=\"b\" class=\"m.C\"/></instance>",
                "<none name=\"a\" x=\"1\"/>",
                "<none name=\"a\" id=\"1\"/>",
                "<none name=\"a\">x</none>",
                "<none name=\"a\"><none/></none>",
                "<none name=\"a\"/><none name=\"a\"/>",
                "<int name=\"a\"/>",
                "<int name=\"a\">01</int>",
                "<int name=\"a\">1 </int>",
                "<int name=\"a\" enc=\"hex\">0xG</int>",
                "<int name=\"a\" kind=\"short\">1</int>",
                "<float name=\"a\">1e999</float>",
                "<float name=\"a\">0x1p3</float>",
                "<float name=\"a\" bits=\"3ff0000000000000\"/>",
                "<text name=\"a\" enc=\"rot13\">x</text>",
                "<text name=\"a\" enc=\"escaped\">\\q</text>",
                "<text name=\"a\" enc=\"escaped\">\\u12</text>",
                "<text name=\"a\" file=\"x.py\"/>",
                "<bytes name=\"a\" enc=\"base64\">A</bytes>",
                "<bytes name=\"a\" enc=\"base64\">QUJ=</bytes>",
                "<bytes name=\"a\" enc=\"base64\">QUI</bytes>",
                "<list name=\"a\">x</list>",
                "<list name=\"a\"><none name=\"b\"/></list>",
                "<list name=\"a\" id=\"0\"/>",
                "<list name=\"a\" id=\"1\"/><list name=\"b\" id=\"1\"/>",
                "<tuple name=\"a\" id=\"1\"/>",
                "<same name=\"a\" id=\"1\"/>",
                "<dict name=\"a\"><entry><int>1</int></entry></dict>",
                "<dict name=\"a\"><entry><int>1</int><none/></entry><entry><float>1.0</float><none/></entry></dict>",
                "<instance name=\"a\"/>",
                "<instance name=\"a\" class=\"C\"/>",
                "<instance name=\"a\" class=\"m.C\" by=\"magic\"/>",
                "<instance name=\"a\" class=\"m.C\"><items/><args/></instance>",
                "<instance name=\"a\" class=\"m.C\"><permission name=\"View\" acquire=\"no\"/></instance>",
                "<state><none/></state><none name=\"a\"/>",
                "<slots/><none name=\"a\"/>",
                "<none name=\"a\"/><slots dict=\"none\"/>",
                "<newargs><tuple/></newargs>",
                "<permission name=\"View\"/>",
                "<permission name=\"View\" acquire=\"no\"><text>x</text></permission>",
                "<owner path=\"acl_users\">x</owner>",
                "<owner path=\"/a\">x</owner><none name=\"_owner\"/>",
                "<properties><property/></properties>",
                "<properties><property name=\"p\" type=\"int\"><int>1</int></property></properties><int name=\"p\">2</int>",
                "<datetime name=\"a\" at=\"2024-13-01T00:00:00\"/>",
                "<DateTime name=\"a\" at=\"2024-02-30T00:00:00Z\" zone=\"UTC\"/>",
                "<uuid name=\"a\">1234</uuid>",
                "<set name=\"a\">x</set>",
                "<decimal name=\"a\"><none/></decimal>"
            })
    void refusesWithLineAndColumn(String content) {
        assertThatThrownBy(() -> read("<object class=\"m.C\">\n" + content + "\n</object>"))
                .isInstanceOf(XmlFormatException.class)
                .hasMessageMatching("(?s)[^:]*:[12]:\\d+: .*");
    }

    @Test
    void refusesUnknownAttributesOfTheObject() {
        assertThatThrownBy(() -> read("<object class=\"m.C\" oid=\"1\"/>")).isInstanceOf(XmlFormatException.class);
        assertThatThrownBy(() -> read("<object/>")).isInstanceOf(XmlFormatException.class);
        assertThatThrownBy(() -> read("<dict/>")).isInstanceOf(XmlFormatException.class);
    }

    @Test
    void writesAndReadsTheDeepestAndRefusesDeeper() throws IOException {
        assertThatCode(() -> new RoundTrip(Generation.PYTHON3).of(nested(XmlLimits.VALUE_DEPTH)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new RoundTrip(Generation.PYTHON3).of(nested(XmlLimits.VALUE_DEPTH + 1)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("deeper than 1000")
                .hasMessageContaining("m.C");
        String deeper = "<list>".repeat(XmlLimits.VALUE_DEPTH) + "</list>".repeat(XmlLimits.VALUE_DEPTH);
        assertThatThrownBy(() -> read("<object class=\"m.C\"><list name=\"a\">" + deeper + "</list></object>"))
                .isInstanceOf(XmlFormatException.class);
    }

    /** As deep as allowed, in the kind of value that takes most of the stack to write and read. */
    @Test
    void writesAndReadsTheDeepestInstancesOnASmallStack() throws InterruptedException {
        Value value = Value.NONE;
        for (int i = 0; i < (XmlLimits.VALUE_DEPTH - 2) / 2; i++) {
            PyDict inner = new PyDict();
            inner.put(new Value.Text("a"), value);
            value = Instance.newobj(new Value.Global("m", "C")).state(inner);
            PyDict outer = new PyDict();
            outer.put(new Value.Int(1), value);
            value = outer;
        }
        PyDict state = new PyDict();
        state.put(new Value.Text("a"), value);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        new RoundTrip(Generation.PYTHON3).of(object(state));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                "small stack",
                512 * 1024);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void refusesABombOfTuplesSoon() {
        Value bomb = PyTuple.of(new Value.Int(1));
        for (int i = 0; i < 40; i++) {
            bomb = PyTuple.of(bomb, bomb);
        }
        PyDict state = new PyDict();
        state.put(new Value.Text("a"), bomb);
        assertThatThrownBy(() -> new RoundTrip(Generation.PYTHON3)
                        .write(object(state), new java.util.ArrayList<>(), new java.util.ArrayList<>()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("multiply");
    }

    @Test
    void keepsABombOfListsSmall() throws IOException {
        PyList bomb = new PyList();
        for (int i = 0; i < 40; i++) {
            bomb = new PyList(java.util.List.of(bomb, bomb));
        }
        PyDict state = new PyDict();
        state.put(new Value.Text("a"), bomb);
        new RoundTrip(Generation.PYTHON3).of(object(state));
    }

    private static ObjectState nested(int depth) {
        Value value = Value.NONE;
        for (int i = 0; i < depth; i++) {
            value = new PyList(java.util.List.of(value));
        }
        PyDict state = new PyDict();
        state.put(new Value.Text("a"), value);
        return object(state);
    }

    private static ObjectState object(Value state) {
        return new ObjectState(ClassMeta.of(new ClassName("m", "C")), state);
    }

    private static ObjectState read(String xml) throws IOException {
        return new ValueXml(Generation.PYTHON3, "f").read(XmlReader.read("f", Bytes.utf8(xml)), (element, label) -> {
            throw new XmlFormatException("f", element.line(), element.column(), "no references here");
        });
    }
}
