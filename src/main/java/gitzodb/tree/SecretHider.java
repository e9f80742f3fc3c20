package gitzodb.tree;

import gitzodb.btree.Entry;
import gitzodb.classes.Secrets;
import gitzodb.graph.Home;
import gitzodb.graph.HomeGraph;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Step;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts placeholders for secrets into states (tree-format §10). */
public final class SecretHider {
    private final Secrets secrets;
    private final CanonicalOrder order;

    SecretHider(Secrets secrets, CanonicalOrder order) {
        this.secrets = secrets;
        this.order = order;
    }

    /** Changes the state, also deep inside; returns how many values were hidden. */
    int hide(ObjectState state) {
        int[] hidden = new int[1];
        Deque<Value> open = new ArrayDeque<>();
        attributes(state.className(), state.state(), hidden, open);
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!open.isEmpty()) {
            Value next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            switch (next) {
                case PyList list -> list.items().forEach(item -> push(open, item));
                case PyTuple tuple -> tuple.items().forEach(item -> push(open, item));
                case PyDict dict -> dict.entries().forEach(entry -> push(open, entry.value()));
                case Instance instance -> instance(instance, hidden, open);
                case Value.Leaf leaf -> {}
            }
        }
        return hidden[0];
    }

    private void instance(Instance instance, int[] hidden, Deque<Value> open) {
        push(open, instance.args());
        push(open, instance.kwargs());
        instance.items().forEach(item -> push(open, item));
        instance.entries().forEach(entry -> push(open, entry.value()));
        Value state = instance.state();
        Optional<ClassName> cls = className(instance);
        if (cls.isPresent() && state != null) {
            attributes(cls.get(), state, hidden, open);
        } else {
            push(open, state);
        }
    }

    /** Returns the class of an instance, also of one that {@code copyreg._reconstructor} makes. */
    public static Optional<ClassName> className(Instance instance) {
        if (!(instance.callable() instanceof Value.Global global)) {
            return Optional.empty();
        }
        boolean made = global.name().equals("_reconstructor") && instance.args() instanceof PyTuple;
        return made && ((PyTuple) instance.args()).items().getFirst() instanceof Value.Global first
                ? Optional.of(ClassName.of(first))
                : Optional.of(ClassName.of(global));
    }

    /** Hides in a state: a dict, or a tuple of one and a dict of slots. */
    private void attributes(ClassName cls, Value state, int[] hidden, Deque<Value> open) {
        List<Value> parts = state instanceof PyTuple tuple ? tuple.items() : List.of(state);
        for (Value part : parts) {
            if (part instanceof PyDict dict) {
                for (PyDict.Entry entry : List.copyOf(dict.entries())) {
                    attribute(cls, dict, entry, hidden, open);
                }
            } else {
                push(open, part);
            }
        }
    }

    private void attribute(ClassName cls, PyDict dict, PyDict.Entry entry, int[] hidden, Deque<Value> open) {
        String name = order.nativeText(entry.key());
        Secrets.Rule rule = name == null ? null : secrets.rule(cls, name).orElse(null);
        if (name == null || rule == null) {
            push(open, entry.value());
        } else if (Secrets.hides(rule, entry.value())) {
            dict.put(entry.key(), Value.WITHHELD);
            hidden[0]++;
        } else {
            if (entry.value() instanceof PyDict entries) {
                hidden[0] += hideEntries(rule, entries);
            }
            push(open, entry.value());
        }
    }

    /** Hides the entries of a mapping that a rule is for; returns how many. */
    public static int hideEntries(Secrets.Rule rule, PyDict entries) {
        int hidden = 0;
        for (PyDict.Entry entry : List.copyOf(entries.entries())) {
            if (Secrets.hidesEntry(rule, entry.key(), entry.value())) {
                entries.put(entry.key(), Value.WITHHELD);
                hidden++;
            }
        }
        return hidden;
    }

    /** Returns an entry of a BTree as a rule shows it. */
    public static Entry hidden(Secrets.Rule rule, Entry entry) {
        Value value = entry.value();
        return value != null && Secrets.hidesEntry(rule, entry.key(), value)
                ? Entry.of(entry.key(), Value.WITHHELD)
                : entry;
    }

    /**
     * Returns the rule for the entries of a mapping or BTree: that of the attribute where its home is, in the object that
     * holds it.
     */
    Optional<Held> held(Oid oid, HomeGraph graph) {
        Home home = graph.home(oid).orElse(null);
        Oid parent = home == null ? null : home.parent();
        Label label = home == null ? null : home.label();
        if (parent == null || label == null || !(label.last() instanceof Step.Attribute(String name))) {
            return Optional.empty();
        }
        return graph.className(parent)
                .flatMap(holder -> secrets.rule(holder, name).map(rule -> new Held(holder, rule)));
    }

    /** What rule the entries of a mapping follow, and the class that it is for. */
    public record Held(ClassName holder, Secrets.Rule rule) {}

    private static void push(Deque<Value> open, @Nullable Value value) {
        if (value instanceof Value.Node) {
            open.push(value);
        }
    }
}
