package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A MIME type of Plone's registry: one element whose attributes are words. */
final class MimeTypes implements Shorthand {
    static final String ELEMENT = "mime-type";
    private static final String CLASS = "Products.MimetypesRegistry.MimeTypeItem.MimeTypeItem";
    private static final String TITLE = "title";

    /** The attributes that are several words, and what holds them. */
    private static final Map<String, String> WORDS =
            Map.of("globs", "list", "extensions", "tuple", "mimetypes", "tuple");

    private static final int MAX_TEXT = 4096;

    @Override
    public Set<String> classes() {
        return Set.of(CLASS);
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        Map<String, Element> all = new HashMap<>();
        for (Element child : object.children()) {
            all.put(String.valueOf(child.get("name")), child.without("name"));
        }
        Element made = new Element(ELEMENT, object.attributes(), List.of(), "", object.line(), object.column());
        Element title = all.remove("id");
        String said = title == null ? null : text.text(title);
        if (title == null || said == null || said.length() > MAX_TEXT || !title.equals(all.remove("__name__"))) {
            return Optional.empty();
        }
        made = made.without("class").with(TITLE, said);
        for (Map.Entry<String, Element> each : all.entrySet()) {
            String value = value(each.getKey(), each.getValue(), text);
            if (value == null || value.length() > MAX_TEXT) {
                return Optional.empty();
            }
            made = made.with(each.getKey(), value);
        }
        return Optional.of(made);
    }

    /** Returns what an attribute says; null if it is another one, or not of its usual kind. */
    private static @Nullable String value(String name, Element value, Native text) {
        if (name.equals("icon_path")) {
            return text.text(value);
        }
        if (name.equals("binary")) {
            return value.equals(Element.of("true")) ? "yes" : value.equals(Element.of("false")) ? "no" : null;
        }
        if (!value.name().equals(WORDS.get(name)) || !value.attributes().isEmpty()) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (Element word : value.children()) {
            String said = text.text(word);
            if (said == null || said.isEmpty() || said.indexOf(' ') >= 0) {
                return null;
            }
            words.add(said);
        }
        return String.join(" ", words);
    }

    @Override
    public Element lengthen(Element type, Native text) {
        if (!type.name().equals(ELEMENT)) {
            return type;
        }
        Parts.empty(type);
        String title = Parts.needed(type, TITLE);
        List<Element> children = new ArrayList<>(List.of(text.named("id", title), text.named("__name__", title)));
        Element object = new Element("object", type.attributes(), List.of(), "", type.line(), type.column());
        object = object.without(TITLE).with("class", CLASS);
        for (String name : List.of("binary", "extensions", "globs", "icon_path", "mimetypes")) {
            String said = type.get(name);
            object = object.without(name);
            if (said != null) {
                children.add(attribute(name, said, text).with("name", name));
            }
        }
        return Parts.with(object, children);
    }

    private static Element attribute(String name, String said, Native text) {
        if (name.equals("icon_path")) {
            return text.of(said);
        }
        if (name.equals("binary")) {
            if (!said.equals("yes") && !said.equals("no")) {
                throw new IllegalArgumentException("binary is yes or no");
            }
            return Element.of(said.equals("yes") ? "true" : "false");
        }
        List<Element> words = new ArrayList<>();
        for (String word : said.isEmpty() ? new String[0] : said.split(" ", -1)) {
            words.add(text.of(word));
        }
        return Element.of(WORDS.getOrDefault(name, "tuple"), words);
    }
}
