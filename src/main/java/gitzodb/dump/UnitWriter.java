package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.graph.Edge;
import gitzodb.graph.Home;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.shorthand.Shorthands;
import gitzodb.tree.BTreeFolderNotation;
import gitzodb.tree.ChildrenNotation;
import gitzodb.tree.FileNames;
import gitzodb.tree.NameCodec;
import gitzodb.tree.NameNotation;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.SecretHider;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.tree.UnreadableRecord;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.ValueXml;
import gitzodb.xml.WriteHooks;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StateException;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the files of one object: its XML with what is folded into it, natural files, parts of trees, blobs. */
final class UnitWriter {
    private static final int MAX_NESTED = 500;

    private final HomeGraph graph;
    private final Placement placement;
    private final TreeStates states;
    private final RefWriter refs;
    private final CanonicalOrder order;
    private final Place unit;
    private final Folders.Spot spot;
    private final SourceFiles sources;
    private final TreeSink sink;
    private final Set<String> taken = new HashSet<>();
    private final List<String> files = new ArrayList<>();
    private final Set<Oid> weak = new HashSet<>();
    private final Set<Oid> dangling = new HashSet<>();
    private final Map<Oid, String> unreadable = new LinkedHashMap<>();
    /** Parts of the lists of a BTree folder, by file, until it is known whether one list says them all. */
    private final Map<String, Element> held = new LinkedHashMap<>();

    private UnitWriter(
            HomeGraph graph, Placement placement, TreeStates states, Place unit, Folders.Spot spot, TreeSink sink) {
        this.graph = graph;
        this.placement = placement;
        this.states = states;
        this.unit = unit;
        this.spot = spot;
        this.sink = sink;
        refs = new RefWriter(placement, states);
        sources = new SourceFiles(graph, states, spot, taken);
        order = new CanonicalOrder(states.settings().generation());
    }

    /**
     * What was written.
     *
     * @param files paths in the tree
     * @param weak targets of weak references, which the graph does not know
     * @param dangling targets that do not exist
     * @param unreadable objects whose records cannot be read: where each is, and why
     */
    record Written(List<String> files, Set<Oid> weak, Set<Oid> dangling, Map<Oid, String> unreadable) {}

    static Written write(
            HomeGraph graph, Placement placement, TreeStates states, Place unit, Folders.Spot spot, TreeSink sink)
            throws IOException {
        UnitWriter writer = new UnitWriter(graph, placement, states, unit, spot, sink);
        writer.write();
        return new Written(writer.files, writer.weak, writer.dangling, writer.unreadable);
    }

    private void write() throws IOException {
        String name = FileNames.xml(spot.stem());
        taken.add(NameCodec.fold(name));
        ValueXml xml = new ValueXml(
                states.settings().generation(),
                spot.file(name),
                states.settings().format());
        Element root = shortened(BTreeFolderNotation.collapse(folded(unit, xml), held), true);
        for (Map.Entry<String, Element> part : held.entrySet()) {
            put(part.getKey(), part.getValue());
        }
        String text = spot.segment().text();
        if (NameCodec.isLong(text)) {
            root = root.with("name", ObjectPath.join(List.of(Segment.plain(text))));
        }
        if (unit.path().isFar()) {
            root = root.with(Placement.HOLDER, placement.holder(unit.oid()).toString());
        }
        put(name, root);
    }

    private void put(String name, Element root) throws IOException {
        put(name, CanonicalXml.bytes(root));
    }

    private void put(String name, Bytes content) throws IOException {
        String path = spot.file(name);
        sink.put(path, content);
        files.add(path);
    }

    private void put(SourceFiles.SourceFile file) throws IOException {
        switch (file.body()) {
            case SourceFiles.Body.InMemory(Bytes bytes) -> put(file.name(), bytes);
            case SourceFiles.Body.OnDisk(Path temporary) -> {
                String path = spot.file(file.name());
                sink.take(path, temporary);
                files.add(path);
            }
        }
    }

    /** Returns the element of an object with all that is folded into it. */
    private Element folded(Place place, ValueXml xml) throws IOException {
        if (place.nested() > MAX_NESTED) {
            throw new StateException(
                    "objects folded into each other deeper than " + MAX_NESTED + " at " + place.path());
        }
        Node node = node(place.oid());
        if (node.shape() == Node.Shape.BLOB) {
            return blob(place, node);
        }
        if (node.className().equals(UnreadableRecord.CLASS)) {
            return unreadable(place);
        }
        ObjectState state = states.load(place.oid())
                .orElseThrow(() -> new StateException("object " + place.oid() + " is gone while it is read"));
        if (isTree(node.className())) {
            Element tree = new TreeContent(place, state, xml, this).element();
            return place.equals(unit) ? tree : shortened(tree, false);
        }
        hideEntries(place, state);
        Optional<String> named = named(place, state);
        ObjectState unnamed = named.isEmpty() ? state : NameNotation.without(state, named.get(), order);
        Element element = object(place, state, unnamed, xml);
        if (!place.equals(unit)) {
            return shortened(element, false);
        }
        return named.isEmpty() ? element : element.with(NameNotation.ATTRIBUTE, named.get());
    }

    /** Returns the shorter form, if there is one; the root of a file is always an object. */
    private Element shortened(Element element, boolean root) {
        Element made = Shorthands.shorten(
                element, states.settings().generation(), states.settings().format());
        return root && !made.name().equals(element.name()) ? element : made;
    }

    private Element unreadable(Place place) throws IOException {
        Bytes record = states.record(place.oid())
                .orElseThrow(() -> new StateException("object " + place.oid() + " is gone while it is read"));
        unreadable.put(
                place.oid(),
                placement.path(place) + ": " + states.fault(place.oid()).orElse("its record cannot be read"));
        return UnreadableRecord.element(record);
    }

    /** Hides what a mapping holds if the attribute that holds the mapping is for secrets. */
    private void hideEntries(Place place, ObjectState state) {
        if (Structures.of(state.className()) != Structure.Plain.MAPPING) {
            return;
        }
        SecretHider.Held held = secretEntries(place.oid()).orElse(null);
        for (String data : List.of("data", "_container")) {
            if (held != null && state.attribute(data) instanceof PyDict entries) {
                states.leftOut(place.oid(), held.holder(), SecretHider.hideEntries(held.rule(), entries));
            }
        }
    }

    /** Returns the rule by which entries of a mapping or BTree are left out; empty if they are not. */
    Optional<SecretHider.Held> secretEntries(Oid oid) {
        return states.secretEntries(oid, graph);
    }

    /** Only an object with a file has a name that its file says; the root has none. */
    private Optional<String> named(Place place, ObjectState state) {
        if (!place.equals(unit) || place.path().isRoot()) {
            return Optional.empty();
        }
        String usual = states.formats().of(state.className()).idAttribute();
        return NameNotation.find(state, spot.segment(), usual, order);
    }

    private Element object(Place place, ObjectState state, ObjectState shown, ValueXml xml) throws IOException {
        Optional<List<ChildrenNotation.Listed>> children = ChildrenNotation.write(shown.attribute("_objects"), order);
        if (children.isEmpty() || shown.attributes() == null) {
            return xml.object(shown, new ObjectHooks(place, state, xml, List.of()));
        }
        Head head = children(place, children.get(), shown.attributes(), xml);
        return xml.object(
                new ObjectState(shown.meta(), head.rest), new ObjectHooks(place, state, xml, List.of(head.element)));
    }

    /** What stands before the attributes, and the attributes it does not say. */
    private record Head(Element element, PyDict rest) {}

    private Head children(Place place, List<ChildrenNotation.Listed> listed, PyDict attributes, ValueXml xml)
            throws IOException {
        Set<String> said = new HashSet<>();
        said.add(ChildrenNotation.ATTRIBUTE);
        List<Element> elements = new ArrayList<>(listed.size());
        for (ChildrenNotation.Listed child : listed) {
            Element held = null;
            if (attributes.get(order.nativeValue(child.id())) instanceof Value.PersistentId id) {
                Element shown = reference(place.oid(), id, Label.of(new Step.Attribute(child.id())), xml, true);
                held = shown != null && shown.name().equals("child") ? shown : null;
            }
            if (held != null) {
                said.add(child.id());
            }
            elements.add(child.element(held == null ? Element.of("child") : held, held != null));
        }
        PyDict rest = new PyDict();
        for (PyDict.Entry entry : attributes.entries()) {
            String name = order.nativeText(entry.key());
            if (name == null || !said.contains(name)) {
                rest.put(entry.key(), entry.value());
            }
        }
        return new Head(Element.of(ChildrenNotation.ELEMENT, elements), rest);
    }

    /** Returns what stands for a reference in an object; with {@code own} null unless its target has a file. */
    @Nullable
    Element reference(Oid holder, Value.PersistentId id, Label label, ValueXml xml, boolean own) throws IOException {
        PersistentRef ref = PersistentRef.parse(id.id());
        boolean edge = ref instanceof PersistentRef.Classed || ref instanceof PersistentRef.Bare;
        if (edge && isHome(holder, ref.oid(), label)) {
            Place place = placement.of(ref.oid()).orElseThrow();
            if (place.isOwn()) {
                return refs.unusual(Element.of("child"), ref, "class");
            }
            return own ? null : noted(holder, place, refs.unusual(folded(place, xml), ref, "refclass"));
        }
        return own ? null : ref(ref);
    }

    /** Notes the path of an object in a structure of one that is shown in a shorter form made of such paths. */
    private Element noted(Oid holder, Place place, Element element) throws IOException {
        boolean structure =
                !holder.equals(unit.oid()) && Structures.isBare(node(holder).className());
        Oid above = structure ? graph.home(holder).map(Home::parent).orElse(null) : null;
        return above != null && Shorthands.refersToParts(node(above).className())
                ? element.with(Shorthands.AT, placement.path(place).toString())
                : element;
    }

    private Element ref(PersistentRef ref) throws IOException {
        return refs.ref(ref, weak::add, weak::add, dangling::add);
    }

    /** Returns what stands for a reference from one node of a tree to another. */
    Element link(Value.PersistentId id) throws IOException {
        return ref(PersistentRef.parse(id.id()));
    }

    /** Returns a node of a tree as the plain object it is. */
    Element plain(Oid oid, ObjectState state, ValueXml xml) throws IOException {
        Place place = placement.of(oid).orElseThrow();
        if (node(oid).className().equals(UnreadableRecord.CLASS)) {
            return unreadable(place);
        }
        return xml.object(state, new ObjectHooks(place, state, xml, List.of()));
    }

    /** Returns the nodes that are at home in a tree, itself first. */
    List<Oid> nodes(Oid tree) {
        return placement.nodes(tree).nodes();
    }

    /** True if a tree of these nodes is all there is to them: nothing outside refers to one but the first. */
    boolean isClosed(Oid tree, Set<Oid> nodes) {
        for (Oid oid : nodes) {
            Node node = node(oid);
            boolean inside = oid.equals(tree)
                    || (graph.home(oid).map(Home::label).isEmpty() && nodes.containsAll(graph.referrers(oid)));
            if (node.shape() != Node.Shape.STRUCTURE || !inside) {
                return false;
            }
            for (Edge edge : node.edges()) {
                Oid target = edge.target();
                if (edge.role() != Edge.Role.NODE && !target.equals(tree) && nodes.contains(target)) {
                    return false;
                }
            }
        }
        return true;
    }

    Node.Shape shape(Oid oid) {
        return node(oid).shape();
    }

    private boolean isHome(Oid holder, Oid target, Label label) {
        Home home = graph.home(target).orElse(null);
        if (home == null || !holder.equals(home.parent())) {
            return false;
        }
        Label at = home.label();
        // The pieces of a chain are its nodes: their edge has no label.
        return at == null ? label.equals(Placement.NEXT) : at.equals(label);
    }

    private Element blob(Place place, Node node) throws IOException {
        Optional<Path> file = states.snapshot().blob(place.oid(), node.tid());
        if (file.isEmpty()) {
            return Element.of("blob").with("missing", "yes");
        }
        String name = sources.blob(place);
        for (int i = 2; !taken.add(NameCodec.fold(name)); i++) {
            name = name + '#' + i;
        }
        String path = spot.file(name);
        sink.put(path, file.get());
        files.add(path);
        return Element.of("blob").with("file", name);
    }

    /** Returns the path of an object; empty if it has none. */
    Optional<String> path(Oid oid) throws IOException {
        Optional<Place> place = placement.of(oid);
        return place.isEmpty()
                ? Optional.empty()
                : Optional.of(placement.path(place.get()).toString());
    }

    /** Returns how a BTree is cut into files, which what holds it decides. */
    ClassFormat.Cut cut(Oid tree) {
        Home home = graph.home(tree).orElse(null);
        Oid holder = home == null ? null : home.parent();
        Label label = home == null ? null : home.label();
        return holder != null && label != null && label.last() instanceof Step.Attribute(String attribute)
                ? states.formats().of(node(holder).className()).cut(attribute)
                : ClassFormat.Cut.BY_KEY;
    }

    boolean isTree(ClassName cls) {
        return states.settings().structure(cls) instanceof Structure.Node;
    }

    TreeStates states() {
        return states;
    }

    CanonicalOrder order() {
        return order;
    }

    /** Writes a part of a tree and returns what stands for it. */
    Element part(Place tree, Segment firstKey, PartContent content) throws IOException {
        String name = FileNames.part(spot.stem(), tree.path().local(), firstKey);
        taken.add(NameCodec.fold(name));
        ValueXml xml = new ValueXml(
                states.settings().generation(),
                spot.file(name),
                states.settings().format());
        Element part = content.element(xml);
        if (BTreeFolderNotation.isList(tree)) {
            held.put(name, part);
        } else {
            put(name, part);
        }
        return Element.of("part").with("file", name);
    }

    /** Makes the root of a part file. */
    @FunctionalInterface
    interface PartContent {
        Element element(ValueXml xml) throws IOException;
    }

    private Node node(Oid oid) {
        return graph.node(oid).orElseThrow(() -> new IllegalStateException("not in the graph: " + oid));
    }

    /** Answers for one object. */
    private final class ObjectHooks implements WriteHooks {
        private final Place place;
        private final List<SourceAttribute> natural;
        private final ValueXml xml;
        private final List<Element> head;

        ObjectHooks(Place place, ObjectState state, ValueXml xml, List<Element> head) {
            this.place = place;
            this.natural = states.formats().of(state.className()).sources(state);
            this.xml = xml;
            this.head = head;
        }

        @Override
        public Element reference(Value.PersistentId id, Label label) throws IOException {
            Element element = UnitWriter.this.reference(place.oid(), id, label, xml, false);
            if (element == null) {
                throw new IllegalStateException("no element for " + label);
            }
            return element;
        }

        @Override
        public Optional<Element> attribute(String name, Value value) throws IOException {
            Optional<SourceFiles.SourceFile> file = sources.file(place, natural, name, value);
            if (file.isPresent()) {
                put(file.get());
            }
            return file.map(SourceFiles.SourceFile::element);
        }

        @Override
        public List<Element> head() {
            return head;
        }
    }
}
