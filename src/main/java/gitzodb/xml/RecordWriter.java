package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.KeySteps;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.StateException;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes one record. */
@SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
final class RecordWriter {
    /** How many values may be written again because tuples that hold them occur again. */
    private static final int MAX_AGAIN = 2_000_000;

    private final ValueXml xml;
    private final Dialect dialect;
    private final ObjectState object;
    private final WriteHooks hooks;
    private final Leaves leaves;
    private final Sharing sharing;
    private final IdentityHashMap<Value, String> marks = new IdentityHashMap<>();
    private final Set<Value> tuples = Collections.newSetFromMap(new IdentityHashMap<>());
    private int again;

    RecordWriter(ValueXml xml, ObjectState object, WriteHooks hooks) {
        this.xml = xml;
        this.object = object;
        this.hooks = hooks;
        dialect = xml.dialect();
        leaves = new Leaves(dialect.generation(), xml.has(2));
        sharing = new Sharing(object);
    }

    Element object() throws IOException {
        ClassMeta meta = object.meta();
        List<Element> children = new ArrayList<>();
        String name = className(meta.cls(), null, children);
        Value args = meta.args();
        if (args != null) {
            children.add(Element.of("newargs", value(args, Place.of(null, "__newargs__"), Role.VALUE)));
        }
        children.addAll(hooks.head());
        state(object.state(), null, true, children);
        Element element = Element.of("object", children);
        if (name != null) {
            element = element.with("class", name);
        }
        return switch (meta.spelling()) {
            case GLOBAL -> element;
            case TUPLE -> element.with("spelling", "tuple");
            case PAIR -> element.with("spelling", "pair");
            case PAIR_ALONE -> element.with("spelling", "pair-alone");
        };
    }

    /** What a value is to its holder; as in the walk of a state. */
    enum Role {
        VALUE,
        STATE
    }

    /** Returns the class for an attribute, or adds an element for a class that an attribute cannot say. */
    @Nullable
    String className(Value cls, @Nullable Place place, List<Element> children) throws IOException {
        if (cls instanceof Value.Global global && Leaves.isPlain(ClassName.of(global))) {
            return ClassName.of(global).toString();
        }
        children.add(Element.of("class", value(cls, Place.of(place, "__class__"), Role.VALUE)));
        return null;
    }

    Element value(Value value, @Nullable Place place, Role role) throws IOException {
        Element element = switch (value) {
            case Value.PersistentId id -> hooks.reference(id, Place.label(place));
            case Value.Leaf leaf -> leaf(leaf, place);
            case Value.Node node -> node(node, place, role);
        };
        if (!xml.grow(element)) {
            throw tooLarge("more than " + XmlLimits.FILE_LENGTH + " characters", place);
        }
        return element;
    }

    private Element leaf(Value.Leaf leaf, @Nullable Place place) throws StateException {
        try {
            return leaves.write(leaf);
        } catch (Malformed e) {
            throw tooLarge(String.valueOf(e.getMessage()), place);
        }
    }

    private Element node(Value.Node node, @Nullable Place place, Role role) throws IOException {
        String mark = marks.get(node);
        if (mark != null) {
            return Element.of("same").with("id", mark);
        }
        if (!xml.enter()) {
            throw tooLarge("values nested deeper than " + XmlLimits.VALUE_DEPTH, place);
        }
        if (node instanceof PyTuple tuple && !tuples.add(tuple)) {
            again += tuple.items().size();
            if (again > MAX_AGAIN) {
                throw tooLarge("tuples inside tuples that multiply beyond " + MAX_AGAIN + " values", place);
            }
        }
        if (sharing.isShared(node)) {
            mark = Integer.toString(xml.nextId());
            marks.put(node, mark);
        }
        Element element = xml.isDeep() ? DeepStack.take(() -> content(node, place, role)) : content(node, place, role);
        xml.leave();
        return mark == null ? element : element.with("id", mark);
    }

    /** True if the file may have what the format has since a version. */
    boolean has(int since) {
        return xml.has(since);
    }

    private Element content(Value.Node node, @Nullable Place place, Role role) throws IOException {
        return switch (node) {
            case PyList list -> Element.of("list", values(list.items(), place, 0));
            case PyTuple tuple
            when role == Role.STATE ->
                Element.of(
                        "tuple",
                        value(tuple.items().getFirst(), place, Role.STATE),
                        value(tuple.items().get(1), place, Role.STATE));
            case PyTuple tuple -> Element.of("tuple", values(tuple.items(), place, 0));
            case PyDict dict when role == Role.STATE -> Element.of("dict", attributes(dict, place, false));
            case PyDict dict -> Element.of("dict", entries(dict.entries(), place));
            case Instance instance -> new InstanceWriter(dialect, sharing, this).instance(instance, place);
        };
    }

    List<Element> values(List<Value> values, @Nullable Place place, int from) throws IOException {
        List<Element> elements = new ArrayList<>(values.size());
        for (Value item : values) {
            elements.add(value(item, Place.of(place, from + elements.size()), Role.VALUE));
        }
        return elements;
    }

    List<Element> entries(List<PyDict.Entry> entries, @Nullable Place place) throws IOException {
        List<Element> elements = new ArrayList<>(entries.size());
        KeySteps steps = new KeySteps(dialect.order(), false);
        for (PyDict.Entry entry : dialect.order().entries(entries)) {
            elements.add(entry(entry, new Place(place, steps.next(entry.key()))));
        }
        return elements;
    }

    private List<Element> attributes(PyDict dict, @Nullable Place place, boolean ofObject) throws IOException {
        List<PyDict.Entry> entries = dialect.order().attributes(dict);
        List<Element> elements = new ArrayList<>(entries.size());
        Set<Value> elsewhere = new HashSet<>();
        Optional<Element> properties = ofObject ? properties(dict, elsewhere) : Optional.empty();
        Optional<TraverseHooks> traverse =
                ofObject && xml.has(TraverseHooks.SINCE) ? TraverseHooks.of(dict, sharing, dialect) : Optional.empty();
        if (traverse.isPresent()) {
            elsewhere.add(dialect.text(TraverseHooks.MADE));
        }
        KeySteps steps = new KeySteps(dialect.order(), true);
        for (PyDict.Entry entry : entries) {
            Place at = new Place(place, steps.next(entry.key()));
            if (elsewhere.contains(entry.key())) {
                continue;
            }
            if (traverse.isPresent() && entry.key().equals(dialect.text(TraverseHooks.DICT))) {
                elements.add(traverse(traverse.get(), at));
                continue;
            }
            Optional<Element> other = ofObject ? instead(entry, at, properties) : Optional.empty();
            elements.add(other.isPresent() ? other.get() : entry(entry, at));
        }
        return elements;
    }

    private Element traverse(TraverseHooks all, Place place) throws IOException {
        List<Element> elements = new ArrayList<>();
        KeySteps steps = new KeySteps(dialect.order(), false);
        for (TraverseHooks.Hook hook : all.hooks()) {
            Place at = new Place(place, steps.next(hook.key()));
            Element element = hook.element(dialect);
            if (hook.value() instanceof Value.PersistentId) {
                List<Element> held = List.of(value(hook.value(), at, Role.VALUE));
                element = new Element(element.name(), element.attributes(), held, "", 0, 0);
            } else if (!xml.grow(element)) {
                throw tooLarge("more than " + XmlLimits.FILE_LENGTH + " characters", at);
            }
            elements.add(element);
        }
        Element element = Element.of(TraverseHooks.ELEMENT, elements);
        element = all.old() ? element.with("by", "old") : element;
        return all.defined() ? element.with("defined", "class") : element;
    }

    private Optional<Element> instead(PyDict.Entry entry, Place place, Optional<Element> properties)
            throws IOException {
        if (!(place.step() instanceof Step.Attribute(String name)) || !isName(entry.key())) {
            return Optional.empty();
        }
        Optional<Element> other = hooks.attribute(name, entry.value());
        if (other.isPresent()) {
            return other.map(element -> element.with("name", name));
        }
        return name.equals(Properties.ATTRIBUTE) && properties.isPresent() ? properties : zope(name, entry);
    }

    private Optional<Element> zope(String name, PyDict.Entry entry) {
        Optional<ZopeAttribute> notation = ZopeAttribute.ofAttribute(name);
        if (notation.isEmpty() || !xml.has(notation.get().since(entry.value())) || !isUnshared(entry.value())) {
            return Optional.empty();
        }
        Optional<Element> element = notation.get().write(name, entry.value(), dialect);
        if (element.isEmpty()) {
            return element;
        }
        try {
            PyDict.Entry read = notation.get().read(element.get(), dialect);
            boolean same = read.key().equals(entry.key()) && dialect.isSame(read.value(), entry.value());
            return same ? element : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** Returns the properties with the values that can stand in them, whose keys are added to {@code taken}. */
    private Optional<Element> properties(PyDict dict, Set<Value> taken) throws IOException {
        Value schema = dict.get(dialect.text(Properties.ATTRIBUTE));
        if (schema == null || !isUnshared(schema)) {
            return Optional.empty();
        }
        List<Element> properties = Properties.write(schema, dialect).orElse(List.of());
        try {
            if (properties.isEmpty() || !dialect.isSame(Properties.read(properties, dialect), schema)) {
                return Optional.empty();
            }
        } catch (Malformed e) {
            return Optional.empty();
        }
        List<Element> filled = new ArrayList<>();
        for (Element property : properties) {
            String name = String.valueOf(property.get("name"));
            Value key = dialect.text(name);
            Value value = dict.get(key);
            boolean inside = value != null
                    && !name.startsWith("_")
                    && isUnshared(value)
                    && hooks.attribute(name, value).isEmpty()
                    && taken.add(key);
            filled.add(
                    inside && value != null
                            ? new Element(
                                    "property",
                                    property.attributes(),
                                    List.of(value(value, Place.of(null, name), Role.VALUE)),
                                    "",
                                    0,
                                    0)
                            : property);
        }
        return Optional.of(Element.of("properties", filled));
    }

    /** True for a value without references in which nothing is shared: it may stand anywhere. */
    private boolean isUnshared(Value value) {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            Value next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof Value.PersistentId || sharing.isShared(next)) {
                return false;
            }
            parts(next).forEach(open::push);
        }
        return true;
    }

    static List<Value> parts(Value value) {
        return switch (value) {
            case PyTuple tuple -> tuple.items();
            case PyList list -> list.items();
            case PyDict dict ->
                dict.entries().stream()
                        .flatMap(entry -> Stream.of(entry.key(), entry.value()))
                        .toList();
            case Instance instance -> {
                Stream<Value> own = Stream.of(instance.callable(), instance.args());
                Stream<Value> entries = instance.entries().stream().flatMap(e -> Stream.of(e.key(), e.value()));
                Stream<@Nullable Value> maybe = Stream.of(instance.kwargs(), instance.state());
                yield Stream.concat(
                                Stream.concat(own, instance.items().stream()),
                                Stream.concat(entries, maybe.filter(Objects::nonNull)))
                        .toList();
            }
            case Value.Leaf leaf -> List.of();
        };
    }

    private Element entry(PyDict.Entry entry, Place place) throws IOException {
        if (isName(entry.key())) {
            String name = String.valueOf(dialect.text(entry.key()));
            return value(entry.value(), place, Role.VALUE).with("name", name);
        }
        return Element.of(
                "entry",
                value(entry.key(), Place.of(place, Step.INSIDE_KEY), Role.VALUE),
                value(entry.value(), place, Role.VALUE));
    }

    private boolean isName(Value key) {
        String text = dialect.text(key);
        return text != null && text.length() <= XmlLimits.ATTRIBUTE_LENGTH / 2;
    }

    void state(Value state, @Nullable Place place, boolean ofObject, List<Element> children) throws IOException {
        boolean bare = !sharing.isShared(state);
        if (bare && state instanceof PyDict dict && (ofObject || dict.size() > 0)) {
            children.addAll(attributes(dict, place, ofObject));
            return;
        }
        boolean slots = state instanceof PyTuple tuple
                && tuple.items().size() == 2
                && (tuple.items().getFirst() instanceof PyDict || tuple.items().getFirst() instanceof Value.None)
                && tuple.items().get(1) instanceof PyDict;
        if (bare && slots && ((PyTuple) state).items().stream().noneMatch(sharing::isShared)) {
            Element element = Element.of("slots");
            if (((PyTuple) state).items().getFirst() instanceof PyDict dict) {
                children.addAll(attributes(dict, place, ofObject));
            } else {
                element = element.with("dict", "none");
            }
            List<Element> named = attributes((PyDict) ((PyTuple) state).items().get(1), place, false);
            children.add(new Element("slots", element.attributes(), named, "", 0, 0));
            return;
        }
        boolean named = state instanceof PyDict || slots;
        children.add(Element.of(
                "state",
                named ? value(state, place, Role.STATE) : value(state, Place.of(place, "__state__"), Role.VALUE)));
    }

    private StateException tooLarge(String what, @Nullable Place place) {
        String where = place == null ? "" : " at " + first(place);
        return new StateException(what + " in an object of class " + object.className() + where);
    }

    private static Step first(Place place) {
        Place at = place;
        while (at.outer() != null) {
            at = at.outer();
        }
        return at.step();
    }
}
