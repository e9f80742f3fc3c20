package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One component that is registered, as one row.
 *
 * @param required what an adapter, subscriber or handler is for
 * @param provides the interface; empty for a handler
 * @param component what is registered: the reference, the global, or the object or instance itself
 * @param factory what made a utility, if anything
 * @param pair true for a utility of a site that did not note factories yet
 * @param mute true for a utility that does not subscribe, as Zope may leave one that had two names
 */
record Registration(
        List<Element> required,
        String provides,
        String name,
        Element component,
        String info,
        @Nullable String factory,
        boolean pair,
        boolean mute) {
    /** What a writer notes on the component of a registration that has its home there: its path. */
    static final String AT = "at";

    /** Words for the interfaces of a class: as the C module of zope.interface names them, and as its Python one does. */
    private static final Map<String, String> CALLS = Map.of(
            "implementedBy", "zope.interface._zope_interface_coptimizations.implementedBy",
            "zope.interface.declarations.implementedBy", "zope.interface.declarations.implementedBy");

    private static final int MAX_TEXT = 4096;

    /** What is registered, and how a registration is stored. */
    enum Kind {
        ADAPTER("adapter", "_adapter_registrations"),
        HANDLER("handler", "_handler_registrations"),
        SUBSCRIPTION("subscription", "_subscription_registrations"),
        UTILITY("utility", "_utility_registrations");

        private final String row;
        private final String attribute;

        Kind(String row, String attribute) {
            this.row = row;
            this.attribute = attribute;
        }

        String attribute() {
            return attribute;
        }

        /** Returns the name of the element of all rows. */
        String rows() {
            return row + "-registrations";
        }

        /** True for what is stored by key; the others are a list. */
        boolean isKeyed() {
            return this == ADAPTER || this == UTILITY;
        }
    }

    /** Returns what a stored registration says; empty if it is of another shape. */
    static Optional<Registration> stored(Kind kind, List<Element> key, List<Element> value) {
        int required = kind == Kind.UTILITY ? 0 : 1;
        int provides = kind == Kind.HANDLER ? 0 : 1;
        boolean pair = kind == Kind.UTILITY && value.size() == 2;
        boolean fits = key.size() == required + provides + 1 && value.size() == (kind == Kind.UTILITY && !pair ? 3 : 2);
        if (!fits || required == 1 && !isTuple(key.getFirst())) {
            return Optional.empty();
        }
        List<Element> specs = required == 0 ? List.of() : key.getFirst().children();
        String provided = provides == 0 ? "" : global(key.get(required));
        String name = text(key.getLast());
        String info = text(value.get(1));
        boolean made = value.size() == 3 && !value.get(2).equals(Element.of("none"));
        String factory = made ? global(value.get(2)) : null;
        if (provided == null || name == null || info == null || made && factory == null) {
            return Optional.empty();
        }
        return specs.stream().allMatch(spec -> spec(spec) != null)
                ? Optional.of(new Registration(specs, provided, name, value.getFirst(), info, factory, pair, false))
                : Optional.empty();
    }

    /** Returns what an item of the list of a kind says, whose tuple holds key and value. */
    static Optional<Registration> listed(Kind kind, List<Element> parts) {
        int split = kind == Kind.HANDLER ? 2 : 3;
        return parts.size() <= split
                ? Optional.empty()
                : stored(kind, parts.subList(0, split), parts.subList(split, parts.size()));
    }

    Registration muted() {
        return new Registration(required, provides, name, component, info, factory, pair, true);
    }

    Element key(Kind kind) {
        List<Element> items = new ArrayList<>();
        if (kind != Kind.UTILITY) {
            items.add(Element.of("tuple", required));
        }
        if (kind != Kind.HANDLER) {
            items.add(Element.text("global", provides));
        }
        items.add(Element.text("text", name));
        return Element.of("tuple", items);
    }

    Element value(Kind kind) {
        List<Element> items = new ArrayList<>(List.of(component, Element.text("text", info)));
        if (kind == Kind.UTILITY && !pair) {
            items.add(factory == null ? Element.of("none") : Element.text("global", factory));
        }
        return Element.of("tuple", items);
    }

    Element row(Kind kind) {
        String path = only(component, "ref", "path");
        String global = global(component);
        Element row = path == null && global == null
                ? Element.of(kind.row, component)
                : path != null
                        ? Element.of(kind.row).with("path", path)
                        : Element.of(kind.row).with("global", String.valueOf(global));
        if (kind != Kind.UTILITY) {
            row = row.with(
                    "for",
                    String.join(" ", required.stream().map(Registration::spec).toList()));
        }
        row = provides.isEmpty() ? row : row.with("provides", provides);
        row = name.isEmpty() ? row : row.with("name", name);
        row = info.isEmpty() ? row : row.with("info", info);
        row = factory == null ? row : row.with("factory", factory);
        row = mute ? row.with("subscribes", "no") : row;
        return pair ? row.with("form", "pair") : row;
    }

    /** @throws IllegalArgumentException if the element is no registration */
    static Registration read(Kind kind, Element row) {
        Parts.only(row, kind.row, allowed(kind));
        String path = row.get("path");
        String global = row.get("global");
        int said = (path == null ? 0 : 1)
                + (global == null ? 0 : 1)
                + row.children().size();
        if (said != 1 || !row.text().isBlank()) {
            throw new IllegalArgumentException("<" + kind.row + "> needs one component: path, global, or an element");
        }
        Element component = path != null
                ? Element.of("ref").with("path", path)
                : global != null
                        ? Element.text("global", global)
                        : row.children().getFirst();
        String provides = kind == Kind.HANDLER ? "" : Parts.needed(row, "provides");
        return new Registration(
                kind == Kind.UTILITY ? List.of() : specs(Parts.needed(row, "for")),
                provides,
                orEmpty(row.get("name")),
                component,
                orEmpty(row.get("info")),
                row.get("factory"),
                "pair".equals(row.get("form")),
                "no".equals(row.get("subscribes")));
    }

    private static Set<String> allowed(Kind kind) {
        return switch (kind) {
            case UTILITY -> Set.of("provides", "name", "info", "factory", "form", "path", "global", "subscribes");
            case ADAPTER, SUBSCRIPTION -> Set.of("provides", "for", "name", "info", "path", "global");
            case HANDLER -> Set.of("for", "name", "info", "path", "global");
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<Element> specs(String text) {
        List<Element> specs = new ArrayList<>();
        for (String word :
                text.isBlank() ? List.<String>of() : List.of(text.strip().split(" +"))) {
            int open = word.indexOf('(');
            String call = open < 0 ? null : CALLS.get(word.substring(0, open));
            specs.add(
                    call != null && word.endsWith(")")
                            ? implemented(call, word.substring(open + 1, word.length() - 1))
                            : Element.text("global", word));
        }
        return specs;
    }

    private static Element implemented(String call, String cls) {
        return Element.of("call", Element.text("global", cls)).with("class", call);
    }

    /** Returns the word for an interface, or for the interfaces of a class; null for anything else. */
    private static @Nullable String spec(Element spec) {
        String name = global(spec);
        if (name != null) {
            return name.endsWith(")") ? null : name;
        }
        String cls = spec.children().size() == 1 ? global(spec.children().getFirst()) : null;
        for (Map.Entry<String, String> call : CALLS.entrySet()) {
            if (cls != null && implemented(call.getValue(), cls).equals(spec)) {
                return call.getKey() + "(" + cls + ")";
            }
        }
        return null;
    }

    private static boolean isTuple(Element element) {
        return element.name().equals("tuple") && element.attributes().isEmpty();
    }

    /** Returns the name of a global that is one word; null for anything else. */
    private static @Nullable String global(Element element) {
        boolean word = element.name().equals("global")
                && element.attributes().isEmpty()
                && !element.text().isEmpty()
                && element.text().length() <= MAX_TEXT
                && element.text().chars().noneMatch(Character::isWhitespace);
        return word ? element.text() : null;
    }

    private static @Nullable String text(Element element) {
        boolean plain = element.name().equals("text")
                && element.attributes().isEmpty()
                && element.text().length() <= MAX_TEXT;
        return plain ? element.text() : null;
    }

    private static @Nullable String only(Element element, String name, String attribute) {
        return element.name().equals(name)
                        && element.attributes().size() == 1
                        && element.children().isEmpty()
                ? element.get(attribute)
                : null;
    }

    /** Returns what stands for a component anywhere but in its registration: a reference, if it has its home there. */
    static Element elsewhere(Element component) {
        String at = component.get(AT);
        return at != null
                ? Element.of("ref").with("path", at)
                : component.name().equals("object") ? component : placeless(component.without("name"));
    }

    /** Returns an element that equals any other of its content; an object is another one at another place. */
    private static Element placeless(Element element) {
        List<Element> children =
                element.children().stream().map(Registration::placeless).toList();
        return new Element(element.name(), element.attributes(), children, element.text(), 0, 0);
    }
}
