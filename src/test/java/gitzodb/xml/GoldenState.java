package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The states behind the golden files, one a construct. */
enum GoldenState {
    LEAVES(Generation.PYTHON3) {
        @Override
        Value attributes() {
            return dict(
                    "none",
                    Value.NONE,
                    "true",
                    Value.TRUE,
                    "false",
                    Value.FALSE,
                    "int",
                    number(-5),
                    "big",
                    new Value.BigInt(BigInteger.TWO.pow(70)),
                    "huge",
                    new Value.BigInt(BigInteger.TWO.pow(3400).negate()),
                    "float",
                    Value.PyFloat.of(0.1),
                    "float-large",
                    Value.PyFloat.of(1e22),
                    "float-whole",
                    Value.PyFloat.of(-3),
                    "float-inf",
                    Value.PyFloat.of(Double.NEGATIVE_INFINITY),
                    "float-nan",
                    Value.PyFloat.of(Double.NaN),
                    "float-odd-nan",
                    new Value.PyFloat(0xfff8000000000001L),
                    "global",
                    new Value.Global("OFS.Folder", "Folder"),
                    "global-nested",
                    new Value.Global("a.b", "Outer.Inner"),
                    "global-odd",
                    new Value.Global("a:b", "c\u0001"),
                    "extension",
                    new Value.Extension(7),
                    "reference",
                    reference(1));
        }
    },
    SECRETS(Generation.PYTHON3) {
        @Override
        Value attributes() {
            PyDict settings = dict("host", text("mail"), "key", Value.WITHHELD);
            settings.put(number(1), Value.WITHHELD);
            Value.Global cls = new Value.Global("BTrees.IOBTree", "IOBTree");
            return dict("data", new Value.LeftOut(cls), "password", Value.WITHHELD, "settings", settings);
        }
    },
    TEXTS(Generation.PYTHON3) {
        @Override
        Value attributes() {
            return dict(
                    "empty", text(""),
                    "markup", text("<a href=\"x\">&amp;</a> ]]>"),
                    "lines", text("one\n\ttwo\n"),
                    "spaces", text("  a  "),
                    "crlf", text("one\r\ntwo\\three"),
                    "control", text("a\u0000b\u0085\ufffe"),
                    "surrogate", text("a\ud800b"),
                    "odd", new Value.OddText(Bytes.parseHex("61eda080edb08062")),
                    "astral", text("\ud83d\ude00"),
                    "bytes", new Value.Binary(Bytes.utf8("plain ü")),
                    "bytes-latin", new Value.Binary(Bytes.parseHex("506c61696e20fc2074657874")),
                    "bytes-binary", new Value.Binary(Bytes.parseHex("00ff00ff")),
                    "bytes-long", new Value.Binary(Bytes.of(new byte[100])));
        }
    },
    PYTHON2(Generation.PYTHON2) {
        @Override
        Value attributes() {
            PyDict mixed = new PyDict();
            mixed.put(number(10), Value.NONE);
            mixed.put(number(9), Value.NONE);
            mixed.put(str("b"), Value.NONE);
            mixed.put(text("ü"), Value.NONE);
            mixed.put(str("a"), Value.NONE);
            PyDict state = new PyDict();
            state.put(str("str"), str("plain"));
            state.put(str("latin"), new Value.Str(Bytes.parseHex("506c61696e20fc2074657874")));
            state.put(str("crlf"), new Value.Str(Bytes.parseHex("fc0d0a616263646566676869")));
            state.put(str("unicode"), text("plain"));
            state.put(
                    str("__ac_local_roles__"),
                    python2("zoe", new PyList(List.of(str("Owner"))), "ida", new PyList(List.of(str("Clerk")))));
            state.put(
                    str("_properties"),
                    PyTuple.of(python2("mode", str("w"), "type", str("ustring"), "id", str("title"))));
            state.put(str("title"), text("ü"));
            state.put(str("binary"), new Value.Binary(Bytes.utf8("zodbpickle")));
            state.put(str("long"), new Value.BigInt(BigInteger.ONE));
            state.put(str("int"), number(1));
            state.put(text("unicode-name"), number(2));
            state.put(str("mixed"), mixed);
            state.put(
                    str("old"),
                    new Instance(Instance.How.OBJ, new Value.Global("m", "Old"), PyTuple.EMPTY, null)
                            .state(new PyDict()));
            state.put(
                    str("new"),
                    Instance.reduce(
                            new Value.Global("copy_reg", "_reconstructor"),
                            new Value.Global("m", "New"),
                            new Value.Global("__builtin__", "object"),
                            Value.NONE));
            return state;
        }
    },
    CONTAINERS(Generation.PYTHON3) {
        @Override
        Value attributes() {
            PyDict keys = new PyDict();
            keys.put(text("z"), number(1));
            keys.put(text("a"), number(2));
            keys.put(number(1), text("int"));
            keys.put(PyTuple.of(text("a"), number(1)), text("tuple"));
            keys.put(text("c\r"), text("odd"));
            return dict(
                    "list",
                    new PyList(List.of(number(1), text("two"), Value.NONE)),
                    "list-empty",
                    new PyList(),
                    "list-long",
                    new PyList(Arrays.asList(text("a".repeat(30)), text("b".repeat(30)), text("c".repeat(30)))),
                    "tuple",
                    PyTuple.of(PyTuple.of(number(1), number(2)), PyTuple.EMPTY),
                    "dict",
                    keys,
                    "set",
                    Instance.reduce(new Value.Global("builtins", "set"), new PyList(List.of(text("b"), text("a")))),
                    "set-of-python2",
                    Instance.reduce(new Value.Global("__builtin__", "frozenset"), new PyList()));
        }
    },
    SHARING(Generation.PYTHON3) {
        @Override
        Value attributes() {
            PyList shared = new PyList(List.of(number(1)));
            PyList cycle = new PyList();
            cycle.items().add(PyTuple.of(cycle, shared));
            Instance instance = Instance.newobj(new Value.Global("m", "C"));
            PyDict own = dict("me", instance);
            instance.state(own);
            PyTuple tuple = PyTuple.of(number(1));
            return dict("a", shared, "b", shared, "c", cycle, "d", instance, "e", tuple, "f", tuple, "g", own);
        }
    },
    INSTANCES(Generation.PYTHON3) {
        @Override
        Value attributes() {
            Instance ordered = Instance.reduce(new Value.Global("collections", "OrderedDict"));
            ordered.entries().add(new PyDict.Entry(text("k"), number(1)));
            Instance deque = Instance.reduce(new Value.Global("collections", "deque"));
            deque.items().add(number(1));
            return dict(
                    "plain", Instance.newobj(new Value.Global("m", "C")).state(dict("x", number(1))),
                    "no-state", Instance.newobj(new Value.Global("m", "C")),
                    "empty-state", Instance.newobj(new Value.Global("m", "C")).state(new PyDict()),
                    "other-state",
                            Instance.newobj(new Value.Global("m", "C"), number(1))
                                    .state(number(2)),
                    "slots",
                            Instance.newobj(new Value.Global("m", "C"))
                                    .state(PyTuple.of(Value.NONE, dict("s", number(1)))),
                    "keywords",
                            new Instance(
                                    Instance.How.NEWOBJ_EX,
                                    new Value.Global("m", "C"),
                                    PyTuple.EMPTY,
                                    dict("k", number(1))),
                    "ordered", ordered,
                    "deque", deque);
        }
    },
    KNOWN(Generation.PYTHON3) {
        @Override
        Value attributes() {
            Value utc = Instance.reduce(new Value.Global("pytz", "_UTC"));
            Value zoned =
                    Instance.reduce(new Value.Global("datetime", "datetime"), binary("07e8050a0c1e00000000"), utc);
            Value other =
                    Instance.reduce(new Value.Global("datetime", "datetime"), binary("07e8050a0c1e00000001"), utc);
            return dict(
                    "datetime",
                    Instance.reduce(new Value.Global("datetime", "datetime"), binary("07e8050a0c1e3b01e240")),
                    "datetime-odd",
                    Instance.reduce(new Value.Global("datetime", "datetime"), binary("07e8ff0a0c1e3b01e240")),
                    "datetime-zone",
                    zoned,
                    "datetime-zone-shared",
                    other,
                    "date",
                    Instance.reduce(new Value.Global("datetime", "date"), binary("07e8050a")),
                    "time",
                    Instance.reduce(new Value.Global("datetime", "time"), binary("0c1e00000000")),
                    "timedelta",
                    Instance.reduce(new Value.Global("datetime", "timedelta"), number(1), number(3600), number(0)),
                    "zope-datetime",
                    zopeDateTime(number(1_714_557_600_000_000L), false),
                    "zope-datetime-float",
                    zopeDateTime(Value.PyFloat.of(1_714_557_600.25), true),
                    "timezone",
                    Instance.reduce(
                            new Value.Global("datetime", "timezone"),
                            Instance.reduce(
                                    new Value.Global("datetime", "timedelta"), number(-1), number(84_570), number(0))),
                    "enum",
                    Instance.reduce(new Value.Global("m", "Status"), number(1)),
                    "decimal",
                    Instance.reduce(new Value.Global("decimal", "Decimal"), text("1.10")),
                    "uuid",
                    Instance.newobj(new Value.Global("uuid", "UUID"))
                            .state(dict("int", new Value.BigInt(BigInteger.ONE.shiftLeft(127)))),
                    "complex",
                    Instance.reduce(
                            new Value.Global("builtins", "complex"), Value.PyFloat.of(1.5), Value.PyFloat.of(-0.0)),
                    "bytearray",
                    Instance.reduce(new Value.Global("builtins", "bytearray"), binary("6162")),
                    "pattern",
                    Instance.reduce(new Value.Global("re", "_compile"), text("a.*b"), new Value.Int(32)),
                    "message",
                    message(text("Hours"), text("plone"), text("opening_hours")),
                    "message-of-nothing",
                    message(text("Hours"), Value.NONE, Value.NONE),
                    "message-with-mapping",
                    Instance.reduce(
                            new Value.Global("zope.i18nmessageid.message", "Message"),
                            text("x"),
                            text("plone"),
                            Value.NONE,
                            dict("n", text("7"))),
                    "__provides__",
                    Instance.reduce(
                            new Value.Global("zope.interface.declarations", "Provides"),
                            new Value.Global("m", "C"),
                            new Value.Global("m.interfaces", "IMarker")));
        }
    },
    ZOPE(Generation.PYTHON3) {
        @Override
        Value attributes() {
            return dict(
                    "_View_Permission", PyTuple.of(text("Clerk"), text("Manager")),
                    "_Add_Folders_Permission", new PyList(List.of(text("Manager"))),
                    "_Odd_Permission", new PyList(List.of(number(1))),
                    "__ac_local_roles__",
                            dict("ida", new PyList(List.of(text("Owner"))), "bo", PyTuple.of(text("Clerk"))),
                    "__ac_roles__", PyTuple.of(text("Clerk")),
                    "_proxy_roles", PyTuple.of(text("Manager")),
                    "_owner", PyTuple.of(new PyList(List.of(text("acl_users"))), text("ida")),
                    "_bind_names",
                            Instance.newobj(new Value.Global("Shared.DC.Scripts.Bindings", "NameAssignments"))
                                    .state(dict("_asgns", dict("name_context", text("context")))),
                    "_properties",
                            PyTuple.of(
                                    dict("id", text("title"), "type", text("string"), "mode", text("wd")),
                                    dict("id", text("tags"), "type", text("lines")),
                                    dict("id", text("absent"), "type", text("int")),
                                    dict("id", text("target"), "type", text("string"))),
                    "title", text("Price list"),
                    "tags", PyTuple.of(text("a"), text("b")),
                    "target", reference(1));
        }
    },
    META(Generation.PYTHON3) {
        @Override
        Value attributes() {
            return PyTuple.of(dict("a", number(1)), dict("slot", number(2)));
        }

        @Override
        ClassMeta meta() {
            return new ClassMeta(ClassMeta.Spelling.PAIR, new Value.Global("m", "Outer.Inner"), PyTuple.of(number(1)));
        }
    },
    STATE(Generation.PYTHON3) {
        @Override
        Value attributes() {
            return number(7);
        }
    };

    private final Generation generation;

    GoldenState(Generation generation) {
        this.generation = generation;
    }

    Generation generation() {
        return generation;
    }

    String file() {
        return name().toLowerCase(Locale.ROOT) + ".xml";
    }

    ObjectState state() {
        return new ObjectState(meta(), attributes());
    }

    abstract Value attributes();

    ClassMeta meta() {
        return ClassMeta.of(new ClassName("m", "C"));
    }

    private static PyDict dict(Object... keysAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dict.put(text((String) keysAndValues[i]), (Value) keysAndValues[i + 1]);
        }
        return dict;
    }

    private static Value zopeDateTime(Value moment, boolean naive) {
        return Instance.newobj(new Value.Global("DateTime.DateTime", "DateTime"))
                .state(PyTuple.of(moment, new Value.Bool(naive), text("GMT+2")));
    }

    private static Value message(Value text, Value domain, Value standard) {
        return Instance.reduce(
                new Value.Global("zope.i18nmessageid.message", "Message"),
                text,
                domain,
                standard,
                Value.NONE,
                Value.NONE,
                Value.NONE,
                Value.NONE);
    }

    /** Returns a dict in an order that means nothing. */
    private static PyDict python2(Object... keysAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dict.put(str((String) keysAndValues[i]), (Value) keysAndValues[i + 1]);
        }
        return dict;
    }

    private static Value number(long number) {
        return new Value.Int(number);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value str(String text) {
        return new Value.Str(Bytes.utf8(text));
    }

    private static Value binary(String hex) {
        return new Value.Binary(Bytes.parseHex(hex));
    }

    private static Value reference(int number) {
        return new Value.PersistentId(new Value.Int(number));
    }
}
