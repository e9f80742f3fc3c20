package gitzodb.benchmark;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states that Zope stores for the objects of a site, of the attributes given. */
final class States {
    static final ClassName MAPPING = new ClassName("persistent.mapping", "PersistentMapping");
    static final ClassName APPLICATION = new ClassName("OFS.Application", "Application");
    static final ClassName FOLDER = new ClassName("OFS.Folder", "Folder");
    static final ClassName SCRIPT = new ClassName("Products.PythonScripts.PythonScript", "PythonScript");
    static final ClassName TEMPLATE = new ClassName("Products.PageTemplates.ZopePageTemplate", "ZopePageTemplate");
    static final ClassName SQL = new ClassName("Products.ZSQLMethods.SQL", "SQL");
    static final ClassName FILE = new ClassName("OFS.Image", "File");
    static final ClassName PDATA = new ClassName("OFS.Image", "Pdata");
    static final ClassName METHOD = new ClassName("OFS.DTMLMethod", "DTMLMethod");
    static final ClassName UNKNOWN = new ClassName("Products.Shop.Catalogue", "Article");

    private States() {}

    /** A child of a folder. */
    record Child(String id, String metaType, Oid oid, ClassName cls) {}

    static ObjectState root(Oid application) {
        PyDict items = dict("Application", ref(application, APPLICATION));
        return new ObjectState(ClassMeta.of(MAPPING), dict("data", items));
    }

    static ObjectState folder(ClassName cls, String id, String title, List<Child> children) {
        PyDict state =
                cls.equals(APPLICATION) ? dict("title", text(title)) : dict("id", text(id), "title", text(title));
        List<Value> listed = new ArrayList<>(children.size());
        for (Child child : children) {
            listed.add(dict("id", text(child.id()), "meta_type", text(child.metaType())));
            state.put(text(child.id()), ref(child.oid(), child.cls()));
        }
        state.put(text("_objects"), new PyTuple(listed));
        return new ObjectState(ClassMeta.of(cls), state);
    }

    static ObjectState script(String id, String parameters, String body) {
        PyDict names = dict(
                "name_context", text("context"),
                "name_container", text("container"),
                "name_m_self", text("script"),
                "name_subpath", text("traverse_subpath"));
        Instance bindings = Instance.newobj(new Value.Global("Shared.DC.Scripts.Bindings", "NameAssignments"))
                .state(dict("_asgns", names));
        return new ObjectState(
                ClassMeta.of(SCRIPT),
                dict(
                        "id", text(id),
                        "title", text(""),
                        "_params", text(parameters),
                        "_body", text(body),
                        "_bind_names", bindings,
                        "_owner", PyTuple.of(new PyList(List.of(text("acl_users"))), text("ida")),
                        "_View_Permission", PyTuple.of(text("Clerk"), text("Manager"))));
    }

    static ObjectState template(String id, String source) {
        return new ObjectState(
                ClassMeta.of(TEMPLATE),
                dict(
                        "id", text(id),
                        "title", text(id),
                        "_text", text(source),
                        "content_type", text("text/html"),
                        "output_encoding", text("utf-8"),
                        "expand", new Value.Int(0)));
    }

    static ObjectState sql(String id, String argument, String source) {
        Instance compiled = Instance.newobj(new Value.Global("Shared.DC.ZRDB.DA", "SQL"))
                .state(dict(
                        "raw", text(source),
                        "globals", dict(),
                        "_vars", dict(),
                        "encoding", text("UTF-8"),
                        "__name__", text("<string>")));
        Instance arguments = Instance.newobj(new Value.Global("Shared.DC.ZRDB.Aqueduct", "Args"))
                .state(dict("_data", dict(argument, dict()), "_keys", new PyList(List.of(text(argument)))));
        return new ObjectState(
                ClassMeta.of(SQL),
                dict(
                        "id", text(id),
                        "title", text(id),
                        "connection_id", text("db"),
                        "arguments_src", text(argument),
                        "src", text(source),
                        "_arg", arguments,
                        "template", compiled));
    }

    static ObjectState file(String id, String contentType, long size, Value data) {
        return new ObjectState(
                ClassMeta.of(FILE),
                dict(
                        "__name__", text(id),
                        "title", text(""),
                        "content_type", text(contentType),
                        "precondition", text(""),
                        "size", new Value.Int(size),
                        "data", data));
    }

    /** A piece of a large file. */
    static ObjectState pdata(byte[] data, @Nullable Oid next) {
        PyDict state = dict("data", binary(data), "next", next == null ? Value.NONE : ref(next, PDATA));
        return new ObjectState(ClassMeta.of(PDATA), state);
    }

    static ObjectState method(String id, String source) {
        return new ObjectState(
                ClassMeta.of(METHOD),
                dict("__name__", text(id), "title", text(""), "raw", text(source), "globals", dict(), "_vars", dict()));
    }

    /** An object of a class that is known to nobody. */
    static ObjectState unknown(String id, int number) {
        return new ObjectState(
                ClassMeta.of(UNKNOWN),
                dict(
                        "id",
                        text(id),
                        "number",
                        new Value.Int(number),
                        "price",
                        Value.PyFloat.of(number / 100.0),
                        "sizes",
                        new PyList(List.of(text("S"), text("M"), text("L"))),
                        "stock",
                        dict("north", new Value.Int(number % 7), "south", new Value.Int(number % 11)),
                        "active",
                        new Value.Bool(number % 2 == 0)));
    }

    static Value binary(byte[] bytes) {
        return new Value.Binary(gitzodb.bytes.Bytes.wrap(bytes));
    }

    static Value ref(Oid oid, ClassName cls) {
        return new Value.PersistentId(PyTuple.of(new Value.Binary(oid.bytes()), cls.global()));
    }

    private static Value.Text text(String value) {
        return new Value.Text(value);
    }

    private static PyDict dict(Object... namesAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            dict.put(text((String) namesAndValues[i]), (Value) namesAndValues[i + 1]);
        }
        return dict;
    }
}
