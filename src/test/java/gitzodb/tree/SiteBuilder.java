package gitzodb.tree;

import gitzodb.btree.BTreeBuilder;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Builds small databases by hand, object by object. */
public final class SiteBuilder {
    public static final String FOLDER = "OFS.Folder.Folder";
    public static final String SCRIPT = "Products.PythonScripts.PythonScript.PythonScript";
    public static final String MAPPING = "persistent.mapping.PersistentMapping";

    private final Generation generation;
    private final TreeMap<Oid, ObjectState> objects = new TreeMap<>();
    private long last;

    public SiteBuilder(Generation generation) {
        this.generation = generation;
        objects.put(Oid.ROOT, new ObjectState(meta(MAPPING), new PyDict()));
        set(Oid.ROOT, "data", new PyDict());
    }

    public Oid object(String cls) {
        Oid oid = new Oid(++last);
        objects.put(oid, new ObjectState(meta(cls), new PyDict()));
        return oid;
    }

    /** Makes an object whose state is no dict. */
    public Oid object(String cls, Value state) {
        Oid oid = new Oid(++last);
        objects.put(oid, new ObjectState(meta(cls), state));
        return oid;
    }

    public SiteBuilder set(Oid oid, String name, Value value) {
        Objects.requireNonNull(state(oid).attributes()).put(text(name), value);
        return this;
    }

    /** Adds an item to the root or a persistent mapping. */
    public SiteBuilder item(Oid mapping, String name, Oid held) {
        if (state(mapping).attribute("data") == null) {
            set(mapping, "data", new PyDict());
        }
        ((PyDict) Objects.requireNonNull(state(mapping).attribute("data"))).put(text(name), ref(held));
        return this;
    }

    /** Adds a child to a folder. */
    public SiteBuilder child(Oid folder, String name, Oid held) {
        List<Value> listed = new ArrayList<>(
                state(folder).attribute("_objects") instanceof PyTuple tuple ? tuple.items() : List.of());
        PyDict entry = new PyDict();
        entry.put(text("id"), text(name));
        String cls = state(held).className().name();
        entry.put(text("meta_type"), text(cls));
        listed.add(entry);
        set(folder, "_objects", new PyTuple(listed));
        return set(folder, name, ref(held));
    }

    /** Makes a BTree of the family. */
    public Oid tree(String cls, List<Entry> entries) throws IOException {
        Structure.Node shape = (Structure.Node) Structures.of(ClassName.parse(cls));
        KeyOrder order = KeyOrder.of(generation);
        Oid root = new Oid(++last);
        BTreeBuilder.Built built = new BTreeBuilder(shape, meta(cls), order).build(entries, () -> new Oid(++last));
        objects.putAll(built.nodes());
        objects.put(root, new ObjectState(meta(cls), built.root()));
        return root;
    }

    public Value text(String text) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Text(text);
        };
    }

    public Value bytes(String text) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Binary(Bytes.utf8(text));
        };
    }

    public Value ref(Oid oid) {
        ObjectState state = objects.get(oid);
        PersistentRef ref = state == null
                ? new PersistentRef.Bare(oid)
                : new PersistentRef.Classed(oid, state.meta().cls());
        return ref.write(generation, protocol());
    }

    public Value weak(Oid oid) {
        return new PersistentRef.Weak(oid, false).write(generation, protocol());
    }

    public ClassMeta meta(String cls) {
        return ClassMeta.of(ClassName.parse(cls));
    }

    /** Writes all objects into an empty storage. */
    public void store(MemoryStorage storage) throws IOException {
        try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            for (Map.Entry<Oid, ObjectState> object : objects.entrySet()) {
                transaction.store(
                        object.getKey(), Tid.NONE, ObjectRecord.write(object.getValue(), generation, protocol()));
            }
            transaction.vote();
            transaction.finish();
        }
    }

    private int protocol() {
        return generation == Generation.PYTHON2 ? 1 : 3;
    }

    private ObjectState state(Oid oid) {
        return Objects.requireNonNull(objects.get(oid));
    }
}
