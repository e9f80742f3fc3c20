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
        items.addAll(List.of("paired", pairedClass(), "gone", goneClass()));
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

    private static Bytes latin1(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
