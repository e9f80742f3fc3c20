package gitzodb.shorthand;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import org.jspecify.annotations.Nullable;

/** Elements of native texts, which differ by the Python of the database. */
record Native(Generation generation) {
    private String element() {
        return generation == Generation.PYTHON2 ? "str" : "text";
    }

    Element of(String text) {
        return Element.text(element(), text);
    }

    Element named(String name, String text) {
        return of(text).with("name", name);
    }

    /** Returns the text of an element that says a plain native text; null for any other. */
    @Nullable
    String text(Element element) {
        boolean plain = element.name().equals(element())
                && element.children().isEmpty()
                && element.attributes().stream()
                        .allMatch(attribute -> attribute.name().equals("name"));
        return plain ? element.text() : null;
    }

    boolean isPython2() {
        return generation == Generation.PYTHON2;
    }
}
