package gitzodb.load;

import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.Oid;

/** Oids as references to missing and foreign objects write them. */
final class Oids {
    private Oids() {}

    static Oid parse(Unit unit, Element element, String text) throws XmlFormatException {
        if (!text.matches("0x[0-9a-f]{16}")) {
            throw new XmlFormatException(unit.file(), element.line(), element.column(), "not an oid: " + text);
        }
        return new Oid(Long.parseUnsignedLong(text.substring(2), 16));
    }
}
