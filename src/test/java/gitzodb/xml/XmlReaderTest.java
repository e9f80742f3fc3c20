package gitzodb.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class XmlReaderTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("bare DOCTYPE", "<!DOCTYPE a><a/>", ""),
                Arguments.of("internal entity", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", ""),
                Arguments.of(
                        "external entity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>", ""),
                Arguments.of("external DTD", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>", ""),
                Arguments.of("parameter entity", "<!DOCTYPE a [<!ENTITY % p \"<!ENTITY e 'x'>\"> %p;]><a>&e;</a>", ""),
                Arguments.of(
                        "billion laughs",
                        "<!DOCTYPE a [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>",
                        ""),
                Arguments.of("undeclared entity", "<a>&nbsp;</a>", ""),
                Arguments.of("CDATA", "<a><![CDATA[x]]></a>", "CDATA"),
                Arguments.of("processing instruction", "<a><?php x?></a>", "processing instruction"),
                Arguments.of("stylesheet", "<?xml-stylesheet href=\"http://x/\"?><a/>", "processing instruction"),
                Arguments.of("second root", "<a/><b/>", ""),
                Arguments.of("trailing text", "<a/>x", ""),
                Arguments.of("text before", "x<a/>", ""),
                Arguments.of("nothing", "", ""),
                Arguments.of("only white space", " \n", ""),
                Arguments.of("cut short", "<a><b>", ""),
                Arguments.of("attribute twice", "<a x=\"1\" x=\"2\"/>", ""),
                Arguments.of("text between elements", "<a><b/>x</a>", "text between the elements of <a>"),
                Arguments.of("comment inside text", "<a>x<!-- y -->z</a>", "comment"),
                Arguments.of("control character", "<a>\u0001</a>", ""),
                Arguments.of("control character by number", "<a>&#1;</a>", ""),
                Arguments.of("no character by number", "<a>&#xFFFE;</a>", ""),
                Arguments.of("XML 1.1", "<?xml version=\"1.1\"?><a/>", ""),
                Arguments.of("Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", "only UTF-8"),
                Arguments.of("byte order mark", "\ufeff<a/>", "byte order mark"),
                Arguments.of(
                        "conflict",
                        "<a>\n<<<<<<< ours\n<b/>\n=======\n<c/>\n>>>>>>> theirs\n</a>",
                        "2:1: unresolved merge"),
                Arguments.of("too many attributes", "<a" + attributes(XmlLimits.ATTRIBUTES + 1) + "/>", ""),
                Arguments.of("long attribute", "<a x=\"" + "y".repeat(XmlLimits.ATTRIBUTE_LENGTH + 1) + "\"/>", ""),
                Arguments.of("deep", "<a>".repeat(XmlLimits.DEPTH + 1) + "</a>".repeat(XmlLimits.DEPTH + 1), ""),
                Arguments.of("very deep and cut", "<a>".repeat(1_000_000), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refuses(String what, String xml, String message) {
        assertThatThrownBy(() -> XmlReader.read("f.xml", Bytes.utf8(xml)))
                .isInstanceOf(XmlFormatException.class)
                .hasMessageStartingWith("f.xml:")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (String hex : new String[] {"3c613ee93c2f613e", "3c613ec0803c2f613e", "fffe3c0061002f003e00"}) {
            assertThatThrownBy(() -> XmlReader.read("f.xml", Bytes.parseHex(hex)))
                    .isInstanceOf(XmlFormatException.class);
        }
    }

    @Test
    void readsWhatEditorsChange() throws XmlFormatException {
        Element plain = XmlReader.read("f", Bytes.utf8("<a><b x=\"1\">t\nu</b><c/></a>"));
        Element edited = XmlReader.read(
                "f",
                Bytes.utf8(HEAD + "<!-- c -->\r\n<a  >\r\n\t<b\n x='1'>t\r\nu</b><!-- d --><c></c>\r\n</a>\r\n\r\n"));
        assertThat(CanonicalXml.bytes(edited)).isEqualTo(CanonicalXml.bytes(plain));
        assertThat(edited.children().getFirst().line()).isEqualTo(4);
    }

    @Test
    void writesWithinTheLimitsWhatItReads() throws XmlFormatException {
        Element deep = Element.text("a", "x");
        for (int i = 1; i < XmlLimits.DEPTH; i++) {
            deep = Element.of("a", deep);
        }
        Bytes text = CanonicalXml.bytes(deep);
        assertThat(CanonicalXml.bytes(XmlReader.read("f", text))).isEqualTo(text);
        Element deeper = Element.of("a", deep);
        assertThatThrownBy(() -> CanonicalXml.bytes(deeper)).isInstanceOf(XmlFormatException.class);
        Element longest = Element.of("a").with("x", "y".repeat(XmlLimits.ATTRIBUTE_LENGTH));
        text = CanonicalXml.bytes(longest);
        assertThat(CanonicalXml.bytes(XmlReader.read("f", text))).isEqualTo(text);
        Element longer = Element.of("a").with("x", "y".repeat(XmlLimits.ATTRIBUTE_LENGTH + 1));
        assertThatThrownBy(() -> CanonicalXml.bytes(longer)).isInstanceOf(XmlFormatException.class);
    }

    @Test
    void keepsEveryCharacterInTextAndAttributes() throws XmlFormatException {
        for (int point = 0;
                point <= Character.MAX_CODE_POINT;
                point += point < 0x3000 || point > 0xd700 && point < 0x10010 ? 1 : 997) {
            if (!Characters.isForbidden(point)) {
                String text = "]]>" + Character.toString(point) + " ";
                Bytes written = CanonicalXml.bytes(Element.text("a", text).with("x", text));
                Element read = XmlReader.read("f", written);
                assertThat(read.text()).isEqualTo(text);
                assertThat(read.get("x")).isEqualTo(text);
            }
        }
    }

    @Test
    void refusesToWriteWhatXmlCannotHold() {
        for (String text : new String[] {"\u0000", "\r", "\ud800", "\ufffe", "\u0085"}) {
            assertThatThrownBy(() -> CanonicalXml.bytes(Element.text("a", text)))
                    .isInstanceOf(XmlFormatException.class);
        }
    }

    @Test
    void putsShortSequencesOnOneLine() throws XmlFormatException {
        Element item = Element.text("int", "12345678");
        Element six = Element.of("list", item, item, item, item);
        String line = "<list>" + "<int>12345678</int>".repeat(4) + "</list>\n";
        assertThat(line).hasSize(90);
        assertThat(new String(CanonicalXml.bytes(six).toArray(), StandardCharsets.UTF_8))
                .isEqualTo(HEAD + line);
        Element nested = Element.of(
                "x", Element.of("x", Element.of("x", Element.of("x", Element.of("x", Element.of("x", six))))));
        assertThat(new String(CanonicalXml.bytes(nested).toArray(), StandardCharsets.UTF_8))
                .contains("            <list>\n              <int>12345678</int>\n");
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("=\"\"");
        }
        return text.toString();
    }
}
