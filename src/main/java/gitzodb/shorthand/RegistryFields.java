package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A field of the registry of Plone: {@code <field class="plone.registry.field.TextLine" title="Hours"/>}. It says the title
 * and the description, and holds what is other than usual; {@code lacks} names what the object has not got at all.
 */
final class RegistryFields implements Shorthand {
    static final String ELEMENT = "field";
    private static final String INTERFACE = "interface";
    private static final String LACKS = "lacks";
    private static final String DOC = "__doc__";
    private static final String PACKAGE = "plone.registry.field.";
    private static final int MAX_TEXT = 4096;

    private static final Set<String> LENGTHS = Set.of(
            "ASCII",
            "ASCIILine",
            "Bytes",
            "BytesLine",
            "Dict",
            "FrozenSet",
            "List",
            "Password",
            "Set",
            "SourceText",
            "Text",
            "TextLine",
            "Tuple");
    private static final Set<String> TEXTS = Set.of("ASCII", "ASCIILine", "Password", "SourceText", "Text", "TextLine");
    private static final Set<String> OTHERS = Set.of(
            "Bool",
            "Choice",
            "Date",
            "Datetime",
            "Decimal",
            "DottedName",
            "Float",
            "Id",
            "Int",
            "JSONField",
            "Time",
            "Timedelta",
            "URI");

    @Override
    public Set<String> classes() {
        Set<String> classes = new java.util.HashSet<>();
        for (Set<String> names : List.of(LENGTHS, OTHERS)) {
            names.forEach(name -> classes.add(PACKAGE + name));
        }
        return classes;
    }

    /** Returns what a field of a class has if nobody says anything, by name. */
    private static Map<String, Element> usual(String cls, boolean ofInterface, Native text) {
        Map<String, Element> usual = new LinkedHashMap<>();
        for (String name :
                List.of("_Element__tagged_values", "default", "defaultFactory", "fieldName", "interfaceName")) {
            usual.put(name, Element.of("none"));
        }
        usual.put("__name__", text.of("value"));
        if (!ofInterface) {
            usual.put("_init_field", Element.of("false"));
        }
        usual.put("readonly", Element.of("false"));
        usual.put("required", Element.of("true"));
        usual.put("description", Element.of("text"));
        usual.put("title", Element.of("text"));
        String name = cls.substring(cls.lastIndexOf('.') + 1);
        if (LENGTHS.contains(name)) {
            usual.put("min_length", Element.text("int", "0"));
            usual.put("max_length", Element.of("none"));
        }
        if (TEXTS.contains(name)) {
            usual.put("unicode_normalization", Element.text("text", "NFC"));
        }
        return usual;
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        Map<String, Element> all = new TreeMap<>();
        for (Element child : object.children()) {
            String name = child.get("name");
            if (name == null || all.put(name, child.without("name")) != null) {
                return Optional.empty();
            }
        }
        Element field = new Element(ELEMENT, object.attributes(), List.of(), "", object.line(), object.column());
        List<String> lacks = new ArrayList<>();
        String doc = doc(all.get("title"), all.get("description"));
        Element said = all.get(DOC);
        if (said == null) {
            lacks.add(DOC);
        } else if (doc != null && said.equals(Element.text("text", doc))) {
            all.remove(DOC);
        }
        for (String name : List.of("title", "description")) {
            String plain = plain(all.get(name));
            if (plain != null && !plain.isEmpty()) {
                field = field.with(name, plain);
                all.remove(name);
            }
        }
        for (Map.Entry<String, Element> each : usual(
                        String.valueOf(object.get("class")), all.containsKey(INTERFACE), text)
                .entrySet()) {
            Element value = all.get(each.getKey());
            if (each.getValue().equals(value)) {
                all.remove(each.getKey());
            } else if (value == null && field.get(each.getKey()) == null) {
                lacks.add(each.getKey());
            }
        }
        List<Element> rest = new ArrayList<>();
        all.forEach((name, value) -> rest.add(value.with("name", name)));
        field = lacks.isEmpty() ? field : field.with(LACKS, String.join(" ", lacks));
        return Optional.of(Parts.with(field, rest));
    }

    /** Returns what zope.schema notes beside title and description; null if they are missing, or no texts. */
    private static @Nullable String doc(@Nullable Element title, @Nullable Element description) {
        String first = said(title);
        String second = said(description);
        return first == null || second == null
                ? null
                : first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
    }

    private static @Nullable String said(@Nullable Element element) {
        boolean text = element != null
                && element.children().isEmpty()
                && (element.name().equals("message") || element.name().equals("text") && element.get("enc") == null);
        return text && element != null ? element.text() : null;
    }

    private static @Nullable String plain(@Nullable Element element) {
        String said = said(element);
        return said != null
                        && element != null
                        && element.attributes().isEmpty()
                        && element.name().equals("text")
                        && said.length() <= MAX_TEXT
                ? said
                : null;
    }

    @Override
    public Element lengthen(Element field, Native text) {
        if (!field.name().equals(ELEMENT)) {
            return field;
        }
        Map<String, Element> all = new LinkedHashMap<>();
        for (Element child : field.children()) {
            all.put(Parts.needed(child, "name"), child.without("name"));
        }
        Element object = new Element("object", field.attributes(), List.of(), "", field.line(), field.column());
        for (String name : List.of("title", "description")) {
            String said = field.get(name);
            object = object.without(name);
            if (said != null && all.put(name, Element.text("text", said)) != null) {
                throw new IllegalArgumentException("<" + ELEMENT + "> says its " + name + " twice");
            }
        }
        String lacks = field.get(LACKS);
        Set<String> lacking = lacks == null ? Set.of() : Set.of(lacks.split(" "));
        usual(Parts.needed(field, "class"), all.containsKey(INTERFACE), text).forEach((name, value) -> {
            if (!lacking.contains(name)) {
                all.putIfAbsent(name, value);
            }
        });
        String doc = doc(all.get("title"), all.get("description"));
        if (doc != null && !lacking.contains(DOC)) {
            all.putIfAbsent(DOC, Element.text("text", doc));
        }
        List<Element> children = new ArrayList<>();
        all.forEach((name, value) -> children.add(value.with("name", name)));
        return Parts.with(object.without(LACKS), children);
    }
}
