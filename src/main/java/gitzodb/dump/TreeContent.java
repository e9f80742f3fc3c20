package gitzodb.dump;

import gitzodb.btree.BTreeReader;
import gitzodb.btree.BrokenTreeException;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.btree.Parts;
import gitzodb.classes.ClassFormat;
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
import gitzodb.zodb.KeyReferences;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
    private ClassFormat.Cut cut = ClassFormat.Cut.BY_KEY;
    private boolean integers;
    private boolean set;
    private Secrets.@Nullable Rule secret;
    private int hidden;

    /**
     * An entry and the node that holds it.
     *
     * @param path where the object is that the key is a reference of; empty for any other key
     */
    private record Item(Oid node, Entry entry, String path) {
        boolean startsPart() throws StateException {
            return path.isEmpty() ? Parts.starts(entry.key()) : Parts.starts(path);
        }
    }

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
        cut = unit.cut(tree.oid());
        addAll(reader);
        Element named = EntryXml.named("tree", state.meta());
        if (held != null) {
            unit.states().leftOut(tree.oid(), held.holder(), hidden);
        }
        if (parts.isEmpty() && (cut != ClassFormat.Cut.APART || items.isEmpty())) {
            return content(named, items, xml);
        }
        flush();
        return new Element(named.name(), named.attributes(), parts, "", 0, 0);
    }

    /** Adds key references in the order of the paths they lead to, behind other keys: they are stored in that of oids. */
    private void addAll(BTreeReader reader) throws IOException {
        boolean byPath = unit.states().settings().format() >= 2;
        List<Item> references = new ArrayList<>();
        reader.forEach(
                entry -> {
                    if (byPath && KeyReferences.is(entry.key())) {
                        references.add(new Item(leaf, entry, path(entry.key())));
                    } else {
                        add(new Item(leaf, entry, ""));
                    }
                },
                visited -> leaf = visited);
        references.sort(Comparator.comparing(Item::path, CanonicalOrder.CODE_POINTS));
        for (Item item : references) {
            add(item);
        }
    }

    /** What a key itself holds is named after the place of the key among its like, which is to stay. */
    private String path(Value key) throws IOException {
        Oid target = KeyReferences.target(key).orElse(null);
        String path = target == null ? "" : unit.path(target).orElse("");
        return path.startsWith(tree.path().toString()) ? "" : path;
    }

    private void add(Item item) throws IOException {
        if (cut == ClassFormat.Cut.BY_KEY && !items.isEmpty() && item.startsPart()) {
            flush();
        }
        Entry shown = secret == null ? item.entry : SecretHider.hidden(secret, item.entry);
        hidden += shown.equals(item.entry) ? 0 : 1;
        items.add(new Item(item.node, shown, item.path));
    }

    /** Writes a part. The first one is named after no key, so that a new least key renames nothing. */
    private void flush() throws IOException {
        List<Item> part = items;
        items = new ArrayList<>();
        Segment first = parts.isEmpty() ? Segment.plain("") : segment(part.getFirst());
        parts.add(unit.part(tree, first, partXml -> content(Element.of("part"), part, partXml)));
    }

    private Segment segment(Item item) throws StateException {
        if (!item.path.isEmpty()) {
            return new Segment(Segment.Mark.KEY, item.path);
        }
        Value key = item.entry.key();
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
