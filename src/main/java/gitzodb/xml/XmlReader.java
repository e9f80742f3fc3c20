package gitzodb.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import gitzodb.bytes.Bytes;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of untrusted XML into elements: no DOCTYPE, no entities, nothing fetched, one root, UTF-8 only, within
 * {@link XmlLimits}. White space between elements and comments between elements are dropped.
 */
public final class XmlReader {
    private static final WstxInputFactory FACTORY = factory();

    private static final String CONFLICT = "conflict";

    private final String file;
    private final Bytes content;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Element root;

    private final boolean conflictsAllowed;

    private XmlReader(String file, Bytes content, boolean conflictsAllowed) {
        this.file = file;
        this.content = content;
        this.conflictsAllowed = conflictsAllowed;
    }

    /** Reads a file; {@code file} names it in messages. */
    public static Element read(String file, Bytes content) throws XmlFormatException {
        return new XmlReader(file, content, false).read();
    }

    /** Reads a file in which {@code <conflict>}s of a merge may stand (xml-format.md §9). */
    public static Element readWithConflicts(String file, Bytes content) throws XmlFormatException {
        return new XmlReader(file, content, true).read();
    }

    private static WstxInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_REPORT_CDATA, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, XmlLimits.DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, XmlLimits.ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, XmlLimits.ATTRIBUTE_LENGTH);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, XmlLimits.TEXT_LENGTH);
        return factory;
    }

    private static final class Open {
        final String name;
        final List<Element.Attribute> attributes;
        final Location start;
        final List<Element> children = new ArrayList<>(0);
        final StringBuilder text = new StringBuilder(0);
        boolean comment;

        Open(String name, List<Element.Attribute> attributes, Location start) {
            this.name = name;
            this.attributes = attributes;
            this.start = start;
        }
    }

    private Element read() throws XmlFormatException {
        if (content.length() > XmlLimits.FILE_LENGTH) {
            throw at(1, 1, "file longer than " + XmlLimits.FILE_LENGTH + " bytes");
        }
        XMLStreamReader events;
        try {
            events = FACTORY.createXMLStreamReader(new StringReader(text()));
            declaration(events);
            while (events.hasNext()) {
                event(events, events.next());
            }
        } catch (XMLStreamException e) {
            throw explained(e);
        }
        if (root == null) {
            throw at(1, 1, "no element");
        }
        return root;
    }

    private String text() throws XmlFormatException {
        if (content.length() >= 3 && content.slice(0, 3).hex().equals("efbbbf")) {
            throw at(1, 1, "byte order mark; save as UTF-8 without one");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content.buffer()).toString();
        } catch (CharacterCodingException e) {
            throw at(0, 0, "not UTF-8");
        }
    }

    private void declaration(XMLStreamReader events) throws XmlFormatException {
        String encoding = events.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw at(1, 1, "encoding " + encoding + "; only UTF-8 is read");
        }
        String version = events.getVersion();
        if (version != null && !version.equals("1.0")) {
            throw at(1, 1, "XML " + version + "; only 1.0 is read");
        }
    }

    private void event(XMLStreamReader events, int type) throws XmlFormatException {
        switch (type) {
            case XMLStreamConstants.START_ELEMENT -> start(events);
            case XMLStreamConstants.END_ELEMENT -> end(open.pop());
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> characters(events);
            case XMLStreamConstants.COMMENT -> {
                if (!open.isEmpty()) {
                    open.getFirst().comment = true;
                }
            }
            case XMLStreamConstants.END_DOCUMENT -> {}
            case XMLStreamConstants.CDATA -> throw at(events.getLocation(), "CDATA section; write &lt; and &amp;");
            case XMLStreamConstants.DTD -> throw at(events.getLocation(), "DOCTYPE is not allowed");
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                throw at(events.getLocation(), "processing instruction is not allowed");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw at(events.getLocation(), "entity is not allowed");
            default -> throw at(events.getLocation(), "not allowed here");
        }
    }

    private void start(XMLStreamReader events) throws XmlFormatException {
        if (!conflictsAllowed && events.getLocalName().equals(CONFLICT)) {
            String where = String.valueOf(events.getAttributeValue(null, "at"));
            Location location = events.getLocation();
            throw XmlFormatException.conflict(file, location.getLineNumber(), location.getColumnNumber(), where);
        }
        List<Element.Attribute> attributes = new ArrayList<>(events.getAttributeCount());
        for (int i = 0; i < events.getAttributeCount(); i++) {
            attributes.add(new Element.Attribute(events.getAttributeLocalName(i), events.getAttributeValue(i)));
        }
        open.push(new Open(events.getLocalName(), attributes, events.getLocation()));
    }

    private void characters(XMLStreamReader events) throws XmlFormatException {
        if (open.isEmpty()) {
            return;
        }
        StringBuilder text = open.getFirst().text;
        if (text.length() + events.getTextLength() > XmlLimits.TEXT_LENGTH) {
            throw at(events.getLocation(), "text too long");
        }
        text.append(events.getTextCharacters(), events.getTextStart(), events.getTextLength());
    }

    private void end(Open ended) throws XmlFormatException {
        String text = ended.text.toString();
        if (!ended.children.isEmpty()) {
            if (!Characters.areBlank(text)) {
                throw conflictOr(at(ended.start, "text between the elements of <" + ended.name + ">"));
            }
            text = "";
        } else if (ended.comment) {
            throw at(ended.start, "comment inside the text of <" + ended.name + ">");
        }
        Element element = new Element(
                ended.name,
                Element.sorted(ended.attributes),
                ended.children,
                text,
                ended.start.getLineNumber(),
                ended.start.getColumnNumber());
        if (open.isEmpty()) {
            root = element;
        } else {
            open.getFirst().children.add(element);
        }
    }

    private XmlFormatException explained(XMLStreamException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("not well-formed");
        Location location = e.getLocation();
        return conflictOr(location == null ? at(0, 0, message) : at(location, message));
    }

    /** A conflict that git left in the file is the better explanation of whatever else is wrong with it. */
    private XmlFormatException conflictOr(XmlFormatException other) {
        int line = 0;
        for (String text : (Iterable<String>) content.latin1().lines()::iterator) {
            line++;
            if (text.startsWith("<<<<<<< ") || text.startsWith(">>>>>>> ")) {
                return at(line, 1, "unresolved merge conflict; resolve it as in any file");
            }
        }
        return other;
    }

    private XmlFormatException at(Location location, String message) {
        return at(location.getLineNumber(), location.getColumnNumber(), message);
    }

    private XmlFormatException at(int line, int column, String message) {
        return new XmlFormatException(file, line, column, message);
    }
}
