package gitzodb.shorthand;

import gitzodb.bytes.Bytes;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Elements of tests as text and back, without the places that a reader notes. */
final class ElementText {
    private ElementText() {}

    static Element element(String xml) throws IOException {
        return placeless(XmlReader.read("x", Bytes.utf8(xml)));
    }

    static Element placeless(Element read) {
        return new Element(
                read.name(),
                read.attributes(),
                read.children().stream().map(ElementText::placeless).toList(),
                read.text(),
                0,
                0);
    }

    /** Returns the canonical text without its declaration. */
    static String text(Element element) throws IOException {
        return new String(CanonicalXml.bytes(element).toArray(), StandardCharsets.UTF_8).replaceFirst(".*\n", "");
    }
}
