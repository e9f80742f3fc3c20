package gitzodb.dump;

import gitzodb.btree.BTreeReader;
import gitzodb.btree.BrokenTreeException;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.btree.Parts;
import gitzodb.classes.Secrets;
import gitzodb.classes.Structure;
import gitzodb.pickle.Value;
import gitzodb.tree.Place;
import gitzodb.tree.SecretHider;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeStates;
import gitzodb.xml.Element;
import gitzodb.xml.ValueXml;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a BTree or set as its entries in key order. */
final class TreeContent {
    private final Place tree;
    private final ObjectState state;
    private final ValueXml xml;
    private final UnitWriter unit;
    private final EntryXml entries;
    private final List<Element> parts = new ArrayList<>();
    private List<Item> items = new ArrayList<>();
    private Oid leaf;
    private boolean integers;
    private boolean set;
    private Secrets.@Nullable Rule secret;
    private int hidden;

    /** An entry and the node that holds it. */
    private record Item(Oid node, Entry entry) {}

    TreeContent(Place tree, ObjectState state, ValueXml xml, UnitWriter unit) {
        this.tree = tree;
        this.state = state;
        this.xml = xml;
        this.unit = unit;
        entries = new EntryXml(unit);
        leaf = tree.oid();
    }

    /** Returns the tree as its content, or node by node where the content does not say all of it. */
    Element element() throws IOException {
        Optional<BTreeReader> sound = sound();
        return sound.isEmpty() ? new NodeContent(tree, xml, unit).element() : content(sound.get());
    }

    /** Opens the tree; empty if something is wrong with it, or if others refer to its nodes. */
    private Optional<BTreeReader> sound() throws IOException {
        TreeStates states = unit.states();
        Set<Oid> nodes = new LinkedHashSet<>();
        try {
            BTreeReader reader = BTreeReader.open(
                    tree.oid(), states, KeyOrder.of(states.settings().generation()), states.settings()::structure);
            return reader.isSound(nodes::add) && unit.isClosed(tree.oid(), nodes)
                    ? Optional.of(reader)
                    : Optional.empty();
        } catch (BrokenTreeException e) {
            return Optional.empty();
        }
    }

    private Element content(BTreeReader reader) throws IOException {
        Structure.Node shape = reader.shape();
        SecretHider.Held held = unit.secretEntries(tree.oid()).orElse(null);
        secret = held == null ? null : held.rule();
        set = shape.kind().isSet();
        integers = shape.family().key().isInteger()
                && (set || shape.family().value().isInteger());
        reader.forEach(this::add, visited -> leaf = visited);
        Element named = EntryXml.named("tree", state.meta());
        if (held != null) {
            unit.states().leftOut(tree.oid(), held.holder(), hidden);
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
        Entry shown = secret == null ? entry : SecretHider.hidden(secret, entry);
        hidden += shown.equals(entry) ? 0 : 1;
        items.add(new Item(leaf, shown));
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
            elements.add(entries.element(item.node, item.entry, file));
        }
        return new Element(named.name(), named.attributes(), elements, "", 0, 0);
    }

    private static String number(Value value) throws StateException {
        return switch (value) {
            case Value.Int(long number) -> Long.toString(number);
            case Value.BigInt(java.math.BigInteger number) -> number.toString();
            default -> throw new StateException("not an integer in a BTree of integers: " + value);
        };
    }
}
