package gitzodb.load;

import gitzodb.btree.Entry;
import gitzodb.btree.LeafState;
import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure;
import gitzodb.dump.NodeContent;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.shorthand.Shorthands;
import gitzodb.tree.BTreeFolderNotation;
import gitzodb.tree.ChildrenNotation;
import gitzodb.tree.LookAlikes;
import gitzodb.tree.NameNotation;
import gitzodb.tree.Placement;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.UnreadableRecord;
import gitzodb.xml.Element;
import gitzodb.xml.ReadHooks;
import gitzodb.xml.ValueXml;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a unit one after the other, folded ones behind their holders; never one inside the other, however
 * deep they are folded.
 */
final class UnitReader {
    private final Generation generation;
    private final int format;
    private final CanonicalOrder order;
    private final TreeShapes treeShape;
    private final TreeWalk files;

    UnitReader(TreeSettings settings, TreeWalk files) {
        generation = settings.generation();
        format = settings.format();
        order = new CanonicalOrder(generation);
        treeShape = new TreeShapes(settings);
        this.files = files;
    }

    /** Says what stands in a state for what the XML says of another object or a file. */
    interface Links {
        Value nested(Nested nested) throws IOException;

        /** Returns the path of an object that was given to {@link #nested}. */
        String path(Nested nested);

        Value child(Nested holder, Element element, Label label) throws IOException;

        Value ref(Nested holder, Element element) throws IOException;

        Value file(Nested holder, Element element, String attribute) throws IOException;

        /** Takes note of a node of a tree that is shown node by node; the first one is the tree itself. */
        void node(Nested node, Nested tree, int number);

        /** Takes note of a part file of a tree. */
        void part(Nested holder, Element element, String file) throws IOException;
    }

    /** Takes what was read. */
    interface Receiver {
        void object(Nested nested, ObjectState state) throws IOException;

        void tree(Nested nested, ClassMeta meta, List<Entry> entries) throws IOException;

        void blob(Nested nested) throws IOException;

        /** Takes the bytes of a record that cannot be read. */
        void unreadable(Nested nested, Bytes record) throws IOException;
    }

    /** Reads a unit; an error in it is thrown with file and line, and nothing more is read of it. */
    void read(Unit unit, Links links, Receiver receiver) throws IOException {
        new Reading(unit, links, receiver).run();
    }

    private final class Reading {
        private final Unit unit;
        private final Links links;
        private final Receiver receiver;
        private final Deque<Open> open = new ArrayDeque<>();
        /** By the number of the tree, since the content of one may be in many files. */
        private final Map<Integer, LookAlikes> lookAlikes = new HashMap<>();

        /** One and the same element twice, which a shorter form makes, is one object. */
        private final IdentityHashMap<Element, Nested> byElement = new IdentityHashMap<>();

        private int count;

        /** An object to be read, and the reader of the file that says it: the unit's own, or that of a part. */
        private record Open(Nested nested, ValueXml xml) {}

        Reading(Unit unit, Links links, Receiver receiver) {
            this.unit = unit;
            this.links = links;
            this.receiver = receiver;
        }

        void run() throws IOException {
            open.add(new Open(new Nested(count++, null, null, expanded()), new ValueXml(generation, unit.file())));
            while (!open.isEmpty()) {
                Open next = open.remove();
                Nested nested = next.nested;
                switch (nested.kind()) {
                    case OBJECT -> object(nested, next.xml);
                    case TREE -> tree(nested, next.xml);
                    case NODES -> nodes(nested, next.xml);
                    case BLOB -> receiver.blob(nested);
                    case UNREADABLE -> unreadable(nested);
                }
            }
        }

        private Element expanded() throws IOException {
            try {
                Element whole = lengthened(unit.element());
                return BTreeFolderNotation.expand(whole, file -> files.element(unit.beside(file)));
            } catch (IllegalArgumentException e) {
                throw refused(unit.element(), String.valueOf(e.getMessage()));
            }
        }

        private Element lengthened(Element element) throws XmlFormatException {
            try {
                return Shorthands.lengthen(element, generation, format);
            } catch (IllegalArgumentException e) {
                throw refused(element, String.valueOf(e.getMessage()));
            }
        }

        private void object(Nested nested, ValueXml xml) throws IOException {
            Hooks hooks = new Hooks(nested, 0, xml, new LookAlikes());
            Element element = bare(nested.holder() == null ? nested.element() : lengthened(nested.element()))
                    .without(NameNotation.ATTRIBUTE);
            ObjectState state = named(nested, xml.read(element, hooks));
            receiver.object(nested, hooks.listed == null ? state : withChildren(nested, state, hooks));
        }

        /** Returns an element without what it says of the reference to it and of its place. */
        private static Element bare(Element element) {
            return element.without("name").without("form").without("refclass").without(Placement.HOLDER);
        }

        /** Adds the attribute that holds the name of the object, which is that of its file. */
        private ObjectState named(Nested nested, ObjectState state) throws XmlFormatException {
            String attribute = nested.element().get(NameNotation.ATTRIBUTE);
            if (attribute == null) {
                return state;
            }
            if (nested.holder() != null || unit.path().isRoot()) {
                throw refused(nested.element(), "'named' is for objects with a file of their own");
            }
            Segment name = unit.path().segments().getLast();
            return NameNotation.with(state, attribute, name, order)
                    .orElseThrow(() -> refused(
                            nested.element(),
                            "the name is to be the attribute " + attribute + ", which is there already"));
        }

        /** Adds the child list and the attributes that it stands for. */
        private ObjectState withChildren(Nested nested, ObjectState state, Hooks hooks) throws XmlFormatException {
            if (!(state.state() instanceof PyDict attributes)) {
                throw refused(nested.element(), "children of an object whose state is no dict");
            }
            PyDict all = new PyDict();
            attributes.entries().forEach(entry -> all.put(entry.key(), entry.value()));
            hooks.held.forEach((id, value) -> all.put(order.nativeValue(id), value));
            all.put(
                    order.nativeValue(ChildrenNotation.ATTRIBUTE),
                    ChildrenNotation.read(Objects.requireNonNull(hooks.listed), order.generation()));
            if (all.size() != attributes.size() + hooks.held.size() + 1) {
                throw refused(nested.element(), "an attribute is said twice, once as a child");
            }
            return new ObjectState(state.meta(), all);
        }

        private void tree(Nested nested, ValueXml xml) throws IOException {
            Element element = nested.holder() == null ? nested.element() : lengthened(nested.element());
            List<Entry> entries = new ArrayList<>();
            ClassMeta meta = content(nested, element, element, xml, unit.file(), entries);
            for (Element child : element.children()) {
                if (child.name().equals("part")) {
                    part(nested, child, entries);
                }
            }
            receiver.tree(nested, meta, entries);
        }

        private void nodes(Nested tree, ValueXml xml) throws IOException {
            int number = 0;
            for (Element child : tree.element().children()) {
                Nested node = number == 0
                        ? new Nested(tree.number(), tree.holder(), tree.label(), child)
                        : new Nested(count++, tree, null, child);
                if (number > 0) {
                    links.node(node, tree, number);
                }
                switch (child.name()) {
                    case "object" -> object(node, xml);
                    case UnreadableRecord.ELEMENT -> unreadable(node);
                    case NodeContent.LEAF -> leaf(node, tree, xml);
                    default -> throw refused(child, "not a node of a tree: " + child.name());
                }
                number++;
            }
            if (number == 0 || !NodeContent.NODES.equals(tree.element().get(NodeContent.SHOWN))) {
                throw refused(tree.element(), "not a tree node by node");
            }
        }

        private void unreadable(Nested nested) throws IOException {
            Element element = nested.element();
            receiver.unreadable(
                    nested,
                    UnreadableRecord.read(element)
                            .orElseThrow(() -> refused(element, "not the bytes of a record in base64")));
        }

        private void leaf(Nested node, Nested tree, ValueXml xml) throws IOException {
            Element element = node.element();
            List<Element> children = new ArrayList<>(element.children());
            Value next = null;
            if (!children.isEmpty() && children.getLast().name().equals(NodeContent.NEXT)) {
                Element link = children.removeLast();
                if (link.children().size() != 1
                        || !link.children().getFirst().name().equals("ref")) {
                    throw refused(link, "next is one ref");
                }
                next = links.ref(tree, link.children().getFirst());
            }
            List<Entry> entries = new ArrayList<>();
            Element content = children.isEmpty()
                    ? new Element(
                            element.name(),
                            element.attributes(),
                            List.of(),
                            element.children().isEmpty() ? element.text() : "",
                            element.line(),
                            element.column())
                    : new Element(element.name(), element.attributes(), children, "", element.line(), element.column());
            ClassMeta meta = content(tree, element, content, xml, unit.file(), entries);
            Structure.Kind kind = treeShape.of(unit, element).kind();
            if (kind.isTree() && next != null) {
                throw refused(element, "a leaf inside a tree has no successor");
            }
            Value state = new LeafState(entries, next).value(kind);
            receiver.object(node, new ObjectState(meta, state));
        }

        private void part(Nested nested, Element child, List<Entry> entries) throws IOException {
            String name = child.get("file");
            if (name == null || !child.children().isEmpty()) {
                throw refused(child, "a part without a file");
            }
            links.part(nested, child, name);
            String file = unit.beside(name);
            Optional<Element> part = files.element(file);
            if (part.isPresent()) {
                if (!part.get().name().equals("part")) {
                    throw new XmlFormatException(file, 1, 1, "not a part of a tree");
                }
                content(nested, nested.element(), part.get(), new ValueXml(generation, file), file, entries);
            }
        }

        /** Reads content as the state of an object, so that its values are read by the one reader of values. */
        private ClassMeta content(
                Nested nested, Element named, Element element, ValueXml values, String file, List<Entry> entries)
                throws IOException {
            boolean set = isSet(named);
            boolean keyed = !set;
            List<Element> content = new ArrayList<>();
            for (Element child : element.children()) {
                if (!child.name().equals("part")) {
                    content.add(child);
                    keyed |= !child.children().isEmpty();
                }
            }
            if (!element.text().isEmpty()) {
                content.addAll(integers(element, file, set));
            }
            // in a list, since the keys of a state's own dict are attributes
            if (set && keyed) {
                // what a member holds is named after it, as what a key holds is
                content.replaceAll(UnitReader.Reading::member);
            }
            Element list = Element.of("list", Element.of(keyed ? "dict" : "list", content));
            Element object = new Element(
                    "object",
                    bare(named).attributes(),
                    List.of(Element.of("state", list)),
                    "",
                    element.line(),
                    element.column());
            LookAlikes alikes = lookAlikes.computeIfAbsent(nested.number(), tree -> new LookAlikes());
            ObjectState read = values.read(object, new Hooks(nested, 2, values, alikes));
            switch (((PyList) read.state()).items().getFirst()) {
                case PyDict dict ->
                    dict.entries()
                            .forEach(entry ->
                                    entries.add(set ? Entry.key(entry.key()) : Entry.of(entry.key(), entry.value())));
                case PyList keys -> keys.items().forEach(key -> entries.add(Entry.key(key)));
                default -> throw refused(element, "not the content of a tree");
            }
            return read.meta();
        }

        private static Element member(Element key) {
            return new Element("entry", List.of(), List.of(key, Element.of("none")), "", key.line(), key.column());
        }

        private List<Element> integers(Element element, String file, boolean set) throws XmlFormatException {
            List<Element> entries = new ArrayList<>();
            int line = element.line();
            for (String row : element.text().split("\n", -1)) {
                String[] numbers = row.strip().split(" +", -1);
                if (!row.isBlank()) {
                    if (numbers.length != (set ? 1 : 2)) {
                        throw new XmlFormatException(file, line, 1, "not a line of a tree of integers: " + row.strip());
                    }
                    Element key = integer(numbers[0], line);
                    entries.add(
                            set
                                    ? key
                                    : new Element(
                                            "entry", List.of(), List.of(key, integer(numbers[1], line)), "", line, 1));
                }
                line++;
            }
            return entries;
        }

        private static Element integer(String digits, int line) {
            return new Element("int", List.of(), List.of(), digits, line, 1);
        }

        private boolean isSet(Element element) throws XmlFormatException {
            return treeShape.of(unit, element).kind().isSet();
        }

        private XmlFormatException refused(Element element, String message) {
            return new XmlFormatException(unit.file(), element.line(), element.column(), message);
        }

        /** Answers for one object; {@code skip} steps of a label are of our own making. */
        private final class Hooks implements ReadHooks {
            private final Nested holder;
            private final int skip;
            private final ValueXml xml;
            private final LookAlikes alikes;
            private final Map<String, Value> held = new LinkedHashMap<>();
            private @Nullable List<ChildrenNotation.Listed> listed;

            Hooks(Nested holder, int skip, ValueXml xml, LookAlikes alikes) {
                this.holder = holder;
                this.skip = skip;
                this.xml = xml;
                this.alikes = alikes;
            }

            @Override
            public Value reference(Element element, Label full) throws IOException {
                return switch (element.name()) {
                    case "object", "tree", "blob", UnreadableRecord.ELEMENT -> {
                        Nested twin = byElement.get(element);
                        if (twin != null) {
                            yield links.ref(holder, reference(element).with("path", links.path(twin)));
                        }
                        Nested nested = new Nested(count++, holder, label(full), element);
                        open.add(new Open(nested, xml));
                        byElement.put(element, nested);
                        yield links.nested(nested);
                    }
                    case "expression", "field", "mime-type" -> reference(lengthened(element), full);
                    case "child" -> links.child(holder, element, label(full));
                    case "ref" -> links.ref(holder, element);
                    default -> throw refused(element, "not a reference: " + element.name());
                };
            }

            private static Element reference(Element element) {
                return new Element("ref", List.of(), List.of(), "", element.line(), element.column());
            }

            private Label label(Label full) {
                return skip == 0
                        ? full
                        : alikes.next(new Label(
                                full.steps().subList(skip, full.steps().size())));
            }

            @Override
            public Value file(Element element, String attribute) throws IOException {
                return links.file(holder, element, attribute);
            }

            @Override
            public boolean head(Element element) throws IOException {
                if (!element.name().equals(ChildrenNotation.ELEMENT) || listed != null) {
                    return false;
                }
                List<ChildrenNotation.Listed> children = new ArrayList<>();
                Set<String> ids = new HashSet<>();
                for (Element child : element.children()) {
                    Optional<ChildrenNotation.Listed> entry = ChildrenNotation.Listed.of(child);
                    if (entry.isEmpty() || !ids.add(entry.get().id())) {
                        throw refused(child, entry.isEmpty() ? "not a child" : "two children of one name");
                    }
                    children.add(entry.get());
                    if (child.get("listed") == null) {
                        String id = entry.get().id();
                        held.put(id, links.child(holder, child, Label.of(new Step.Attribute(id))));
                    }
                }
                listed = children;
                return true;
            }
        }
    }
}
