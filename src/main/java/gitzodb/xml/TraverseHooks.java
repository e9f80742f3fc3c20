package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is called when a folder is traversed (zope-classes §1): {@code __before_traverse__}, a dict of hooks by priority
 * and name, and {@code __before_publishing_traverse__}, which Zope makes of it and which holds the same hooks once more,
 * in the order of their keys. Where they agree they are {@code <before-traverse>}, one {@code <hook>} a hook.
 *
 * @param old true if the instances are of old-style classes
 * @param defined true if the class of the folder has a hook of its own
 * @param hooks in the order of the dict
 */
record TraverseHooks(boolean old, boolean defined, List<Hook> hooks) {
    static final String ELEMENT = "before-traverse";
    static final String DICT = "__before_traverse__";
    static final String MADE = "__before_publishing_traverse__";
    static final String HOOK = "hook";
    static final int SINCE = 2;

    private static final Value.Global MULTI_HOOK = new Value.Global("ZPublisher.BeforeTraverse", "MultiHook");
    private static final String CALLER = "ZPublisher.BeforeTraverse.NameCaller";
    private static final Comparator<Hook> BY_KEY =
            Comparator.comparingLong(Hook::priority).thenComparing(Hook::name, CanonicalOrder.CODE_POINTS);

    /**
     * One hook.
     *
     * @param key the key of the dict
     * @param value an instance that names a child of the folder, or a reference
     */
    record Hook(Value key, long priority, String name, Value value) {
        /** Returns the element, without what it holds if that is a reference. */
        Element element(Dialect dialect) {
            Element element = Element.of(HOOK);
            if (value instanceof Instance caller && caller.callable() instanceof Value.Global global) {
                element = Element.text(HOOK, String.valueOf(called(caller, dialect)));
                String cls = ClassName.of(global).toString();
                element = cls.equals(CALLER) ? element : element.with("class", cls);
            }
            return element.with("name", name).with("priority", Long.toString(priority));
        }
    }

    /** Returns the hooks of an object; empty if the two attributes say anything that the notation does not. */
    static Optional<TraverseHooks> of(PyDict attributes, Sharing sharing, Dialect dialect) {
        if (!(attributes.get(dialect.text(DICT)) instanceof PyDict dict)
                || !(attributes.get(dialect.text(MADE)) instanceof Instance made)
                || !(made.state() instanceof PyDict state)
                || !(state.get(dialect.text("_list")) instanceof PyList list)
                || !isPlain(made)
                || !made.callable().equals(MULTI_HOOK)
                || state.size() != 4
                || !dialect.text(MADE).equals(state.get(dialect.text("_hookname")))
                || !Value.NONE.equals(state.get(dialect.text("_prior")))
                || !(state.get(dialect.text("_defined_in_class")) instanceof Value.Bool(boolean defined))
                || List.of(dict, made, state, list).stream().anyMatch(sharing::isShared)) {
            return Optional.empty();
        }
        List<Hook> hooks = new ArrayList<>();
        for (PyDict.Entry entry : dialect.order().entries(dict.entries())) {
            Hook hook = hook(entry, made.how(), dialect);
            if (hook == null || hook.value instanceof Value.Node node && sharing.isShared(stateOf(node))) {
                return Optional.empty();
            }
            hooks.add(hook);
        }
        TraverseHooks all = new TraverseHooks(made.how() == Instance.How.OBJ, defined, hooks);
        boolean same = !hooks.isEmpty()
                && sameNodes(all.list(), list.items(), dialect)
                && !all.isHeldElsewhere(attributes, dialect);
        return same ? Optional.of(all) : Optional.empty();
    }

    private static Value stateOf(Value.Node node) {
        Value state = node instanceof Instance instance ? instance.state() : null;
        return state == null ? node : state;
    }

    private static @Nullable Hook hook(PyDict.Entry entry, Instance.How how, Dialect dialect) {
        if (!(entry.key() instanceof PyTuple key)
                || key.items().size() != 2
                || !(key.items().getFirst() instanceof Value.Int(long priority))) {
            return null;
        }
        String name = dialect.text(key.items().get(1));
        boolean caller = entry.value() instanceof Instance instance
                && instance.how() == how
                && isPlain(instance)
                && instance.callable() instanceof Value.Global global
                && Leaves.isPlain(ClassName.of(global))
                && called(instance, dialect) != null;
        boolean known = caller || entry.value() instanceof Value.PersistentId;
        boolean fits = name != null && name.length() <= XmlLimits.ATTRIBUTE_LENGTH / 2 && known;
        return fits && name != null ? new Hook(key, priority, name, entry.value()) : null;
    }

    /** True for an instance that is made without arguments and has a state and nothing else. */
    private static boolean isPlain(Instance instance) {
        return (instance.how() == Instance.How.NEWOBJ || instance.how() == Instance.How.OBJ)
                && instance.args() instanceof PyTuple args
                && args.items().isEmpty()
                && instance.kwargs() == null
                && instance.items().isEmpty()
                && instance.entries().isEmpty();
    }

    /** Returns the name that an instance calls, if that is its only attribute. */
    private static @Nullable String called(Instance caller, Dialect dialect) {
        Value name =
                caller.state() instanceof PyDict state && state.size() == 1 ? state.get(dialect.text("name")) : null;
        return name == null ? null : dialect.text(name);
    }

    /** Returns the hooks as the second attribute lists them. */
    private List<Value> list() {
        return hooks.stream().sorted(BY_KEY).map(Hook::value).toList();
    }

    @SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
    private static boolean sameNodes(List<Value> made, List<Value> stored, Dialect dialect) {
        boolean same = made.size() == stored.size();
        for (int i = 0; same && i < made.size(); i++) {
            Value value = made.get(i);
            same = value instanceof Value.PersistentId(Value id)
                            && stored.get(i) instanceof Value.PersistentId(Value other)
                    ? dialect.isSame(id, other)
                    : value == stored.get(i);
        }
        return same;
    }

    /** True if another attribute holds a hook too, or a hook is there under two keys: it would need a mark. */
    private boolean isHeldElsewhere(PyDict attributes, Dialect dialect) {
        Set<Value> ours = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Hook hook : hooks) {
            if (hook.value instanceof Value.Node && !ours.add(hook.value)) {
                return true;
            }
        }
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>();
        for (PyDict.Entry entry : attributes.entries()) {
            String name = dialect.text(entry.key());
            if (!DICT.equals(name) && !MADE.equals(name)) {
                open.push(entry.value());
            }
        }
        while (!open.isEmpty()) {
            Value next = open.pop();
            if (ours.contains(next)) {
                return true;
            }
            if (next instanceof Value.Node && seen.add(next)) {
                RecordWriter.parts(next).forEach(open::push);
            }
        }
        return false;
    }

    /** Returns the key that a {@code <hook>} says. */
    static PyTuple key(Element hook, Dialect dialect) throws Malformed {
        Roles.only(hook, List.of("name", "class", "priority"));
        String name = hook.get("name");
        String priority = String.valueOf(hook.get("priority"));
        if (!hook.name().equals(HOOK) || name == null || !priority.matches("0|-?[1-9][0-9]{0,8}")) {
            throw new Malformed("<" + ELEMENT + "> holds <hook>s with a priority and a name");
        }
        return PyTuple.of(new Value.Int(Long.parseLong(priority)), dialect.text(name));
    }

    /** Returns the hook of an element without a reference: one that calls a child of the folder. */
    static Instance caller(Element hook, boolean old, Dialect dialect) throws Malformed {
        String cls = hook.get("class");
        PyDict state = new PyDict();
        state.put(dialect.text("name"), dialect.text(hook.text()));
        try {
            return instance(ClassName.parse(cls == null ? CALLER : cls).global(), old, state);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not a class name: " + cls);
        }
    }

    /** Returns the value of {@link #DICT}. */
    PyDict dict() {
        PyDict dict = new PyDict();
        hooks.forEach(hook -> dict.put(hook.key, hook.value));
        return dict;
    }

    /** Returns the value of {@link #MADE}. */
    Instance made(Dialect dialect) {
        PyDict state = new PyDict();
        state.put(dialect.text("_hookname"), dialect.text(MADE));
        state.put(dialect.text("_prior"), Value.NONE);
        state.put(dialect.text("_defined_in_class"), defined ? Value.TRUE : Value.FALSE);
        state.put(dialect.text("_list"), new PyList(new ArrayList<>(list())));
        return instance(MULTI_HOOK, old, state);
    }

    private static Instance instance(Value.Global cls, boolean old, PyDict state) {
        return new Instance(old ? Instance.How.OBJ : Instance.How.NEWOBJ, cls, PyTuple.EMPTY, null).state(state);
    }
}
