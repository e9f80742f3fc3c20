package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Attributes with a notation of their own, but for properties (zope-classes §1). */
enum ZopeAttribute implements AttributeNotation {
    /** {@code _X_Permission}: a list acquires too, a tuple does not. */
    PERMISSION("permission", "") {
        @Override
        public boolean isFor(String attribute) {
            return attribute.length() > PREFIX.length() + SUFFIX.length()
                    && attribute.startsWith(PREFIX)
                    && attribute.endsWith(SUFFIX);
        }

        @Override
        public Optional<Element> write(String attribute, Value value, Dialect dialect) {
            boolean acquire = value instanceof PyList;
            return Roles.write("role", value, acquire, dialect)
                    .map(roles -> Element.of("permission", roles)
                            .with("name", attribute.substring(PREFIX.length(), attribute.length() - SUFFIX.length()))
                            .with("acquire", acquire ? "yes" : "no"));
        }

        @Override
        public PyDict.Entry read(Element element, Dialect dialect) throws Malformed {
            Roles.only(element, List.of("name", "acquire"));
            String name = element.get("name");
            String acquire = element.get("acquire");
            if (name == null || name.isEmpty() || !List.of("yes", "no").contains(String.valueOf(acquire))) {
                throw new Malformed("<permission> needs a name, and acquire yes or no");
            }
            List<Value> roles = Roles.read("role", element, dialect);
            Value value = "yes".equals(acquire) ? new PyList(roles) : new PyTuple(roles);
            return new PyDict.Entry(dialect.text(PREFIX + name + SUFFIX), value);
        }
    },

    /** {@code _owner}: (path of the user folder as a list, user id). */
    OWNER("owner", "_owner") {
        @Override
        public Optional<Element> write(String attribute, Value value, Dialect dialect) {
            if (value instanceof Value.Absent) {
                return Optional.of(Element.of("owner").with("acquired", "yes"));
            }
            if (!(value instanceof PyTuple pair)
                    || pair.items().size() != 2
                    || !(pair.items().getFirst() instanceof PyList path)
                    || dialect.text(pair.items().get(1)) == null) {
                return Optional.empty();
            }
            StringBuilder text = new StringBuilder();
            for (Value segment : path.items()) {
                text.append('/').append(dialect.text(segment));
            }
            String user = String.valueOf(dialect.text(pair.items().get(1)));
            return Optional.of(Element.text("owner", user).with("path", text.toString()));
        }

        @Override
        public PyDict.Entry read(Element element, Dialect dialect) throws Malformed {
            String acquired = element.get("acquired");
            if (acquired != null) {
                Roles.only(element, List.of("acquired"));
                boolean empty = element.text().isEmpty() && element.children().isEmpty();
                if (!empty || !acquired.equals("yes")) {
                    throw new Malformed("<owner acquired=\"yes\"/> has no content");
                }
                return entry(dialect, Value.ABSENT);
            }
            Roles.only(element, List.of("path"));
            String path = element.get("path");
            if (path == null || !element.children().isEmpty() || !path.isEmpty() && !path.startsWith("/")) {
                throw new Malformed("<owner> needs a path from the root, and a user id for text");
            }
            List<Value> segments = new ArrayList<>();
            if (!path.isEmpty()) {
                for (String segment : path.substring(1).split("/", -1)) {
                    segments.add(dialect.text(segment));
                }
            }
            return entry(dialect, PyTuple.of(new PyList(segments), dialect.text(element.text())));
        }
    },

    /** {@code __ac_local_roles__}: dict of user id and list of roles; or tuple, where a program gave one. */
    LOCAL_ROLES("local-roles", "__ac_local_roles__") {
        @Override
        public int since(Value value) {
            boolean tuple = value instanceof PyDict dict
                    && dict.entries().stream().anyMatch(entry -> entry.value() instanceof PyTuple);
            return tuple ? 2 : 1;
        }

        @Override
        public Optional<Element> write(String attribute, Value value, Dialect dialect) {
            if (!(value instanceof PyDict dict)) {
                return Optional.empty();
            }
            List<Element> users = new ArrayList<>();
            for (PyDict.Entry entry : dialect.entries(dict)) {
                String user = dialect.text(entry.key());
                boolean list = entry.value() instanceof PyList;
                Optional<List<Element>> roles = Roles.write("role", entry.value(), list, dialect);
                if (user == null || user.length() > XmlLimits.ATTRIBUTE_LENGTH / 2 || roles.isEmpty()) {
                    return Optional.empty();
                }
                Element element = Element.of("user", roles.get()).with("name", user);
                users.add(list ? element : element.with("kind", "tuple"));
            }
            return Optional.of(Element.of("local-roles", users));
        }

        @Override
        public PyDict.Entry read(Element element, Dialect dialect) throws Malformed {
            Roles.only(element, List.of());
            return entry(dialect, byName(element, "user", List.of("kind"), dialect, user -> {
                List<Value> roles = Roles.read("role", user, dialect);
                String kind = user.get("kind");
                if (kind != null && !kind.equals("tuple")) {
                    throw new Malformed("kind is \"tuple\", if anything");
                }
                return kind == null ? new PyList(roles) : new PyTuple(roles);
            }));
        }
    },

    /** {@code _proxy_roles}: tuple of roles. */
    PROXY_ROLES("proxy-roles", "_proxy_roles"),

    /** {@code __ac_roles__}: tuple of roles that are defined here. */
    ROLES("roles", "__ac_roles__"),

    /** {@code lines}: tuple of texts, one a line at any length. Of a Virtual Host Monster, its mappings. */
    LINES("lines", "lines") {
        @Override
        public int since(Value value) {
            return 2;
        }

        @Override
        public Optional<Element> write(String name, Value value, Dialect dialect) {
            return Roles.write("line", value, false, dialect).map(lines -> Element.of(element(), lines));
        }

        @Override
        public PyDict.Entry read(Element holder, Dialect dialect) throws Malformed {
            Roles.only(holder, List.of());
            return entry(dialect, new PyTuple(Roles.read("line", holder, dialect)));
        }
    },

    /** {@code _bind_names} of a script: which names stand for what. */
    BINDINGS("bindings", "_bind_names") {
        @Override
        public Optional<Element> write(String attribute, Value value, Dialect dialect) {
            if (!(value instanceof Instance instance)
                    || !(instance.state() instanceof PyDict state)
                    || !(state.get("_asgns") instanceof PyDict names)) {
                return Optional.empty();
            }
            List<Element> elements = new ArrayList<>();
            for (PyDict.Entry entry : dialect.entries(names)) {
                String name = dialect.text(entry.key());
                String text = dialect.text(entry.value());
                if (name == null || name.length() > XmlLimits.ATTRIBUTE_LENGTH / 2 || text == null) {
                    return Optional.empty();
                }
                elements.add(Element.text("binding", text).with("name", name));
            }
            Element bindings = Element.of("bindings", elements);
            return Optional.of(instance.how() == Instance.How.OBJ ? bindings.with("by", "old") : bindings);
        }

        @Override
        public PyDict.Entry read(Element element, Dialect dialect) throws Malformed {
            Roles.only(element, List.of("by"));
            String by = element.get("by");
            if (by != null && !by.equals("old")) {
                throw new Malformed("by is \"old\", if anything");
            }
            PyDict names = byName(element, "binding", List.of(), dialect, binding -> {
                if (!binding.children().isEmpty()) {
                    throw new Malformed("<binding> holds text");
                }
                return dialect.text(binding.text());
            });
            PyDict state = new PyDict();
            state.put(dialect.text("_asgns"), names);
            Instance.How how = by == null ? Instance.How.NEWOBJ : Instance.How.OBJ;
            Instance instance = new Instance(how, NAME_ASSIGNMENTS, PyTuple.EMPTY, null);
            return entry(dialect, instance.state(state));
        }
    };

    private static final String PREFIX = "_";
    private static final String SUFFIX = "_Permission";
    private static final Value.Global NAME_ASSIGNMENTS =
            new Value.Global("Shared.DC.Scripts.Bindings", "NameAssignments");

    private static final Map<String, ZopeAttribute> BY_ELEMENT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ZopeAttribute::element, Function.identity()));

    private final String element;
    private final String attribute;

    /** Makes a notation of one attribute, which holds a tuple of roles unless the constant says otherwise. */
    ZopeAttribute(String element, String attribute) {
        this.element = element;
        this.attribute = attribute;
    }

    @Override
    public boolean isFor(String name) {
        return name.equals(attribute);
    }

    @Override
    public Optional<Element> write(String name, Value value, Dialect dialect) {
        return Roles.write("role", value, false, dialect).map(roles -> Element.of(element, roles));
    }

    @Override
    public PyDict.Entry read(Element holder, Dialect dialect) throws Malformed {
        Roles.only(holder, List.of());
        return entry(dialect, new PyTuple(Roles.read("role", holder, dialect)));
    }

    PyDict.Entry entry(Dialect dialect, Value value) {
        return new PyDict.Entry(dialect.text(attribute), value);
    }

    /** Makes a dict of what each child of an element says, by its name. */
    private static PyDict byName(Element holder, String child, List<String> more, Dialect dialect, Reading reading)
            throws Malformed {
        if (!Characters.areBlank(holder.text())) {
            throw new Malformed("text inside <" + holder.name() + ">");
        }
        PyDict dict = new PyDict();
        for (Element each : holder.children()) {
            Roles.only(each, Stream.concat(Stream.of("name"), more.stream()).toList());
            String name = each.get("name");
            if (!each.name().equals(child) || name == null || dict.get(dialect.text(name)) != null) {
                throw new Malformed("<" + holder.name() + "> holds <" + child + ">s, each with a name of its own");
            }
            dict.put(dialect.text(name), reading.value(each));
        }
        return dict;
    }

    /** Reads the value of a named child. */
    @FunctionalInterface
    private interface Reading {
        Value value(Element child) throws Malformed;
    }

    /** Returns the notation that an attribute may have. */
    static Optional<ZopeAttribute> ofAttribute(String attribute) {
        return attribute.startsWith("_") || attribute.equals(LINES.attribute)
                ? Arrays.stream(values()).filter(n -> n.isFor(attribute)).findFirst()
                : Optional.empty();
    }

    static Optional<ZopeAttribute> ofElement(String name) {
        return Optional.ofNullable(BY_ELEMENT.get(name));
    }

    @Override
    public String element() {
        return element;
    }
}
