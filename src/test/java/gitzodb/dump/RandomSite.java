package gitzodb.dump;

import gitzodb.btree.BTreeBuilder;
import gitzodb.btree.BTreeEditor;
import gitzodb.btree.BrokenTreeException;
import gitzodb.btree.Change;
import gitzodb.btree.Edit;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A random database in memory, and random edits of it: what users, programs and broken programs do. */
public final class RandomSite {
    private static final String FOLDER = "OFS.Folder.Folder";
    private static final String SCRIPT = "Products.PythonScripts.PythonScript.PythonScript";
    private static final String FILE = "OFS.Image.File";
    private static final String MAPPING = "persistent.mapping.PersistentMapping";
    private static final String BTREE = "BTrees.OOBTree.OOBTree";
    private static final String PLONE = "Products.CMFPlone.Portal.PloneSite";
    private static final String BTREE_FOLDER = "Products.BTreeFolder2.BTreeFolder2.BTreeFolder2";
    private static final String PDATA = "OFS.Image.Pdata";
    private static final List<String> CLASSES = List.of(
            FOLDER,
            FOLDER,
            SCRIPT,
            SCRIPT,
            FILE,
            MAPPING,
            BTREE,
            BTREE_FOLDER,
            PLONE,
            "m.Thing",
            "m.Thing",
            "OFS.DTMLMethod.DTMLMethod",
            "persistent.list.PersistentList",
            "BTrees.Length.Length");
    public static final List<String> NAMES = List.of(
            "a",
            "A",
            "b",
            "a.py",
            "a.b",
            "a.b.py",
            "A.py",
            "b.zodb.xml",
            "\u00df",
            "ss",
            "SS",
            "__self__",
            "con",
            "@x",
            "cafe\u0301",
            "caf\u00e9",
            "x".repeat(170),
            "_objects",
            "__annotations__",
            "a.dtml",
            "data");

    /** Names near and beyond every limit of a name, and case twins of them. */
    public static final List<String> LONG_NAMES = List.of(
            "n",
            "a.py",
            "x".repeat(160),
            "x".repeat(161),
            "X".repeat(161),
            "Y".repeat(60),
            "y".repeat(60),
            "\u00e9".repeat(81),
            "\u00c9".repeat(81),
            "~1 ".repeat(54),
            "z".repeat(500),
            "long/".repeat(190),
            "w".repeat(1_100),
            "W".repeat(1_100),
            "v".repeat(70_000),
            "\ud800" + "s".repeat(400) + ".py",
            "x".repeat(300) + ".zodb.xml",
            "data");

    private final List<String> names;
    private final SplittableRandom random;
    private final MemoryStorage storage;
    private final Generation generation;
    private final TreeMap<Oid, ObjectState> objects = new TreeMap<>();
    private final Map<Oid, Tid> tids = new HashMap<>();
    private final Set<Oid> dirty = new TreeSet<>();
    private long lastOid;

    public RandomSite(long seed, MemoryStorage storage) {
        this(seed, storage, NAMES);
    }

    /** Makes a site whose ids, attributes and keys are of these names. */
    public RandomSite(long seed, MemoryStorage storage, List<String> names) {
        this.names = names;
        random = new SplittableRandom(seed);
        this.storage = storage;
        generation = storage.generation();
        put(Oid.ROOT, MAPPING, new PyDict());
        set(Oid.ROOT, "data", new PyDict());
        setItem(Oid.ROOT, "Application", reference(create(FOLDER)));
    }

    /** Makes edits and commits them; returns what was written. */
    public Set<Oid> edit(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            edit();
        }
        Set<Oid> written = new TreeSet<>(dirty);
        dirty.clear();
        try (StorageTransaction transaction = storage.begin(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)) {
            for (Oid oid : written) {
                transaction.store(
                        oid, tids.getOrDefault(oid, Tid.NONE), ObjectRecord.write(state(oid), generation, protocol()));
            }
            transaction.vote();
            Tid tid = transaction.finish();
            written.forEach(oid -> tids.put(oid, tid));
        }
        return written;
    }

    private void edit() throws IOException {
        Oid oid = any();
        switch (random.nextInt(19)) {
            case 0, 1, 2, 3 -> hold(oid, create(CLASSES.get(random.nextInt(CLASSES.size()))));
            case 4 -> hold(oid, any());
            case 5 -> set(oid, "title", text("title " + random.nextInt(100)));
            case 6, 7 -> drop(oid);
            case 8 -> rename(oid);
            case 9 -> move(oid, any());
            case 10 -> reclass(oid);
            case 11 -> set(oid, "id", text(name()));
            case 12 -> unlist(oid);
            case 13 -> special(oid);
            case 14, 15 -> node(oid);
            case 16 -> damage();
            default -> grow(oid);
        }
    }

    private void hold(Oid holder, Oid held) throws IOException {
        String name = name();
        String cls = state(holder).className().toString();
        Value reference = reference(held);
        if (cls.equals(BTREE)) {
            change(holder, List.of(new Change.Put(new Entry(text(name), reference))));
        } else if (cls.equals(MAPPING)) {
            setItem(holder, name, reference);
        } else if ((cls.equals(BTREE_FOLDER) || (cls.equals(PLONE) && random.nextInt(3) == 0))
                && state(holder).attribute("_tree") == null) {
            set(holder, "_tree", reference(create(BTREE)));
        } else if ((cls.equals(FOLDER) || cls.equals(PLONE)) && random.nextInt(4) > 0) {
            set(holder, name, reference);
            list(holder, name);
        } else {
            switch (random.nextInt(5)) {
                case 0 -> set(holder, "parts", new PyList(List.of(new Value.Int(1), reference)));
                case 1 -> set(holder, "aq_parent", reference);
                case 2 -> {
                    PyDict dict = new PyDict();
                    dict.put(new Value.Int(random.nextInt(3)), reference);
                    dict.put(text(name), reference);
                    set(holder, "items", dict);
                }
                default -> set(holder, name, reference);
            }
        }
    }

    private void special(Oid oid) {
        switch (random.nextInt(3)) {
            case 0 -> set(oid, "gone", reference(new Oid(900 + random.nextInt(3))));
            case 1 -> set(oid, "weak", odd(any()).write(generation, protocol()));
            default -> {
                Value first = Value.NONE;
                for (int i = random.nextInt(10) == 0 ? 58 + random.nextInt(9) : random.nextInt(4); i >= 0; i--) {
                    Oid piece = create(PDATA);
                    set(piece, "data", bytes("piece " + i));
                    if (!first.equals(Value.NONE) || random.nextBoolean()) {
                        set(piece, "next", first);
                    }
                    first = reference(piece);
                }
                set(oid, "data", first);
            }
        }
    }

    /** What needs nodes shown as they are: another reference to one, a tree of a subclass, a chain. */
    private void node(Oid oid) throws IOException {
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                List<Oid> nodes = nodes();
                if (!nodes.isEmpty()) {
                    hold(oid, nodes.get(random.nextInt(nodes.size())));
                }
            }
            case 2 -> {
                Oid tree = create(BTREE);
                hold(oid, tree);
                grow(tree);
                write(
                        tree,
                        new ObjectState(
                                ClassMeta.of(ClassName.parse("m.Tree")),
                                state(tree).state()));
            }
            default -> {
                Value next = Value.NONE;
                for (int i = random.nextInt(10) == 0 ? 58 + random.nextInt(9) : random.nextInt(4); i >= 0; i--) {
                    PyTuple entries = PyTuple.of(text(name()), random.nextBoolean() ? reference(any()) : Value.NONE);
                    Oid bucket = newOid();
                    write(
                            bucket,
                            new ObjectState(
                                    ClassMeta.of(ClassName.parse("BTrees.OOBTree.OOBucket")),
                                    next.equals(Value.NONE) ? PyTuple.of(entries) : PyTuple.of(entries, next)));
                    next = reference(bucket);
                    if (i == 0) {
                        hold(oid, bucket);
                    }
                }
            }
        }
    }

    private List<Oid> nodes() {
        List<Oid> nodes = new ArrayList<>();
        objects.forEach((oid, state) -> {
            if (state.className().toString().endsWith("Bucket")) {
                nodes.add(oid);
            }
        });
        return nodes;
    }

    /** Breaks some tree, or mends it again. */
    private void damage() {
        List<Oid> nodes = nodes();
        if (nodes.isEmpty()) {
            return;
        }
        Oid oid = nodes.get(random.nextInt(nodes.size()));
        List<Value> state = new ArrayList<>(((PyTuple) state(oid).state()).items());
        List<Value> entries = new ArrayList<>(((PyTuple) state.getFirst()).items());
        switch (random.nextInt(4)) {
            case 0 -> state = state.subList(0, 1);
            case 1 -> {
                Oid next = nodes.get(random.nextInt(nodes.size()));
                state = new ArrayList<>(List.of(state.getFirst(), reference(next)));
            }
            case 2 -> {
                if (entries.size() >= 4) {
                    java.util.Collections.swap(entries, 0, 2);
                    java.util.Collections.swap(entries, 1, 3);
                }
            }
            default -> {
                if (entries.size() >= 4) {
                    entries.set(2, entries.get(0));
                }
            }
        }
        List<Value> changed = new ArrayList<>(state);
        changed.set(0, new PyTuple(entries));
        write(oid, new ObjectState(state(oid).meta(), new PyTuple(changed)));
    }

    private PersistentRef odd(Oid oid) {
        String name = state(oid).className().name();
        return switch (random.nextInt(5)) {
            case 0 -> new PersistentRef.Weak(oid, false);
            case 1 -> new PersistentRef.Weak(oid, true);
            case 2 -> new PersistentRef.Bare(oid);
            case 3 -> new PersistentRef.Classed(oid, PyTuple.of(text("m"), text(name)));
            default -> new PersistentRef.Classed(oid, new Value.Global("old.module", name));
        };
    }

    private void drop(Oid oid) throws IOException {
        ObjectState state = state(oid);
        if (state.className().toString().equals(BTREE)) {
            change(oid, List.of(new Change.Remove(text(name()))));
            return;
        }
        List<PyDict.Entry> entries = attributes(oid).entries();
        if (!entries.isEmpty() && !oid.equals(Oid.ROOT)) {
            remove(oid, text(entries.get(random.nextInt(entries.size())).key()));
        }
    }

    private void rename(Oid oid) {
        List<PyDict.Entry> entries = attributes(oid).entries();
        if (!entries.isEmpty() && !oid.equals(Oid.ROOT)) {
            PyDict.Entry entry = entries.get(random.nextInt(entries.size()));
            remove(oid, text(entry.key()));
            String name = name();
            set(oid, name, entry.value());
            list(oid, name);
        }
    }

    private void move(Oid from, Oid to) throws IOException {
        for (PyDict.Entry entry : List.copyOf(attributes(from).entries())) {
            if (entry.value() instanceof Value.PersistentId id && !from.equals(Oid.ROOT)) {
                remove(from, text(entry.key()));
                hold(to, PersistentRef.parse(id.id()).oid());
                return;
            }
        }
    }

    private void reclass(Oid oid) {
        String cls = state(oid).className().toString();
        if (state(oid).attributes() == null || Structures.isBare(state(oid).className())) {
            return;
        }
        List<String> others = List.of(FOLDER, SCRIPT, "m.Thing", "m.Other");
        String next = others.get(random.nextInt(others.size()));
        if (!next.equals(cls) && !cls.equals(PDATA)) {
            Value args = random.nextInt(4) == 0 ? PyTuple.of(new Value.Int(1)) : null;
            ClassMeta.Spelling spelling = args == null ? ClassMeta.Spelling.GLOBAL : ClassMeta.Spelling.TUPLE;
            if (random.nextInt(5) == 0) {
                spelling = ClassMeta.Spelling.PAIR;
                args = args == null ? Value.NONE : args;
            }
            ClassMeta meta = new ClassMeta(spelling, ClassName.parse(next).global(), args);
            objects.put(oid, new ObjectState(meta, state(oid).state()));
            dirty.add(oid);
        }
    }

    private void unlist(Oid oid) {
        if (attributes(oid).get("_objects") instanceof PyTuple tuple
                && !tuple.items().isEmpty()) {
            List<Value> rest = new ArrayList<>(tuple.items());
            rest.remove(random.nextInt(rest.size()));
            set(oid, "_objects", new PyTuple(rest));
        }
    }

    private void grow(Oid oid) throws IOException {
        if (!state(oid).className().toString().equals(BTREE)) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        Set<String> keys = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            keys.add("k" + random.nextInt(3000));
        }
        for (String key : keys) {
            changes.add(
                    random.nextInt(3) == 0
                            ? new Change.Remove(text(key))
                            : new Change.Put(new Entry(
                                    text(key),
                                    random.nextInt(5) == 0 ? reference(any()) : new Value.Int(random.nextInt(9)))));
        }
        change(oid, changes);
    }

    /** Leaves a broken tree as it is. */
    private void change(Oid tree, List<Change> changes) throws IOException {
        Optional<Edit> edit;
        try {
            edit = new BTreeEditor(
                            oid -> Optional.ofNullable(objects.get(oid)),
                            KeyOrder.of(generation),
                            Structures::of,
                            this::newOid,
                            Value::equals)
                    .apply(tree, changes);
        } catch (BrokenTreeException e) {
            return;
        }
        edit.ifPresent(made -> {
            made.changed().forEach(this::write);
            made.added().forEach(this::write);
        });
    }

    private void write(Oid oid, ObjectState state) {
        objects.put(oid, state);
        dirty.add(oid);
    }

    private void list(Oid folder, String name) {
        List<Value> entries = new ArrayList<>(
                attributes(folder).get("_objects") instanceof PyTuple tuple ? tuple.items() : List.of());
        PyDict entry = new PyDict();
        entry.put(text("id"), text(name));
        entry.put(text("meta_type"), text("Thing"));
        entries.add(entry);
        set(folder, "_objects", new PyTuple(entries));
    }

    private String name() {
        return names.get(random.nextInt(names.size()));
    }

    private Oid any() {
        List<Oid> choice = new ArrayList<>();
        objects.forEach((oid, state) -> {
            if (!state.className().toString().endsWith("Bucket")) {
                choice.add(oid);
            }
        });
        return choice.get(random.nextInt(choice.size()));
    }

    private Oid newOid() {
        return new Oid(++lastOid);
    }

    private Oid create(String cls) {
        Oid oid = newOid();
        if (cls.equals(BTREE)) {
            try {
                Structure.Node shape = (Structure.Node) Structures.of(ClassName.parse(cls));
                BTreeBuilder.Built built = new BTreeBuilder(
                                shape, ClassMeta.of(ClassName.parse(cls)), KeyOrder.of(generation))
                        .build(List.of(), this::newOid);
                write(oid, new ObjectState(ClassMeta.of(ClassName.parse(cls)), built.root()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        } else if (cls.equals("BTrees.Length.Length")) {
            write(oid, new ObjectState(ClassMeta.of(ClassName.parse(cls)), new Value.Int(7)));
        } else {
            put(oid, cls, new PyDict());
            if (cls.equals(SCRIPT)) {
                set(oid, "_body", text("return " + oid.value() + "\n"));
            } else if (cls.equals("OFS.DTMLMethod.DTMLMethod")) {
                set(oid, "raw", text("<dtml-var x>"));
            } else if (cls.equals(FILE)) {
                set(oid, "data", bytes("content"));
            } else if (cls.equals(MAPPING)) {
                set(oid, "data", new PyDict());
            }
        }
        return oid;
    }

    private void put(Oid oid, String cls, PyDict attributes) {
        write(oid, new ObjectState(ClassMeta.of(ClassName.parse(cls)), attributes));
    }

    private ObjectState state(Oid oid) {
        return java.util.Objects.requireNonNull(objects.get(oid));
    }

    private PyDict attributes(Oid oid) {
        PyDict attributes = state(oid).attributes();
        return attributes == null ? new PyDict() : attributes;
    }

    private void set(Oid oid, String name, Value value) {
        replace(oid, name, value);
    }

    private void remove(Oid oid, String name) {
        replace(oid, name, null);
    }

    private void replace(Oid oid, String name, @org.jspecify.annotations.Nullable Value value) {
        ObjectState state = state(oid);
        if (state.attributes() == null) {
            return;
        }
        PyDict changed = new PyDict();
        for (PyDict.Entry entry : attributes(oid).entries()) {
            if (!text(entry.key()).equals(name)) {
                changed.put(entry.key(), entry.value());
            }
        }
        if (value != null) {
            changed.put(text(name), value);
        }
        write(oid, new ObjectState(state.meta(), changed));
    }

    private void setItem(Oid mapping, String name, Value value) {
        PyDict changed = new PyDict();
        if (attributes(mapping).get("data") instanceof PyDict dict) {
            dict.entries().forEach(entry -> changed.put(entry.key(), entry.value()));
        }
        changed.put(text(name), value);
        set(mapping, "data", changed);
    }

    private Value reference(Oid oid) {
        ObjectState state = objects.get(oid);
        PersistentRef ref = state == null
                ? new PersistentRef.Bare(oid)
                : new PersistentRef.Classed(oid, state.meta().cls());
        return ref.write(generation, protocol());
    }

    private Value text(String text) {
        return new CanonicalOrder(generation).nativeValue(text);
    }

    private Value bytes(String text) {
        Bytes bytes = Bytes.utf8(text);
        return generation == Generation.PYTHON2 ? new Value.Str(bytes) : new Value.Binary(bytes);
    }

    private int protocol() {
        return generation == Generation.PYTHON2 ? 1 : 3;
    }

    private static String text(Value key) {
        return switch (key) {
            case Value.Text(String text) -> text;
            case Value.Str(Bytes bytes) -> bytes.utf8();
            default -> String.valueOf(key);
        };
    }
}
