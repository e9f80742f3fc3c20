package gitzodb.merge;

import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what a child is the same in three versions: the attribute or key that it stands for, or, for members of lists, the id
 * that it has itself, else its content.
 */
final class Keys {
    /** Elements without a name, and the attribute that each stands for. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "children", "_objects",
            "local-roles", "__ac_local_roles__",
            "owner", "_owner",
            "roles", "__ac_roles__",
            "proxy-roles", "_proxy_roles",
            "bindings", "_bind_names",
            "before-traverse", "__before_traverse__",
            "properties", "_properties");

    /** Attributes that may hold the id of a member. */
    private static final List<String> IDS = List.of("id", "__name__", "name");

    private static final Set<String> WITH_ID = Set.of("dict", "instance", "object");

    private static final String CONTENT = "=";

    private Keys() {}

    /** Returns the key of a child of an element of named children. */
    static String of(Element child) {
        if (Conflict.is(child)) {
            return ofConflict(child);
        }
        String name = child.get("name");
        return switch (child.name()) {
            case "permission" -> "_" + name + "_Permission";
            case "entry" ->
                child.children().isEmpty()
                        ? CONTENT
                        : CONTENT + text(bare(child.children().getFirst()));
            case "part" -> "<part>" + child.get("file");
            // Two hooks of one name may have two priorities.
            case "hook" -> name + " " + child.get("priority");
            // By what it is looked up: several components have one name.
            case "utility", "adapter" ->
                orNone(child.get("provides")) + " " + orNone(child.get("for")) + " " + orNone(name);
            default -> {
                if (name != null) {
                    yield name;
                }
                String attribute = ATTRIBUTES.get(child.name());
                yield attribute != null ? attribute : "<" + child.name() + ">" + (isValue(child) ? value(child) : "");
            }
        };
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "-" : text;
    }

    /** A value without a name is a member of a set, which a tree can be. */
    private static boolean isValue(Element child) {
        return Shape.of(child) == Shape.WHOLE && !child.text().isEmpty() || Shape.of(child) == Shape.TEXT;
    }

    private static String value(Element child) {
        return child.attributes().isEmpty() ? child.text() : text(child);
    }

    private static String ofConflict(Element child) {
        for (Element side : child.children()) {
            if (!side.children().isEmpty()) {
                return of(side.children().getFirst());
            }
        }
        return CONTENT + text(child);
    }

    /** Returns the key of a member of a list. */
    static String ofMember(Element member) {
        if (Conflict.is(member)) {
            return ofConflict(member);
        }
        if (WITH_ID.contains(member.name())) {
            for (String id : IDS) {
                for (Element child : member.children()) {
                    if (id.equals(child.get("name"))
                            && Shape.of(child) == Shape.TEXT
                            && !child.text().isEmpty()) {
                        return id + "=" + child.text();
                    }
                }
            }
        }
        return CONTENT + text(member);
    }

    /** Returns whether a key is the content, so that what has it never changes. */
    static boolean isContent(String key) {
        return key.startsWith(CONTENT);
    }

    /** Returns children by key; null if two have one key. */
    static @Nullable Map<String, Element> byKey(@Nullable Element parent, boolean members) {
        Map<String, Element> all = new LinkedHashMap<>();
        if (parent != null) {
            for (Element child : parent.children()) {
                if (all.put(members ? ofMember(child) : of(child), child) != null) {
                    return null;
                }
            }
        }
        return all;
    }

    /** Returns whether a property holds the value of an attribute that stands outside, too. */
    static boolean saysTwice(Map<String, Element> object) {
        Element properties = object.get("_properties");
        if (properties == null || !properties.name().equals("properties")) {
            return false;
        }
        Set<String> held = new HashSet<>();
        for (Element property : properties.children()) {
            if (!property.children().isEmpty() && property.get("name") != null) {
                held.add(Objects.requireNonNull(property.get("name")));
            }
        }
        return held.stream().anyMatch(object::containsKey);
    }

    /** Returns whether an object has attributes beside a state that is no attributes. */
    static boolean hasTwoStates(Map<String, Element> object) {
        return object.containsKey("<state>")
                && object.entrySet().stream()
                        .anyMatch(child -> !child.getKey().startsWith("<")
                                && !child.getValue().name().equals("children"));
    }

    /** Orders keys as files do, as far as can be told: names by code points, integers by value. */
    static final Comparator<String> ORDER = Comparator.<String>comparingInt(key -> number(key) == null ? 1 : 0)
            .thenComparing((a, b) -> {
                BigInteger first = number(a);
                BigInteger second = number(b);
                return first == null || second == null
                        ? CanonicalOrder.CODE_POINTS.compare(a, b)
                        : first.compareTo(second);
            });

    /** Returns whether the place of a key in a tree follows from {@link #ORDER}. */
    static boolean isOrdered(String key) {
        return number(key) != null || !key.startsWith(CONTENT) && !key.startsWith("<part>");
    }

    private static @Nullable BigInteger number(String key) {
        String digits = null;
        if (key.startsWith("=<int>") && key.endsWith("</int>")) {
            digits = key.substring(6, key.length() - 6);
        } else if (key.startsWith("<int>")) {
            digits = key.substring(5);
        }
        return digits != null && digits.matches("-?[0-9]{1,400}") ? new BigInteger(digits) : null;
    }

    private static Element bare(Element element) {
        return element.without("id");
    }

    /** Returns an element as one line of text, the same for equal elements and no others. */
    static String text(Element element) {
        StringBuilder out = new StringBuilder();
        append(element, out);
        return out.toString();
    }

    private static void append(Element element, StringBuilder out) {
        out.append('<').append(element.name());
        for (Element.Attribute attribute : element.attributes()) {
            out.append(' ').append(attribute.name()).append("=\"");
            escape(attribute.value(), out);
            out.append('"');
        }
        out.append('>');
        escape(element.text(), out);
        element.children().forEach(child -> append(child, out));
        out.append("</").append(element.name()).append('>');
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
