package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PickleWriter;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a database as Zope 2.13 on Python 2 left them: {@code FS21}, protocol 1, 8-bit strings, old-style instances,
 * classes spelled in old ways, BTrees, dicts in hash order, and objects that nothing refers to.
 */
public final class Python2Site {
    private static final int PROTOCOL = 1;
    private static final int BUCKET_SIZE = 30;

    private final Random random;
    private final SortedMap<Oid, Bytes> records = new TreeMap<>();
    private long nextOid = 1;

    private Python2Site(long seed) {
        random = new Random(seed);
    }

    /** Creates the database. The same seed and size give the same bytes. */
    public static void create(Path dataFs, long seed, int folders) throws IOException {
        Python2Site site = new Python2Site(seed);
        site.fill(folders);
        FileStorage.Options options = FileStorage.Options.of(() -> Instant.parse("2011-05-06T07:08:09Z"));
        try (FileStorage storage = FileStorage.create(dataFs, Generation.PYTHON2, options);
                StorageTransaction transaction =
                        storage.begin(latin1("/ ida"), latin1("/manage_main\n\nFr\u00fchjahr"), Bytes.EMPTY)) {
            for (Map.Entry<Oid, Bytes> record : site.records.entrySet()) {
                transaction.store(record.getKey(), Tid.NONE, record.getValue());
            }
            transaction.vote();
            transaction.finish();
        }
    }

    private void fill(int folders) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < folders; i++) {
            items.add("folder" + i);
            items.add(folder(i));
        }
        items.addAll(List.of("mime", mimeTypes(), "counts", tree(300), "values", oddValues()));
        items.addAll(List.of("properties", properties(), "old", oldStyle(), "users", userFolder()));
        items.addAll(List.of("paired", pairedClass(), "gone", goneClass()));
        List<Value> listed = new ArrayList<>();
        for (int i = 0; i < folders; i++) {
            listed.add(dict("id", "folder" + i, "meta_type", "Folder"));
        }
        listed.add(dict("id", "properties", "meta_type", "Folder"));
        listed.add(dict("id", "old", "meta_type", "Old Thing"));
        items.addAll(List.of("_objects", new PyTuple(listed)));
        Value application = add(global("OFS.Application", "Application"), dict(items.toArray()));
        store(
                Oid.ROOT,
                global("persistent.mapping", "PersistentMapping"),
                dict("data", dict("Application", application)));
        add(global("OFS.Folder", "Folder"), dict("id", "garbage", "peer", script(999)));
    }

    private Value folder(int number) {
        Value script = script(number);
        Value template = add(
                global("Products.PageTemplates.ZopePageTemplate", "ZopePageTemplate"),
                dict(
                        "id",
                        "page",
                        "_text",
                        new Value.Text("<p>Gr\u00fc\u00dfe " + number + "</p>\n"),
                        "title",
                        str("Gr\u00fc\u00dfe"),
                        "content_type",
                        "text/html",
                        "expand",
                        Value.FALSE));
        Value listing = PyTuple.of(
                dict("id", "script", "meta_type", "Script (Python)"), dict("id", "page", "meta_type", "Page Template"));
        return add(
                global("OFS.Folder", "Folder"),
                dict(
                        "id",
                        "folder" + number,
                        "title",
                        str("Ordner \u00e4"),
                        "_objects",
                        listing,
                        "script",
                        script,
                        "page",
                        template,
                        "_owner",
                        PyTuple.of(new PyList(List.of(str("acl_users"))), str("ida")),
                        "__ac_local_roles__",
                        dict("ida", new PyList(List.of(str("Owner"))))));
    }

    /** One property of every type that Zope 2.13 has, texts as UTF-8, as its forms stored them. */
    private Value properties() {
        List<Value> schema = new ArrayList<>();
        schema.add(dict("id", "title", "type", "string", "mode", "wd"));
        List<Object> state = new ArrayList<>(List.of("id", "properties", "title", utf8("Gr\u00f6\u00dfe")));
        state.addAll(List.of("choices", PyTuple.of(str("red"), utf8("gr\u00fcn"))));
        schema.add(dict("id", "choices", "type", "lines"));
        Map<String, Value> values = new TreeMap<>();
        values.put("boolean", Value.TRUE);
        values.put("date", dateTime());
        values.put("float", Value.PyFloat.of(0.1));
        values.put("int", new Value.Int(-7));
        values.put("lines", new PyList(List.of(str("one"), utf8("zw\u00f6lf"))));
        values.put("long", new Value.BigInt(BigInteger.valueOf(7)));
        values.put("multiple selection", new PyList(List.of(str("red"), utf8("gr\u00fcn"))));
        values.put("selection", str("red"));
        values.put("string", str("Latin: \u00e4"));
        values.put("text", utf8("one\ntw\u00f6\n"));
        values.put("tokens", new PyList(List.of(str("a"), str("b"))));
        values.put("ulines", PyTuple.of(new Value.Text("\u00e4"), new Value.Text("b")));
        values.put("ustring", new Value.Text("\u00e4 \ud83d\ude00"));
        values.put("utext", new Value.Text("\u00e4\r\nb"));
        values.put("utokens", PyTuple.of(new Value.Text("\u00f6")));
        values.forEach((type, value) -> {
            String id = "a_" + type.replace(' ', '_');
            PyDict entry = dict("id", id, "type", type);
            if (type.endsWith("selection")) {
                entry.put(str("select_variable"), str("choices"));
            }
            schema.add(entry);
            state.addAll(List.of(id, value));
        });
        state.addAll(List.of("_properties", new PyTuple(schema)));
        return add(global("OFS.Folder", "Folder"), dict(state.toArray()));
    }

    /** A date as DateTime of Zope 2.9 wrote it: an old-style instance with all its parts. */
    private Value dateTime() {
        Instance date = new Instance(Instance.How.OBJ, global("DateTime.DateTime", "DateTime"), PyTuple.EMPTY, null);
        return date.state(dict(
                "_amon",
                "May",
                "_aday",
                "Fri",
                "_year",
                new Value.Int(2011),
                "_month",
                new Value.Int(5),
                "_day",
                new Value.Int(6),
                "_t",
                Value.PyFloat.of(1304665689.0),
                "_tz",
                "GMT+2"));
    }

    /** Instances of classes without {@code object} for a base: with and without arguments, and inside each other. */
    private Value oldStyle() {
        Instance inner = new Instance(Instance.How.OBJ, global("Products.Old.thing", "Part"), PyTuple.EMPTY, null);
        inner.state(dict("size", new Value.Int(3), "name", utf8("T\u00fcr")));
        Instance outer = new Instance(
                Instance.How.OBJ, global("Products.Old.thing", "Whole"), PyTuple.of(str("argument")), null);
        outer.state(dict("parts", new PyList(List.of(inner)), "first", inner));
        Instance stateless = new Instance(Instance.How.OBJ, global("Products.Old.thing", "Empty"), PyTuple.EMPTY, null);
        return add(
                global("OFS.SimpleItem", "SimpleItem"),
                dict("id", "old", "whole", outer, "empty", stateless, "title", ""));
    }

    private Value userFolder() {
        Value user = add(
                global("AccessControl.User", "User"),
                dict(
                        "name",
                        utf8("zo\u00eb"),
                        "__",
                        "secret",
                        "roles",
                        new PyList(List.of(str("Manager"))),
                        "domains",
                        new PyList(List.of())));
        PyDict users = new PyDict();
        users.put(utf8("zo\u00eb"), user);
        Value data = add(global("ZODB.PersistentMapping", "PersistentMapping"), dict("_container", users));
        return add(global("AccessControl.User", "UserFolder"), dict("data", data));
    }

    private Value script(int number) {
        Instance code = new Instance(
                Instance.How.OBJ,
                global("Shared.DC.Scripts.Signature", "FuncCode"),
                PyTuple.of(str("context"), new Value.Int(1)),
                null);
        code.state(dict("co_varnames", PyTuple.of(str("context")), "co_argcount", new Value.Int(1)));
        return add(
                global("Products.PythonScripts.PythonScript", "PythonScript"),
                dict(
                        "id",
                        "script",
                        "_body",
                        str("# \u00fc\nreturn " + number + "\n"),
                        "_params",
                        "context",
                        "func_code",
                        code,
                        "func_defaults",
                        Value.NONE,
                        "Python_magic",
                        str("\u00b3\u00f2\r\n"),
                        "Script_magic",
                        new Value.Int(3),
                        "warnings",
                        PyTuple.of(),
                        "_proxy_roles",
                        PyTuple.of(str("Manager"))));
    }

    private Value mimeTypes() {
        PyDict types = dict("text/html", str("html"), "application/x-gzip", str("gz"), "image/jpeg", str("jpg"));
        return add(global("persistent.mapping", "PersistentMapping"), dict("data", types));
    }

    private Value oddValues() {
        PyList shared = new PyList(List.of(str("shared")));
        return add(
                global("OFS.SimpleItem", "SimpleItem"),
                dict(
                        "id",
                        "values",
                        "yes",
                        Value.TRUE,
                        "no",
                        Value.FALSE,
                        "long",
                        new Value.BigInt(BigInteger.ONE),
                        "large",
                        new Value.BigInt(BigInteger.TEN.pow(40).negate()),
                        "wide",
                        new Value.Int(1L << 40),
                        "float",
                        Value.PyFloat.of(-0.0),
                        "binary",
                        str("\u0000\u00ff\u0080"),
                        "unicode",
                        new Value.Text("\u00fc \ud83d\ude00"),
                        "first",
                        shared,
                        "second",
                        shared));
    }

    /** A class spelled as ((module, name), None), referred to by its oid alone. */
    private Value pairedClass() {
        Value pair = PyTuple.of(str("Products.Old.Thing"), str("Thing"));
        Oid oid = new Oid(nextOid++);
        store(oid, PyTuple.of(pair, Value.NONE), dict("id", "paired"));
        return new Value.PersistentId(new Value.Str(oid.bytes()));
    }

    /** A class with arguments, referred to by its oid and the pair of its names. */
    private Value goneClass() {
        Value pair = PyTuple.of(str("Products.Gone"), str("Gone"));
        Oid oid = new Oid(nextOid++);
        store(oid, PyTuple.of(pair, PyTuple.of(str("argument"))), dict("id", "gone"));
        return reference(oid, pair);
    }

    private Value tree(int size) {
        Value bucketClass = global("BTrees._OOBTree", "OOBucket");
        List<Value> children = new ArrayList<>();
        int buckets = (size + BUCKET_SIZE - 1) / BUCKET_SIZE;
        long first = nextOid;
        nextOid += buckets;
        for (int bucket = 0; bucket < buckets; bucket++) {
            List<Value> entries = new ArrayList<>();
            for (int i = bucket * BUCKET_SIZE; i < Math.min(size, (bucket + 1) * BUCKET_SIZE); i++) {
                entries.add(str("key%05d".formatted(i)));
                entries.add(new Value.Int(i));
            }
            if (bucket > 0) {
                children.add(entries.getFirst());
            }
            Oid oid = new Oid(first + bucket);
            children.add(reference(oid, bucketClass));
            Value flat = new PyTuple(entries);
            boolean last = bucket == buckets - 1;
            Value state = last ? PyTuple.of(flat) : PyTuple.of(flat, reference(oid.next(), bucketClass));
            store(oid, bucketClass, state);
        }
        Value state = PyTuple.of(new PyTuple(children), reference(new Oid(first), bucketClass));
        return add(global("BTrees._OOBTree", "OOBTree"), state);
    }

    private Value add(Value.Global cls, Value state) {
        Oid oid = new Oid(nextOid++);
        store(oid, cls, state);
        return reference(oid, cls);
    }

    private void store(Oid oid, Value meta, Value state) {
        PickleWriter writer = new PickleWriter(Generation.PYTHON2, PROTOCOL);
        writer.write(meta);
        writer.write(state);
        records.put(oid, writer.toBytes());
    }

    private static Value reference(Oid oid, Value cls) {
        return new Value.PersistentId(PyTuple.of(new Value.Str(oid.bytes()), cls));
    }

    /** Returns a dict in an order that means nothing; a value that is text becomes an 8-bit string. */
    private PyDict dict(Object... items) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < items.length; i += 2) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        PyDict dict = new PyDict();
        for (int i : order) {
            Value value = items[i + 1] instanceof Value given ? given : str((String) items[i + 1]);
            dict.put(str((String) items[i]), value);
        }
        return dict;
    }

    private static Value.Global global(String module, String name) {
        return new Value.Global(module, name);
    }

    private static Value.Str str(String text) {
        return new Value.Str(latin1(text));
    }

    private static Value.Str utf8(String text) {
        return new Value.Str(Bytes.utf8(text));
    }

    private static Bytes latin1(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
