package gitzodb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.Structures;
import gitzodb.graph.Edge.Role;
import gitzodb.graph.Node.Shape;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Step;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EdgeScannerTest {
    private static final ClassName FOLDER = new ClassName("shop", "Folder");
    private static final ClassName OOBTREE = new ClassName("BTrees.OOBTree", "OOBTree");
    private static final ClassName OOBUCKET = new ClassName("BTrees.OOBTree", "OOBucket");

    private final EdgeScanner scanner = new EdgeScanner(
            new ClassFormats(List.of(new ClassFormat() {
                @Override
                public Set<ClassName> classes() {
                    return Set.of(FOLDER);
                }

                @Override
                public Optional<String> collection() {
                    return Optional.of("_tree");
                }
            })),
            Structures::of,
            Generation.PYTHON3);

    private Node scan(long oid, ClassName className, Value state) throws IOException {
        return scanner.scan(new Oid(oid), new Tid(1), new ObjectState(ClassMeta.of(className), state));
    }

    private static Value ref(int oid) {
        return new Value.PersistentId(
                PyTuple.of(new Value.Binary(new Oid(oid).bytes()), new Value.Global("shop", "Item")));
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static PyDict dict(Object... keysAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dict.put(text((String) keysAndValues[i]), (Value) keysAndValues[i + 1]);
        }
        return dict;
    }

    private static Edge edge(int target, Role role, Step... steps) {
        return Edge.of(new Oid(target), Label.of(steps), role);
    }

    private static Step attribute(String name) {
        return new Step.Attribute(name);
    }

    @Test
    void findsListedChildrenAndOtherAttributes() throws IOException {
        Node node = scan(
                9,
                FOLDER,
                dict(
                        "z", ref(1),
                        "_objects", PyTuple.of(dict("id", text("z"), "meta_type", text("Item"))),
                        "id", text("shop"),
                        "__parent__", ref(2),
                        "many", new PyList(List.of(ref(3)))));
        assertThat(node.id()).isEqualTo("shop");
        assertThat(node.name()).isNull();
        assertThat(node.shape()).isEqualTo(Shape.OBJECT);
        assertThat(node.edges())
                .containsExactly(
                        edge(2, Role.PLAIN, attribute("__parent__")),
                        edge(3, Role.PLAIN, attribute("many"), new Step.Position(0)),
                        edge(1, Role.LISTED, attribute("z")));
        assertThat(node.edges())
                .extracting(Edge::kind)
                .containsExactly(EdgeKind.BACK, EdgeKind.POSITION, EdgeKind.ATTRIBUTE);
    }

    @Test
    void knowsTheCollectionOfAClassAsAttributeAndAsDict() throws IOException {
        assertThat(scan(9, FOLDER, dict("_tree", ref(1))).edges())
                .containsExactly(edge(1, Role.COLLECTION, attribute("_tree")));
        assertThat(scan(9, FOLDER, dict("_tree", dict("a", ref(1)))).edges())
                .containsExactly(edge(1, Role.LISTED, attribute("_tree"), new Step.Key("a")));
    }

    @Test
    void readsATreeByItsContent() throws IOException {
        Value entries = PyTuple.of(text("a"), ref(1), ref(2), new Value.Int(1), text("c"), PyTuple.of(ref(3)));
        List<Edge> expected = List.of(
                edge(1, Role.ITEM, new Step.Key("a")), edge(3, Role.PLAIN, new Step.Key("c"), new Step.Position(0)));
        for (Node node : List.of(
                scan(9, OOBTREE, PyTuple.of(PyTuple.of(PyTuple.of(entries)))),
                scan(9, OOBUCKET, PyTuple.of(entries)))) {
            assertThat(node.shape()).isEqualTo(Shape.STRUCTURE);
            assertThat(node.edges()).containsAll(expected).hasSize(3);
            assertThat(node.edges().get(1).target()).isEqualTo(new Oid(2));
            assertThat(node.edges().get(1).kind()).isEqualTo(EdgeKind.POSITION);
        }
    }

    @Test
    void leadsFromATreeToItsNodesAndFromALeafToTheNext() throws IOException {
        Value inner = PyTuple.of(PyTuple.of(ref(1), text("m"), ref(2)), ref(7));
        assertThat(scan(9, OOBTREE, inner).edges())
                .containsExactly(Edge.node(new Oid(1)), Edge.node(new Oid(2)), Edge.node(new Oid(7)));
        Value lowest = PyTuple.of(PyTuple.of(ref(1), text("m"), ref(2)), ref(1));
        assertThat(scan(9, OOBTREE, lowest).edges()).containsExactly(Edge.node(new Oid(1)), Edge.node(new Oid(2)));
        Value leaf = PyTuple.of(PyTuple.of(text("k"), ref(3)), ref(8));
        assertThat(scan(9, OOBUCKET, leaf).edges())
                .containsExactly(Edge.node(new Oid(8)), edge(3, Role.ITEM, new Step.Key("k")));
        assertThat(scan(9, OOBTREE, Value.NONE).edges()).isEmpty();
    }

    @Test
    void takesANodeWithAKeyTwiceForAnObject() throws IOException {
        Value leaf = PyTuple.of(PyTuple.of(text("k"), ref(3), text("k"), ref(4)));
        Node node = scan(9, OOBUCKET, leaf);
        assertThat(node.shape()).isEqualTo(Shape.OBJECT);
        assertThat(node.edges()).extracting(Edge::kind).containsOnly(EdgeKind.POSITION);
        assertThat(node.edges()).extracting(Edge::target).containsExactly(new Oid(3), new Oid(4));
    }

    @Test
    void losesNoReferenceOfABrokenTree() throws IOException {
        assertThat(scan(9, OOBTREE, PyTuple.of(ref(1), ref(2), ref(3))).edges()).hasSize(3);
        assertThat(scan(9, OOBUCKET, PyTuple.of(PyTuple.of(ref(1)))).edges()).hasSize(1);
    }

    @Test
    void followsAPdataChainWithoutLabel() throws IOException {
        Node node = scan(9, new ClassName("OFS.Image", "Pdata"), dict("data", text("x"), "next", ref(1)));
        assertThat(node.shape()).isEqualTo(Shape.PDATA);
        assertThat(node.edges()).containsExactly(Edge.node(new Oid(1)));
    }

    @Test
    void takesTheItemsOfAMappingAndOfTheRootForItems() throws IOException {
        Edge item = edge(1, Role.ITEM, attribute("data"), new Step.Key("a"));
        ClassName mapping = new ClassName("persistent.mapping", "PersistentMapping");
        assertThat(scan(9, mapping, dict("data", dict("a", ref(1)))).edges()).containsExactly(item);
        assertThat(scan(0, FOLDER, dict("data", dict("a", ref(1)))).edges()).containsExactly(item);
        assertThat(scan(9, FOLDER, dict("data", dict("a", ref(1)))).edges())
                .containsExactly(edge(1, Role.PLAIN, attribute("data"), new Step.Key("a")));
    }

    @Test
    void passesOverWeakAndForeignReferences() throws IOException {
        Value oid = new Value.Binary(new Oid(1).bytes());
        Value weak = new Value.PersistentId(new PyList(List.of(text("w"), PyTuple.of(oid))));
        Value foreign = new Value.PersistentId(new PyList(List.of(text("n"), PyTuple.of(text("other"), oid))));
        assertThat(scan(9, FOLDER, dict("a", weak, "b", foreign)).edges()).isEmpty();
    }

    @Test
    void keepsNodesThroughTheirBytes() throws IOException {
        Node node = new Node(
                new Oid(-3),
                new Tid(-1),
                new ClassName("m\ud800", "C"),
                true,
                "id\0é\udfff\u0001",
                "\ud83d\ude00",
                Shape.BLOB,
                List.of(
                        edge(1, Role.ITEM, new Step.Key("a\0b"), new Step.OtherKey(""), new Step.Position(70_000)),
                        Edge.node(new Oid(-1)),
                        edge(5, Role.LISTED, attribute("\ud800"), attribute("id\0é\udfff\u0001"))));
        byte[] bytes = NodeCodec.encode(node);
        assertThat(NodeCodec.decode(node.oid(), bytes)).isEqualTo(node);
        assertThat(NodeCodec.edges(bytes)).isEqualTo(node.edges());
        NodeFacts facts = NodeCodec.facts(bytes);
        assertThat(facts.kindOf(node.edges().getLast(), false)).isEqualTo(EdgeKind.CONTAINED);
        assertThat(facts.kindOf(edge(5, Role.PLAIN, attribute("é\udfff\u0001")), false))
                .isEqualTo(EdgeKind.ATTRIBUTE);
        assertThat(facts.kindOf(edge(5, Role.PLAIN, attribute("id\0é\udfff\u0001")), false))
                .isEqualTo(EdgeKind.CONTAINED);
        assertThat(Bytes.wrap(bytes).length()).isLessThan(120);
    }
}
