package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dicts of id, title and description that PluggableAuthService keeps of what it has by id, as attributes of one
 * element; an attribute that is not there is None.
 */
final class Descriptions {
    private static final List<String> PYTHON3 = List.of("id", "title", "description");
    private static final List<String> PYTHON2 = List.of("description", "id", "title");

    private Descriptions() {}

    /** Returns the element of that name with title and description of a dict; null if the dict is another. */
    static @Nullable Element shorten(Element dict, String id, String element, Native text) {
        List<String> keys = keys(text);
        Element made = Element.of(element);
        if (!dict.name().equals("dict") || dict.children().size() != keys.size()) {
            return null;
        }
        for (int i = 0; i < keys.size(); i++) {
            Element value = dict.children().get(i);
            String said = text.text(value);
            boolean none = value.name().equals("none");
            if (!keys.get(i).equals(value.get("name")) || said == null && !none) {
                return null;
            }
            if (keys.get(i).equals("id")) {
                if (!id.equals(said)) {
                    return null;
                }
            } else if (said != null) {
                made = made.with(keys.get(i), said);
            }
        }
        return made;
    }

    /** Returns the dict that an element says. */
    static Element lengthen(Element element, String id, Native text) {
        Parts.empty(element);
        List<Element> values = new ArrayList<>();
        for (String key : keys(text)) {
            String said = key.equals("id") ? id : element.get(key);
            values.add(said == null ? Element.of("none").with("name", key) : text.named(key, said));
        }
        return Element.of("dict", values);
    }

    static Set<String> attributes(String... others) {
        return Set.copyOf(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(others), java.util.stream.Stream.of("title", "description"))
                .toList());
    }

    private static List<String> keys(Native text) {
        return text.isPython2() ? PYTHON2 : PYTHON3;
    }
}
