package gitzodb.merge;

import gitzodb.xml.Element;
import java.util.HashMap;
import java.util.Map;

/** How the content of an element is merged. Which element has which shape is the table at the end. */
enum Shape {
    /** Children with a key, whose order says nothing: kept as it is, new ones where they sort. */
    KEYED,

    /** As {@link #KEYED}, and the order is by key: two new members between the same neighbours are sorted or conflict. */
    SORTED,

    /** Children with a key, in an order that says something. */
    ORDERED,

    /** Plain members, each of which is there or not. */
    MEMBERS,

    /** As {@link #MEMBERS}, with a row for a name that has no member. */
    GROUPS,

    /** Members in order, which may be there more than once. */
    LIST,

    /** As {@link #LIST}, but two sides that replace members conflict, since a tuple may be a row of fields. */
    TUPLE,

    /** Attributes one by one; of the children the last one, while the others are equal. */
    FIELDS,

    /** Text by lines. */
    TEXT,

    /** As a whole. */
    WHOLE;

    private static final Map<String, Shape> BY_NAME = new HashMap<>();

    static {
        put(KEYED, "object", "instance", "slots", "dict", "entries", "local-roles", "users", "role-definitions");
        put(KEYED, "group-definitions", "field", "utility-registrations", "adapter-registrations");
        put(SORTED, "tree", "part");
        put(ORDERED, "children", "properties", "bindings", "before-traverse", "plugin-types", "order");
        put(MEMBERS, "permission", "user", "roles", "proxy-roles", "set", "frozenset");
        put(GROUPS, "role-assignments", "group-members", "plugins");
        put(LIST, "list", "lines", "items", "provides", "subscription-registrations", "handler-registrations");
        put(TUPLE, "tuple");
        put(FIELDS, "property", "child", "entry", "state", "role", "group", "plugin-type", "binding", "hook", "kwargs");
        put(FIELDS, "utility", "adapter", "mime-type");
        put(TEXT, "text", "str", "bytes", "expression");
    }

    private static void put(Shape shape, String... names) {
        for (String name : names) {
            BY_NAME.put(name, shape);
        }
    }

    static Shape of(Element element) {
        // Its nodes have numbers that refer to each other.
        if ("nodes".equals(element.get("shown"))) {
            return WHOLE;
        }
        // <role>Clerk</role> is a member, <role name="Clerk"/> a row.
        if (element.name().equals("role") && element.get("name") == null) {
            return WHOLE;
        }
        if (element.name().equals("user") && element.children().isEmpty()) {
            return FIELDS;
        }
        return BY_NAME.getOrDefault(element.name(), WHOLE);
    }
}
