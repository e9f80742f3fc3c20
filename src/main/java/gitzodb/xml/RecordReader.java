package gitzodb.xml;

import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassMeta.Spelling;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.KeySteps;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one record. */
final class RecordReader {
    private static final Set<String> REFERENCES =
            Set.of("ref", "object", "child", "tree", "blob", "unreadable", "expression", "field", "mime-type");
    private static final String SECRET = "secret";
    /** On a dict that is made of a shorter form, where the order of its entries is not known; never in a file. */
    private static final String UNORDERED = "order";

    private static final Set<String> FILES = Set.of("text", "str", "bytes");

    /** Attributes that elements may have beside {@code name} and {@code id}. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("int", Set.of("kind", "enc")),
            Map.entry("float", Set.of("bits")),
            Map.entry("text", Set.of("enc")),
            Map.entry("str", Set.of("enc")),
            Map.entry("bytes", Set.of("enc")),
            Map.entry("global", Set.of("enc")),
            Map.entry("dict", Set.of(UNORDERED)),
            Map.entry("extension", Set.of("code")),
            Map.entry("left-out", Set.of("class")),
            Map.entry("call", Set.of("class")),
            Map.entry("instance", Set.of("class", "by")));

    private final ValueXml xml;
    private final Dialect dialect;
    private final ReadHooks hooks;
    private final Leaves leaves;
    private final ReadMarks marks;
    private final boolean trial;

    RecordReader(ValueXml xml, ReadHooks hooks) {
        this(xml, hooks, new ReadMarks(xml), false);
    }

    private RecordReader(ValueXml xml, ReadHooks hooks, ReadMarks marks, boolean trial) {
        this.xml = xml;
        this.hooks = hooks;
        this.marks = marks;
        this.trial = trial;
        dialect = xml.dialect();
        leaves = new Leaves(dialect.generation(), true);
    }

    /** Returns a reader for a value that is going to be read again: it takes no id, and references lead nowhere. */
    private RecordReader trial() {
        int[] count = new int[1];
        ReadHooks nowhere = (element, label) -> new Value.PersistentId(new Value.Int(count[0]++));
        return new RecordReader(xml, nowhere, marks.trial(), true);
    }

    ObjectState object(Element object) throws IOException {
        if (!object.name().equals("object")) {
            throw xml.refused(object, "<" + object.name() + "> where <object> is needed");
        }
        only(object, Set.of("class", "spelling", "name", "id", "form"));
        blank(object);
        Deque<Element> children = new ArrayDeque<>(object.children());
        Value cls = className(object, null, children);
        Element newargs = take(children, "newargs");
        if (newargs != null) {
            refuseSecrets(newargs);
        }
        Value args = newargs == null ? null : single(newargs, Place.of(null, "__newargs__"), Role.VALUE);
        Spelling spelling = spelling(object, cls, args);
        while (!children.isEmpty() && !isState(children.getFirst()) && hooks.head(children.getFirst())) {
            children.removeFirst();
        }
        Value state = state(children, null, true);
        if (state == null) {
            state = new PyDict();
        }
        return tied(object, spelling, cls, args, state);
    }

    private ObjectState tied(Element object, Spelling spelling, Value cls, @Nullable Value args, Value state)
            throws XmlFormatException {
        Knots knots = marks.knots();
        if (knots.isEmpty()) {
            return new ObjectState(new ClassMeta(spelling, cls, args), state);
        }
        try {
            Value newCls = knots.untied(cls);
            Value newArgs = args == null ? null : knots.untied(args);
            return new ObjectState(new ClassMeta(spelling, newCls, newArgs), knots.untied(state));
        } catch (Malformed e) {
            throw xml.refused(object, String.valueOf(e.getMessage()));
        }
    }

    private Spelling spelling(Element object, Value cls, @Nullable Value args) throws XmlFormatException {
        String text = object.get("spelling");
        Spelling spelling = switch (text == null ? "" : text) {
            case "" -> Spelling.GLOBAL;
            case "tuple" -> Spelling.TUPLE;
            case "pair" -> Spelling.PAIR;
            case "pair-alone" -> Spelling.PAIR_ALONE;
            default -> throw xml.refused(object, "unknown spelling " + text);
        };
        boolean alone = spelling == Spelling.GLOBAL || spelling == Spelling.PAIR_ALONE;
        if (alone && args != null) {
            throw xml.refused(object, "newargs need a spelling that has them");
        }
        if (spelling.name().startsWith("PAIR") && !(cls instanceof Value.Global)) {
            throw xml.refused(object, "a pair names a class");
        }
        return spelling;
    }

    enum Role {
        VALUE,
        STATE
    }

    Value className(Element element, @Nullable Place place, Deque<Element> children) throws IOException {
        String name = element.get("class");
        Element first = take(children, "class");
        if ((name == null) == (first == null)) {
            throw xml.refused(element, "<" + element.name() + "> needs a class, once");
        }
        if (first != null) {
            refuseSecrets(first);
            return single(first, Place.of(place, "__class__"), Role.VALUE);
        }
        if (name == null || name.indexOf('.') < 0 && name.indexOf(':') < 0) {
            throw xml.refused(element, "not a class name: " + name);
        }
        return ClassName.parse(name).global();
    }

    static @Nullable Element take(Deque<Element> children, String name) {
        Element first = children.peekFirst();
        if (first == null || !first.name().equals(name)) {
            return null;
        }
        return children.removeFirst();
    }

    /** Reads the one value inside an element that is no value itself. */
    Value single(Element element, @Nullable Place place, Role role) throws IOException {
        only(element, Set.of("kind"));
        if (element.children().size() != 1) {
            throw xml.refused(element, "<" + element.name() + "> holds one value");
        }
        return unnamed(element.children().getFirst(), place, role);
    }

    /** Reads the value of an entry, which may be kept back. */
    private Value held(Element element, @Nullable Place place) throws IOException {
        return element.name().equals(SECRET) && element.attributes().isEmpty()
                ? value(element, place, Role.VALUE)
                : unnamed(element, place, Role.VALUE);
    }

    private void refuseSecrets(Element element) throws XmlFormatException {
        Deque<Element> open = new ArrayDeque<>(List.of(element));
        while (!open.isEmpty()) {
            Element next = open.pop();
            if (next.name().equals(SECRET)) {
                throw xml.refused(next, "<secret> stands for the value of an attribute or an entry only");
            }
            open.addAll(next.children());
        }
    }

    Value unnamed(Element element, @Nullable Place place, Role role) throws IOException {
        if (element.name().equals(SECRET)) {
            refuseSecrets(element);
        }
        refuseLeftOut(element);
        if (element.get("name") != null) {
            throw xml.refused(element, "name on a value that is no attribute or dict entry");
        }
        return value(element, place, role);
    }

    private Value value(Element element, @Nullable Place place, Role role) throws IOException {
        if (REFERENCES.contains(element.name())) {
            return hooks.reference(element, Place.label(place));
        }
        if (element.name().equals("same")) {
            return same(element);
        }
        Notation notation = Notations.of(element.name()).orElse(null);
        Set<String> own = notation != null
                ? Set.copyOf(notation.attributes())
                : ATTRIBUTES.getOrDefault(element.name(), Set.of());
        for (Element.Attribute attribute : element.attributes()) {
            String name = attribute.name();
            if (!own.contains(name) && !name.equals("name") && !name.equals("id")) {
                throw xml.refused(element, "unknown attribute " + name + " on <" + element.name() + ">");
            }
        }
        Value leaf = leaf(element);
        if (leaf != null) {
            if (!element.children().isEmpty() || element.get("id") != null) {
                throw xml.refused(element, "<" + element.name() + "> has neither children nor id");
            }
            return leaf;
        }
        if (notation == null || !notation.holdsText()) {
            blank(element);
        } else if (!element.children().isEmpty()) {
            throw xml.refused(element, "<" + element.name() + "> holds text");
        }
        return node(element, notation, place, role);
    }

    private @Nullable Value leaf(Element element) throws XmlFormatException {
        try {
            return leaves.read(element);
        } catch (Malformed e) {
            throw xml.refused(element, String.valueOf(e.getMessage()));
        }
    }

    private Value same(Element element) throws XmlFormatException {
        only(element, Set.of("name", "id"));
        blank(element);
        String id = String.valueOf(element.get("id"));
        Value value = marks.use(id);
        if (value == null || !element.children().isEmpty()) {
            throw xml.refused(element, "no value with id " + id + " before this in the same object");
        }
        return value;
    }

    private Value node(Element element, @Nullable Notation notation, @Nullable Place place, Role role)
            throws IOException {
        if (!xml.enter()) {
            throw xml.refused(element, "values nested deeper than " + XmlLimits.VALUE_DEPTH);
        }
        Value value = xml.isDeep()
                ? DeepStack.take(() -> content(element, notation, place, role))
                : content(element, notation, place, role);
        xml.leave();
        marks.made(element, value);
        return value;
    }

    private Value content(Element element, @Nullable Notation notation, @Nullable Place place, Role role)
            throws IOException {
        return notation != null
                ? new InstanceReader(xml, marks, this).notated(element, notation, place)
                : switch (element.name()) {
                    case "list" -> list(element, place);
                    case "tuple" -> tuple(element, place, role);
                    case "dict" -> dict(element, place, role);
                    case "call" -> new InstanceReader(xml, marks, this).call(element, place);
                    case "instance" -> new InstanceReader(xml, marks, this).instance(element, place);
                    default -> throw xml.refused(element, "unknown element <" + element.name() + ">");
                };
    }

    private PyList list(Element element, @Nullable Place place) throws IOException {
        PyList list = marks.mark(element, new PyList());
        for (Element child : element.children()) {
            list.items().add(unnamed(child, Place.of(place, list.items().size()), Role.VALUE));
        }
        return list;
    }

    private PyTuple tuple(Element element, @Nullable Place place, Role role) throws IOException {
        if (element.get("id") != null) {
            throw xml.refused(element, "a tuple has no id");
        }
        List<Value> items = new ArrayList<>(element.children().size());
        boolean slots = role == Role.STATE && element.children().size() == 2;
        for (Element child : element.children()) {
            items.add(
                    slots
                            ? unnamed(child, place, Role.STATE)
                            : unnamed(child, Place.of(place, items.size()), Role.VALUE));
        }
        return new PyTuple(items);
    }

    private PyDict dict(Element element, @Nullable Place place, Role role) throws IOException {
        boolean unordered = element.get(UNORDERED) != null;
        if (unordered && element.line() > 0) {
            throw xml.refused(element, "unknown attribute " + UNORDERED + " on <dict>");
        }
        PyDict dict = marks.mark(element, unordered ? PyDict.unordered() : new PyDict());
        KeySteps steps = new KeySteps(dialect.order(), role == Role.STATE);
        for (Element child : element.children()) {
            put(dict, child, entry(child, steps, place, false));
        }
        return dict;
    }

    private void put(PyDict dict, Element element, PyDict.Entry entry) throws XmlFormatException {
        int size = dict.size();
        dict.put(entry.key(), entry.value());
        if (dict.size() == size) {
            throw xml.refused(element, "key given twice: " + entry.key());
        }
    }

    PyDict.Entry entry(Element element, KeySteps steps, @Nullable Place place, boolean ofObject) throws IOException {
        if (element.name().equals("entry")) {
            only(element, Set.of());
            blank(element);
            if (element.children().size() != 2) {
                throw xml.refused(element, "<entry> holds a key and a value");
            }
            Element keyElement = element.children().getFirst();
            Element valueElement = element.children().get(1);
            refuseSecrets(keyElement);
            if (trial || !holdsReference(keyElement)) {
                Value key = unnamed(keyElement, place, Role.VALUE);
                return new PyDict.Entry(key, held(valueElement, new Place(place, steps.next(key))));
            }
            // What the key holds is named after the key, so the key is read before and with it.
            Place at = new Place(place, steps.next(trial().unnamed(keyElement, place, Role.VALUE)));
            Value key = unnamed(keyElement, Place.of(at, Step.INSIDE_KEY), Role.VALUE);
            return new PyDict.Entry(key, held(valueElement, at));
        }
        String name = element.get("name");
        if (name == null) {
            throw xml.refused(element, "<" + element.name() + "> without name");
        }
        Value key = dialect.text(name);
        Place at = new Place(place, steps.next(key));
        if (ofObject && FILES.contains(element.name()) && element.get("file") != null) {
            return new PyDict.Entry(key, hooks.file(element, name));
        }
        if (!ofObject) {
            refuseLeftOut(element);
        }
        return new PyDict.Entry(key, value(element, at, Role.VALUE));
    }

    private void refuseLeftOut(Element element) throws XmlFormatException {
        if (element.name().equals("left-out")) {
            throw xml.refused(element, "<left-out> stands for the value of an attribute of an object only");
        }
    }

    private static boolean holdsReference(Element element) {
        Deque<Element> open = new ArrayDeque<>(List.of(element));
        while (!open.isEmpty()) {
            Element next = open.pop();
            if (REFERENCES.contains(next.name())) {
                return true;
            }
            open.addAll(next.children());
        }
        return false;
    }

    private static boolean isState(Element element) {
        return element.get("name") != null
                || Set.of("entry", "slots", "state", "properties", TraverseHooks.ELEMENT)
                        .contains(element.name())
                || ZopeAttribute.ofElement(element.name()).isPresent();
    }

    /** Reads a state from what is left of an element's children; null if nothing is. */
    @Nullable
    Value state(Deque<Element> children, @Nullable Place place, boolean ofObject) throws IOException {
        if (children.isEmpty()) {
            return null;
        }
        Element first = children.getFirst();
        if (first.name().equals("state")) {
            if (children.size() > 1) {
                throw xml.refused(first, "<state> stands alone");
            }
            only(first, Set.of());
            blank(first);
            boolean named = first.children().size() == 1
                    && isNamedState(first.children().getFirst());
            return single(first, named ? place : Place.of(place, "__state__"), named ? Role.STATE : Role.VALUE);
        }
        PyDict named = new PyDict();
        KeySteps steps = new KeySteps(dialect.order(), true);
        while (!children.isEmpty()) {
            Element child = children.removeFirst();
            if (child.name().equals("slots")) {
                return slots(child, named, children, place);
            }
            if (ofObject && child.name().equals("properties")) {
                properties(named, child);
            } else if (ofObject && child.name().equals(TraverseHooks.ELEMENT)) {
                traverse(named, child);
            } else if (ofObject && ZopeAttribute.ofElement(child.name()).isPresent()) {
                put(
                        named,
                        child,
                        zope(child, ZopeAttribute.ofElement(child.name()).get()));
            } else {
                put(named, child, entry(child, steps, place, ofObject));
            }
        }
        return named;
    }

    private PyDict.Entry zope(Element element, ZopeAttribute notation) throws XmlFormatException {
        try {
            return notation.read(element, dialect);
        } catch (Malformed e) {
            throw xml.refused(element, String.valueOf(e.getMessage()));
        }
    }

    private void traverse(PyDict named, Element element) throws IOException {
        only(element, Set.of("by", "defined"));
        blank(element);
        boolean old = "old".equals(element.get("by"));
        boolean defined = "class".equals(element.get("defined"));
        boolean odd = !old && element.get("by") != null || !defined && element.get("defined") != null;
        if (odd || element.children().isEmpty()) {
            throw xml.refused(element, "<" + element.name() + "> holds <hook>s; by is \"old\", defined \"class\"");
        }
        List<TraverseHooks.Hook> hooks = new ArrayList<>();
        KeySteps steps = new KeySteps(dialect.order(), false);
        Place place = Place.of(null, TraverseHooks.DICT);
        for (Element child : element.children()) {
            hooks.add(hook(child, old, steps, place));
        }
        TraverseHooks all = new TraverseHooks(old, defined, hooks);
        if (all.dict().size() < hooks.size()) {
            throw xml.refused(element, "two hooks of one priority and name");
        }
        put(named, element, new PyDict.Entry(dialect.text(TraverseHooks.DICT), all.dict()));
        put(named, element, new PyDict.Entry(dialect.text(TraverseHooks.MADE), all.made(dialect)));
    }

    private TraverseHooks.Hook hook(Element child, boolean old, KeySteps steps, Place place) throws IOException {
        try {
            PyTuple key = TraverseHooks.key(child, dialect);
            long priority = ((Value.Int) key.items().getFirst()).value();
            Place at = new Place(place, steps.next(key));
            Value value;
            if (child.children().isEmpty()) {
                value = TraverseHooks.caller(child, old, dialect);
            } else if (child.children().size() == 1
                    && child.get("class") == null
                    && REFERENCES.contains(child.children().getFirst().name())) {
                blank(child);
                value = unnamed(child.children().getFirst(), at, Role.VALUE);
            } else {
                throw new Malformed("<hook> holds the name of what it calls, or a reference");
            }
            return new TraverseHooks.Hook(key, priority, String.valueOf(child.get("name")), value);
        } catch (Malformed e) {
            throw xml.refused(child, String.valueOf(e.getMessage()));
        }
    }

    private void properties(PyDict named, Element element) throws IOException {
        only(element, Set.of());
        blank(element);
        try {
            Value schema = Properties.read(element.children(), dialect);
            put(named, element, new PyDict.Entry(dialect.text(Properties.ATTRIBUTE), schema));
        } catch (Malformed e) {
            throw xml.refused(element, String.valueOf(e.getMessage()));
        }
        for (Element property : element.children()) {
            blank(property);
            if (!property.children().isEmpty()) {
                String name = String.valueOf(property.get("name"));
                if (property.children().size() != 1) {
                    throw xml.refused(property, "<property> holds one value");
                }
                Value value = held(property.children().getFirst(), Place.of(null, name));
                put(named, property, new PyDict.Entry(dialect.text(name), value));
            }
        }
    }

    /** True for a state whose keys are attributes, though it is written as a value. */
    private static boolean isNamedState(Element element) {
        if (!element.name().equals("tuple")) {
            return element.name().equals("dict");
        }
        return element.children().size() == 2
                && Set.of("dict", "none").contains(element.children().getFirst().name())
                && element.children().get(1).name().equals("dict");
    }

    private PyTuple slots(Element slots, PyDict named, Deque<Element> after, @Nullable Place place) throws IOException {
        only(slots, Set.of("dict"));
        blank(slots);
        String dict = slots.get("dict");
        if (!after.isEmpty() || dict != null && (!dict.equals("none") || named.size() > 0)) {
            throw xml.refused(slots, "<slots> comes last, with dict=\"none\" if there is no dict");
        }
        PyDict values = new PyDict();
        KeySteps steps = new KeySteps(dialect.order(), true);
        for (Element child : slots.children()) {
            put(values, child, entry(child, steps, place, false));
        }
        return PyTuple.of(dict == null ? named : Value.NONE, values);
    }

    void only(Element element, Set<String> allowed) throws XmlFormatException {
        for (Element.Attribute attribute : element.attributes()) {
            if (!allowed.contains(attribute.name())) {
                throw xml.refused(element, "unknown attribute " + attribute.name() + " on <" + element.name() + ">");
            }
        }
    }

    void blank(Element element) throws XmlFormatException {
        if (!Characters.areBlank(element.text())) {
            throw xml.refused(element, "text inside <" + element.name() + ">");
        }
    }
}
