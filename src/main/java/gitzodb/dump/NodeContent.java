package gitzodb.dump;

import gitzodb.btree.Entry;
import gitzodb.btree.LeafState;
import gitzodb.classes.Structure;
import gitzodb.graph.Node;
import gitzodb.pickle.Value;
import gitzodb.tree.Place;
import gitzodb.tree.SecretHider;
import gitzodb.xml.Element;
import gitzodb.xml.ValueXml;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a BTree node by node, or a chain of buckets: where something is wrong with the tree, or others refer to its
 * nodes, so that its content does not say all. Nodes stand beside each other in the order of their numbers, so that a long
 * chain is not deep.
 */
public final class NodeContent {
    public static final String SHOWN = "shown";
    public static final String NODES = "nodes";
    public static final String LEAF = "leaf";
    public static final String NEXT = "next";

    private final Place tree;
    private final ValueXml xml;
    private final UnitWriter unit;
    private final EntryXml entries;
    private final SecretHider.@Nullable Held held;
    private int hidden;

    NodeContent(Place tree, ValueXml xml, UnitWriter unit) {
        this.tree = tree;
        this.xml = xml;
        this.unit = unit;
        entries = new EntryXml(unit);
        held = unit.secretEntries(tree.oid()).orElse(null);
    }

    Element element() throws IOException {
        List<Element> nodes = new ArrayList<>();
        Element named = Element.of("tree");
        for (Oid oid : unit.nodes(tree.oid())) {
            ObjectState state = unit.states()
                    .load(oid)
                    .orElseThrow(() -> new StateException("object " + oid + " is gone while it is read"));
            if (nodes.isEmpty()) {
                named = named.with("class", state.className().toString());
            }
            nodes.add(node(oid, state));
        }
        if (held != null) {
            unit.states().leftOut(tree.oid(), held.holder(), hidden);
        }
        return new Element(named.name(), named.with(SHOWN, NODES).attributes(), nodes, "", 0, 0);
    }

    private Element node(Oid oid, ObjectState state) throws IOException {
        boolean structure = unit.shape(oid) == Node.Shape.STRUCTURE;
        if (structure && unit.states().settings().structure(state.className()) instanceof Structure.Node node) {
            Optional<LeafState> leaf = LeafState.read(node.kind(), state.state());
            if (leaf.isPresent()) {
                return leaf(oid, state, leaf.get());
            }
        }
        return unit.plain(oid, state, xml);
    }

    private Element leaf(Oid oid, ObjectState state, LeafState leaf) throws IOException {
        List<Element> children = new ArrayList<>();
        for (Entry entry : leaf.entries()) {
            Entry shown = held == null ? entry : SecretHider.hidden(held.rule(), entry);
            hidden += shown.equals(entry) ? 0 : 1;
            children.add(entries.element(oid, shown, xml));
        }
        if (leaf.next() instanceof Value.PersistentId next) {
            children.add(Element.of(NEXT, unit.link(next)));
        }
        Element named = EntryXml.named(LEAF, state.meta());
        return new Element(named.name(), named.attributes(), children, "", 0, 0);
    }
}
