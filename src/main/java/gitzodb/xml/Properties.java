package gitzodb.xml;

import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schema of an object's properties, {@code _properties}, as {@code <property name="title" type="string"/>}s; the
 * writer puts the value of each inside. The keys of each dict are in the order id, type, mode, others by name, or the
 * notation is not used.
 */
final class Properties {
    static final String ATTRIBUTE = "_properties";
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,40}");
    private static final List<String> FIRST = List.of("id", "type", "mode");

    private Properties() {}

    /** Returns one element without content for each property, in order. */
    static Optional<List<Element>> write(Value value, Dialect dialect) {
        if (!(value instanceof PyTuple tuple)) {
            return Optional.empty();
        }
        List<Element> elements = new ArrayList<>();
        for (Value item : tuple.items()) {
            Optional<Element> element = item instanceof PyDict dict ? property(dict, dialect) : Optional.empty();
            if (element.isEmpty()) {
                return Optional.empty();
            }
            elements.add(element.get());
        }
        return Optional.of(elements);
    }

    private static Optional<Element> property(PyDict dict, Dialect dialect) {
        Element element = Element.of("property");
        for (PyDict.Entry entry : dict.entries()) {
            String key = dialect.text(entry.key());
            String text = dialect.text(entry.value());
            if (key == null
                    || text == null
                    || !KEY.matcher(key).matches()
                    || key.equals("name")
                    || text.length() > XmlLimits.ATTRIBUTE_LENGTH / 2
                    || element.attributes().size() == XmlLimits.ATTRIBUTES) {
                return Optional.empty();
            }
            element = element.with(key.equals("id") ? "name" : key, text);
        }
        return element.get("name") == null ? Optional.empty() : Optional.of(element);
    }

    /** Returns the schema that {@code <property>}s say; what they hold is not looked at. */
    static Value read(List<Element> properties, Dialect dialect) throws Malformed {
        List<Value> dicts = new ArrayList<>();
        for (Element property : properties) {
            if (!property.name().equals("property") || property.get("name") == null || property.get("id") != null) {
                throw new Malformed("<properties> holds <property>s with a name");
            }
            List<Element.Attribute> attributes = new ArrayList<>();
            for (Element.Attribute attribute : property.attributes()) {
                String key = attribute.name().equals("name") ? "id" : attribute.name();
                attributes.add(new Element.Attribute(key, attribute.value()));
            }
            attributes.sort(Comparator.<Element.Attribute>comparingInt(a -> rank(a.name()))
                    .thenComparing(Element.Attribute::name));
            PyDict dict = new PyDict();
            attributes.forEach(a -> dict.put(dialect.text(a.name()), dialect.text(a.value())));
            dicts.add(dict);
        }
        return new PyTuple(dicts);
    }

    private static int rank(String key) {
        int first = FIRST.indexOf(key);
        return first < 0 ? FIRST.size() : first;
    }
}
