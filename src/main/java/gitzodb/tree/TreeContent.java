package gitzodb.tree;

import gitzodb.btree.BTreeReader;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.btree.Parts;
import gitzodb.classes.Structure;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.xml.ValueXml;
import gitzodb.xml.WriteHooks;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a BTree or set as its entries in key order. Each entry is written as if it were the only attribute of an
 * object, since what entries share depends on the boundaries of nodes, which are no content.
 */
final class TreeContent {
    private static final ObjectState NOTHING =
            new ObjectState(ClassMeta.of(new ClassName("gitzodb", "entry")), Value.NONE);

    private final Place tree;
    private final ObjectState state;
    private final ValueXml xml;
    private final UnitWriter unit;
    private final List<Element> parts = new ArrayList<>();
    private List<Item> items = new ArrayList<>();
    private Oid leaf;
    private boolean integers;
    private boolean set;

    /** An entry and the node that holds it. */
    private record Item(Oid node, Entry entry) {}

    TreeContent(Place tree, ObjectState state, ValueXml xml, UnitWriter unit) {
        this.tree = tree;
        this.state = state;
        this.xml = xml;
        this.unit = unit;
        leaf = tree.oid();
    }

    Element element() throws IOException {
        KeyOrder keyOrder = KeyOrder.of(unit.states().settings().generation());
        BTreeReader reader = BTreeReader.open(tree.oid(), unit.states(), keyOrder);
        if (state.meta().args() != null) {
            throw new StateException("BTree " + tree.path() + ": its class has arguments");
        }
        if (reader.successor().isPresent()) {
            throw new StateException("bucket " + tree.path()
                    + " has a successor: part of a tree whose class is not known to be a BTree; no file can hold it");
        }
        Structure.Node shape = reader.shape();
        set = shape.kind().isSet();
        integers = shape.family().key().isInteger()
                && (set || shape.family().value().isInteger());
        reader.forEach(this::add, visited -> leaf = visited);
        Element named = Element.of("tree").with("class", state.className().toString());
        if (state.meta().spelling() != ClassMeta.Spelling.GLOBAL) {
            named = named.with(
                    "spelling",
                    state.meta().spelling().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (parts.isEmpty()) {
            return content(named, items, xml);
        }
        flush();
        return new Element(named.name(), named.attributes(), parts, "", 0, 0);
    }

    private void add(Entry entry) throws IOException {
        if (!items.isEmpty() && Parts.starts(entry.key())) {
            flush();
        }
        items.add(new Item(leaf, entry));
    }

    /** Writes a part. The first one is named after no key, so that a new least key renames nothing. */
    private void flush() throws IOException {
        List<Item> part = items;
        items = new ArrayList<>();
        Segment first = parts.isEmpty()
                ? Segment.plain("")
                : segment(part.getFirst().entry.key());
        parts.add(unit.part(tree, first, partXml -> content(Element.of("part"), part, partXml)));
    }

    private Segment segment(Value key) throws StateException {
        String text = unit.order().nativeText(key);
        return text != null ? Segment.plain(text) : new Segment(Segment.Mark.KEY, CanonicalOrder.keyForm(key));
    }

    private Element content(Element named, List<Item> part, ValueXml file) throws IOException {
        if (part.isEmpty()) {
            return named;
        }
        if (integers) {
            StringBuilder lines = new StringBuilder("\n");
            for (Item item : part) {
                lines.append(number(item.entry.key()));
                if (item.entry.value() != null) {
                    lines.append(' ').append(number(item.entry.value()));
                }
                lines.append('\n');
            }
            return new Element(named.name(), named.attributes(), List.of(), lines.toString(), 0, 0);
        }
        List<Element> elements = new ArrayList<>(part.size());
        for (Item item : part) {
            elements.add(entry(item, file));
        }
        return new Element(named.name(), named.attributes(), elements, "", 0, 0);
    }

    private Element entry(Item item, ValueXml file) throws IOException {
        Value key = item.entry.key();
        Value value = item.entry.value();
        String text = unit.order().nativeText(key);
        String keyText = text == null && key instanceof Value.Text(String unicode) ? unicode : text;
        Step step = keyText != null ? new Step.Key(keyText) : new Step.OtherKey(CanonicalOrder.keyForm(key));
        PyDict single = new PyDict();
        if (value == null) {
            single.put(unit.order().nativeValue("key"), key);
        } else {
            single.put(key, value);
        }
        List<Step> above = value == null ? List.of(step, new Step.Attribute(Step.INSIDE_KEY)) : List.of(step);
        WriteHooks hooks = (id, label) -> {
            List<Step> steps = new ArrayList<>(above);
            steps.addAll(label.steps().subList(1, label.steps().size()));
            Element element = unit.reference(item.node, id, new Label(steps), file, false);
            if (element == null) {
                throw new IllegalStateException("no element for " + label);
            }
            return element;
        };
        Element shown = file.object(new ObjectState(NOTHING.meta(), single), hooks)
                .children()
                .getFirst();
        return value == null ? shown.without("name") : shown;
    }

    private static String number(Value value) throws StateException {
        return switch (value) {
            case Value.Int(long number) -> Long.toString(number);
            case Value.BigInt(java.math.BigInteger number) -> number.toString();
            default -> throw new StateException("not an integer in a BTree of integers: " + value);
        };
    }
}
