package gitzodb.demo;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The site of the demonstration, as Zope would have stored it:
 *
 * <pre>
 * Application
 *   index_html        Page Template
 *   shop              Folder
 *     price_list      Script (Python)
 *     find_item       Z SQL Method
 * </pre>
 */
public final class DemoSite {
    private static final int PROTOCOL = 3;
    private static final ClassName MAPPING = new ClassName("persistent.mapping", "PersistentMapping");
    private static final ClassName APPLICATION = new ClassName("OFS.Application", "Application");
    private static final ClassName FOLDER = new ClassName("OFS.Folder", "Folder");
    private static final ClassName SCRIPT = new ClassName("Products.PythonScripts.PythonScript", "PythonScript");
    private static final ClassName TEMPLATE =
            new ClassName("Products.PageTemplates.ZopePageTemplate", "ZopePageTemplate");
    private static final ClassName SQL = new ClassName("Products.ZSQLMethods.SQL", "SQL");

    private static final Oid APPLICATION_OID = new Oid(1);
    private static final Oid TEMPLATE_OID = new Oid(2);
    private static final Oid SHOP_OID = new Oid(3);
    private static final Oid SCRIPT_OID = new Oid(4);
    private static final Oid SQL_OID = new Oid(5);

    private static final String TEMPLATE_TEXT = """
            <html>
              <body>
                <h1 tal:content="here/title">Title</h1>
                <p tal:content="here/shop/price_list">prices</p>
              </body>
            </html>
            """;
    private static final String SCRIPT_BODY = """
            prices = {'tea': 300, 'coffee': 450}
            price = prices.get(sku, 0) * qty
            return price
            """;
    private static final String SQL_TEXT = "select name, price\nfrom item\nwhere <dtml-sqltest sku type=string>";

    private DemoSite() {}

    /** Fills an empty storage with the site, in one transaction. */
    public static void create(Storage storage) throws IOException {
        Map<Oid, ObjectState> states = new TreeMap<>();
        PyDict items = dict();
        items.put(text("Application"), ref(APPLICATION_OID, APPLICATION));
        states.put(Oid.ROOT, new ObjectState(ClassMeta.of(MAPPING), dict("data", items)));

        PyDict application = dict("title", text("Corner shop"));
        hold(application, "index_html", "Page Template", TEMPLATE_OID, TEMPLATE);
        hold(application, "shop", "Folder", SHOP_OID, FOLDER);
        states.put(APPLICATION_OID, new ObjectState(ClassMeta.of(APPLICATION), application));

        PyDict shop = dict("id", text("shop"), "title", text("The shop"));
        shop.put(text("_View_Permission"), PyTuple.of(text("Clerk"), text("Manager")));
        hold(shop, "price_list", "Script (Python)", SCRIPT_OID, SCRIPT);
        hold(shop, "find_item", "Z SQL Method", SQL_OID, SQL);
        states.put(SHOP_OID, new ObjectState(ClassMeta.of(FOLDER), shop));

        states.put(TEMPLATE_OID, new ObjectState(ClassMeta.of(TEMPLATE), template()));
        states.put(SCRIPT_OID, script(SCRIPT_BODY));
        states.put(SQL_OID, new ObjectState(ClassMeta.of(SQL), sql()));
        store(storage, " admin", "/manage_main", Tid.NONE, states);
    }

    /** Changes the price of tea, as the user {@code ida} would in the browser. */
    public static void raiseThePriceOfTea(Storage storage) throws IOException {
        edit(storage, SCRIPT_BODY.replace("'tea': 300", "'tea': 320"));
    }

    /** Gives the script with the prices another body, as that user would. */
    public static void edit(Storage storage, String body) throws IOException {
        Tid base;
        try (var snapshot = storage.snapshot()) {
            base = snapshot.load(SCRIPT_OID).orElseThrow().tid();
        }
        store(
                storage,
                "/acl_users ida",
                "/shop/price_list/ZPythonScriptHTML_editAction",
                base,
                Map.of(SCRIPT_OID, script(body)));
    }

    private static void store(Storage storage, String user, String description, Tid base, Map<Oid, ObjectState> states)
            throws IOException {
        try (StorageTransaction transaction = storage.begin(Bytes.utf8(user), Bytes.utf8(description), Bytes.EMPTY)) {
            for (Map.Entry<Oid, ObjectState> each : states.entrySet()) {
                transaction.store(
                        each.getKey(), base, ObjectRecord.write(each.getValue(), storage.generation(), PROTOCOL));
            }
            transaction.vote();
            transaction.finish();
        }
    }

    private static ObjectState script(String body) {
        return new ObjectState(
                ClassMeta.of(SCRIPT),
                dict(
                        "id", text("price_list"),
                        "title", text("Price list"),
                        "_params", text("sku, qty=1"),
                        "_body", text(body),
                        "_bind_names", bindings()));
    }

    private static PyDict template() {
        return dict(
                "id", text("index_html"),
                "title", text(""),
                "_text", text(TEMPLATE_TEXT),
                "content_type", text("text/html"),
                "output_encoding", text("utf-8"),
                "expand", new Value.Int(0));
    }

    private static PyDict sql() {
        Instance compiled = Instance.newobj(new Value.Global("Shared.DC.ZRDB.DA", "SQL"))
                .state(dict(
                        "raw", text(SQL_TEXT),
                        "globals", dict(),
                        "_vars", dict(),
                        "encoding", text("UTF-8"),
                        "__name__", text("<string>")));
        Instance arguments = Instance.newobj(new Value.Global("Shared.DC.ZRDB.Aqueduct", "Args"))
                .state(dict("_data", dict("sku", dict()), "_keys", new gitzodb.pickle.PyList(List.of(text("sku")))));
        return dict(
                "id", text("find_item"),
                "title", text("Find an item"),
                "connection_id", text("db"),
                "arguments_src", text("sku"),
                "src", text(SQL_TEXT),
                "_arg", arguments,
                "template", compiled);
    }

    private static Instance bindings() {
        PyDict names = dict(
                "name_context", text("context"),
                "name_container", text("container"),
                "name_m_self", text("script"),
                "name_subpath", text("traverse_subpath"));
        return Instance.newobj(new Value.Global("Shared.DC.Scripts.Bindings", "NameAssignments"))
                .state(dict("_asgns", names));
    }

    /** Puts a child into a folder's state: the entry in {@code _objects} and the attribute. */
    private static void hold(PyDict folder, String id, String metaType, Oid oid, ClassName name) {
        List<Value> children = folder.get("_objects") instanceof PyTuple tuple ? tuple.items() : List.of();
        List<Value> all = new java.util.ArrayList<>(children);
        all.add(dict("id", text(id), "meta_type", text(metaType)));
        folder.put(text("_objects"), new PyTuple(all));
        folder.put(text(id), ref(oid, name));
    }

    private static Value ref(Oid oid, ClassName name) {
        return new Value.PersistentId(PyTuple.of(new Value.Binary(oid.bytes()), name.global()));
    }

    private static Value.Text text(String value) {
        return new Value.Text(value);
    }

    /** Returns a dict of names and values, in turn. */
    private static PyDict dict(Object... namesAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            dict.put(text((String) namesAndValues[i]), (Value) namesAndValues[i + 1]);
        }
        return dict;
    }
}
