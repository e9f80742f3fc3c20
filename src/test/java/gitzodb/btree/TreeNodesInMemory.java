package gitzodb.btree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure.Kind;
import gitzodb.classes.Structure.Node;
import gitzodb.classes.Structures;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A tree kept in a map, for tests; counts what is loaded and writes itself as Python. */
final class TreeNodesInMemory implements StateSource {
    static final Oid ROOT = new Oid(1);

    final Map<Oid, ObjectState> states = new TreeMap<>();
    final Node shape;
    int loads;
    private long last = 1;

    TreeNodesInMemory(String family, Kind kind) {
        shape = new Node(Structures.family(family), kind);
        Value empty = kind.isTree() ? Value.NONE : PyTuple.of(PyTuple.EMPTY);
        states.put(ROOT, new ObjectState(ClassMeta.of(shape.family().className(kind)), empty));
    }

    @Override
    public Optional<ObjectState> load(Oid oid) {
        loads++;
        return Optional.ofNullable(states.get(oid));
    }

    Oid newOid() {
        return new Oid(++last);
    }

    BTreeEditor editor() {
        return new BTreeEditor(this, KeyOrder.PYTHON3, Structures::of, this::newOid, Value::equals);
    }

    void write(Edit edit) {
        assert states.keySet().containsAll(edit.changed().keySet());
        states.putAll(edit.changed());
        states.putAll(edit.added());
        Set<Oid> removed = edit.removed();
        states.keySet().removeAll(removed);
    }

    void build(List<Entry> entries) throws IOException {
        BTreeBuilder.Built built = new BTreeBuilder(shape, rootMeta(), KeyOrder.PYTHON3).build(entries, this::newOid);
        states.put(ROOT, new ObjectState(rootMeta(), built.root()));
        states.putAll(built.nodes());
    }

    private ClassMeta rootMeta() {
        return ClassMeta.of(shape.family().className(shape.kind()));
    }

    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        BTreeReader.open(ROOT, this, KeyOrder.PYTHON3, Structures::of).forEach(entries::add);
        return entries;
    }

    /** Returns a Python tuple: nodes by oid, and the entries they must hold. */
    String python() throws IOException {
        StringBuilder text = new StringBuilder("({");
        states.forEach((oid, state) -> {
            text.append(oid.value())
                    .append(": (")
                    .append(quoted(state.className().module()));
            text.append(", ").append(quoted(state.className().name())).append(", ");
            append(text, state.state());
            text.append("), ");
        });
        text.append("}, [");
        for (Entry entry : entries()) {
            if (entry.value() == null) {
                append(text, entry.key());
            } else {
                append(text, PyTuple.of(entry.key(), entry.value()));
            }
            text.append(", ");
        }
        return text.append("])").toString();
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    private static void append(StringBuilder text, Value value) {
        switch (value) {
            case Value.None none -> text.append("None");
            case Value.Int(long number) -> text.append(number);
            case Value.Text(String string) -> text.append(quoted(string));
            case Value.Binary(Bytes bytes) ->
                text.append("bytes.fromhex('").append(bytes.hex()).append("')");
            case Value.PersistentId id ->
                text.append("R(")
                        .append(java.util.Objects.requireNonNull(NodeRef.read(id))
                                .oid()
                                .value())
                        .append(')');
            case PyTuple tuple -> {
                text.append('(');
                tuple.items().forEach(item -> {
                    append(text, item);
                    text.append(", ");
                });
                text.append(')');
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }
}
