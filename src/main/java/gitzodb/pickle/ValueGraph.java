package gitzodb.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two graphs of values in one walk: kinds, content, order, and which lists, dicts and instances are one object.
 * Whether equal tuples are one object is not compared. Takes time in proportion to the size, also where tuples are shared
 * many times over.
 */
@SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
public final class ValueGraph {
    private final boolean statesUnordered;
    private final boolean dictsUnordered;
    private final IdentityHashMap<Value, Value> partners = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Value> partnersBack = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Value> tupleClasses = new IdentityHashMap<>();
    /** Pairs that are to be compared, one value after the other. */
    private final Deque<Value> pending = new ArrayDeque<>();

    private ValueGraph(boolean statesUnordered, boolean dictsUnordered) {
        this.statesUnordered = statesUnordered;
        this.dictsUnordered = dictsUnordered;
    }

    /** Returns whether two values are the same graph, every order included. */
    public static boolean same(Value one, Value other) {
        return new ValueGraph(false, false).compare(one, other, false);
    }

    /**
     * Returns whether two states of an object have the same content. The order of attributes (in the state itself and in
     * the state of each instance) and of the members of sets is none, nor is that of any dict in Python 2.
     */
    public static boolean sameContent(Value one, Value other, Generation generation) {
        return new ValueGraph(true, generation == Generation.PYTHON2).compare(one, other, true);
    }

    /** Returns the nodes of a graph that are held more than once, by whatever is in it. */
    public static Set<Value> heldTwice(Value root) {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Value> twice = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            for (Value part : parts(open.pop())) {
                if (part instanceof Value.Node) {
                    (seen.add(part) ? open : twice).add(part);
                }
            }
        }
        return twice;
    }

    private static List<Value> parts(Value value) {
        List<Value> parts = new ArrayList<>();
        switch (value) {
            case PyTuple tuple -> parts.addAll(tuple.items());
            case PyList list -> parts.addAll(list.items());
            case PyDict dict -> dict.entries().forEach(entry -> parts.addAll(List.of(entry.key(), entry.value())));
            case Instance instance -> {
                parts.addAll(List.of(instance.callable(), instance.args()));
                parts.addAll(instance.items());
                instance.entries().forEach(entry -> parts.addAll(List.of(entry.key(), entry.value())));
                Stream.of(Optional.ofNullable(instance.kwargs()), Optional.ofNullable(instance.state()))
                        .forEach(part -> part.ifPresent(parts::add));
            }
            case Value.Leaf leaf -> {}
        }
        return parts;
    }

    private boolean compare(Value one, Value other, boolean areStates) {
        if (areStates && one instanceof PyDict dict && other instanceof PyDict otherDict) {
            if (!partners(dict, otherDict) || !unordered(dict.entries(), otherDict.entries())) {
                return false;
            }
        } else {
            later(one, other);
        }
        while (!pending.isEmpty()) {
            Value right = pending.pop();
            if (!step(pending.pop(), right)) {
                return false;
            }
        }
        return true;
    }

    private void later(Value one, Value other) {
        pending.push(one);
        pending.push(other);
    }

    private boolean step(Value one, Value other) {
        return switch (one) {
            case Value.PersistentId(Value id) -> {
                if (!(other instanceof Value.PersistentId(Value otherId))) {
                    yield false;
                }
                later(id, otherId);
                yield true;
            }
            case Value.Leaf leaf -> leaf.equals(other);
            case PyTuple tuple -> other instanceof PyTuple otherTuple && tuples(tuple, otherTuple);
            case PyList list -> {
                if (!(other instanceof PyList otherList)) {
                    yield false;
                }
                yield isPartner(list, otherList)
                        || (partners(list, otherList) && inOrder(list.items(), otherList.items()));
            }
            case PyDict dict -> {
                if (!(other instanceof PyDict otherDict)) {
                    yield false;
                }
                yield isPartner(dict, otherDict)
                        || (partners(dict, otherDict)
                                && entries(
                                        dict.entries(),
                                        otherDict.entries(),
                                        dictsUnordered || dict.isUnordered() || otherDict.isUnordered()));
            }
            case Instance instance -> {
                if (!(other instanceof Instance otherInstance)) {
                    yield false;
                }
                yield isPartner(instance, otherInstance)
                        || (partners(instance, otherInstance) && instances(instance, otherInstance));
            }
        };
    }

    private boolean isPartner(Value one, Value other) {
        return partners.get(one) == other;
    }

    /** Makes the two one and the same object, which neither may be with another. */
    private boolean partners(Value one, Value other) {
        Value partner = partners.putIfAbsent(one, other);
        Value back = partnersBack.putIfAbsent(other, one);
        return (partner == null || partner == other) && (back == null || back == one);
    }

    /** Tuples held equal are put into one class (union-find), so that no two are ever compared twice. */
    private boolean tuples(PyTuple one, PyTuple other) {
        Value left = tupleClass(one);
        Value right = tupleClass(other);
        if (left == right) {
            return true;
        }
        tupleClasses.put(left, right);
        return inOrder(one.items(), other.items());
    }

    private Value tupleClass(Value tuple) {
        Value root = tuple;
        for (Value next = tupleClasses.get(root); next != null; next = tupleClasses.get(root)) {
            Value beyond = tupleClasses.get(next);
            if (beyond != null) {
                tupleClasses.put(root, beyond);
            }
            root = next;
        }
        return root;
    }

    private boolean instances(Instance one, Instance other) {
        if (one.how() != other.how() || !optional(one.kwargs(), other.kwargs())) {
            return false;
        }
        later(one.callable(), other.callable());
        List<Value> members = members(one);
        List<Value> otherMembers = members(other);
        if (statesUnordered && members != null && otherMembers != null) {
            if (!members(members, otherMembers)) {
                return false;
            }
        } else {
            later(one.args(), other.args());
        }
        return inOrder(one.items(), other.items())
                && entries(one.entries(), other.entries(), dictsUnordered)
                && states(one.state(), other.state());
    }

    private boolean states(@Nullable Value one, @Nullable Value other) {
        if (statesUnordered
                && one instanceof PyDict dict
                && other instanceof PyDict otherDict
                && !isPartner(dict, otherDict)) {
            return partners(dict, otherDict) && unordered(dict.entries(), otherDict.entries());
        }
        return optional(one, other);
    }

    private boolean optional(@Nullable Value one, @Nullable Value other) {
        if (one == null || other == null) {
            return one == other;
        }
        later(one, other);
        return true;
    }

    private boolean inOrder(List<Value> some, List<Value> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            later(some.get(i), others.get(i));
        }
        return true;
    }

    private boolean entries(List<PyDict.Entry> some, List<PyDict.Entry> others, boolean anyOrder) {
        if (anyOrder) {
            return unordered(some, others);
        }
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            later(some.get(i).key(), others.get(i).key());
            later(some.get(i).value(), others.get(i).value());
        }
        return true;
    }

    private boolean unordered(List<PyDict.Entry> some, List<PyDict.Entry> others) {
        if (some.size() != others.size()) {
            return false;
        }
        Map<HashKey, Deque<PyDict.Entry>> byKey = HashMap.newHashMap(others.size());
        for (PyDict.Entry entry : others) {
            byKey.computeIfAbsent(Fingerprint.of(entry.key()), key -> new ArrayDeque<>(1))
                    .add(entry);
        }
        for (PyDict.Entry entry : some) {
            Deque<PyDict.Entry> alike = byKey.get(Fingerprint.of(entry.key()));
            PyDict.Entry match = alike == null ? null : alike.poll();
            if (match == null) {
                return false;
            }
            later(entry.key(), match.key());
            later(entry.value(), match.value());
        }
        return true;
    }

    private boolean members(List<Value> some, List<Value> others) {
        return unordered(
                some.stream()
                        .map(member -> new PyDict.Entry(member, Value.NONE))
                        .toList(),
                others.stream()
                        .map(member -> new PyDict.Entry(member, Value.NONE))
                        .toList());
    }

    /** Returns the members if the instance is a set or frozenset, else null. */
    private static @Nullable List<Value> members(Instance instance) {
        return instance.how() == Instance.How.REDUCE
                        && instance.callable() instanceof Value.Global(String module, String name)
                        && (module.equals("builtins") || module.equals("__builtin__"))
                        && (name.equals("set") || name.equals("frozenset"))
                        && instance.args() instanceof PyTuple args
                        && args.items().size() == 1
                        && args.items().getFirst() instanceof PyList list
                ? list.items()
                : null;
    }
}
