package gitzodb.zodb;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.Part.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes values apart in canonical order. */
final class Parts {
    private static final Step KEY = new Step.Attribute(Step.INSIDE_KEY);

    private final CanonicalOrder order;

    Parts(CanonicalOrder order) {
        this.order = order;
    }

    List<Part> of(ObjectState state) {
        List<Part> parts = new ArrayList<>(3);
        parts.add(
                new Part(List.of(new Step.Attribute("__class__")), state.meta().cls(), Role.VALUE));
        Value args = state.meta().args();
        if (args != null) {
            parts.add(new Part(List.of(new Step.Attribute("__newargs__")), args, Role.VALUE));
        }
        parts.add(state(state.state()));
        return parts;
    }

    List<Part> of(Value.Node node, Role role) {
        return switch (node) {
            case PyList list -> positions(list.items(), 0);
            case PyTuple tuple
            when role == Role.STATE -> tuple.items().stream().map(Parts::state).toList();
            case PyTuple tuple -> positions(tuple.items(), 0);
            case PyDict dict ->
                keyed(role == Role.STATE ? order.attributes(dict) : order.entries(dict.entries()), role);
            case Instance instance -> instance(instance);
        };
    }

    /** True for {@code (dict or None, slots dict)}, the state of a class with slots. */
    static boolean hasSlots(Value state) {
        return state instanceof PyTuple tuple
                && tuple.items().size() == 2
                && (tuple.items().getFirst() instanceof PyDict || tuple.items().getFirst() instanceof Value.None)
                && tuple.items().get(1) instanceof PyDict;
    }

    private static Part state(Value state) {
        boolean named = state instanceof PyDict || hasSlots(state);
        return named
                ? new Part(List.of(), state, Role.STATE)
                : new Part(List.of(new Step.Attribute("__state__")), state, Role.VALUE);
    }

    private List<Part> instance(Instance instance) {
        Optional<List<Value>> members = CanonicalOrder.members(instance);
        if (members.isPresent()) {
            return positions(members.get(), 0);
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(List.of(new Step.Attribute("__class__")), instance.callable(), Role.VALUE));
        boolean tuple = instance.args() instanceof PyTuple;
        parts.add(
                tuple
                        ? new Part(List.of(), instance.args(), Role.ARGUMENTS)
                        : new Part(List.of(new Step.Attribute("__args__")), instance.args(), Role.VALUE));
        Value kwargs = instance.kwargs();
        if (kwargs != null) {
            parts.add(new Part(List.of(new Step.Attribute("__kwargs__")), kwargs, Role.VALUE));
        }
        int arguments = instance.args() instanceof PyTuple args ? args.items().size() : 0;
        parts.addAll(positions(instance.items(), arguments));
        parts.addAll(keyed(order.entries(instance.entries()), Role.VALUE));
        Value state = instance.state();
        if (state != null) {
            parts.add(state(state));
        }
        return parts;
    }

    private static List<Part> positions(List<Value> items, int from) {
        List<Part> parts = new ArrayList<>(items.size());
        for (Value item : items) {
            parts.add(new Part(List.of(new Step.Position(from + parts.size())), item, Role.VALUE));
        }
        return parts;
    }

    private List<Part> keyed(List<PyDict.Entry> entries, Role role) {
        List<Part> parts = new ArrayList<>(entries.size());
        KeySteps steps = new KeySteps(order, role == Role.STATE);
        for (PyDict.Entry entry : entries) {
            Step step = steps.next(entry.key());
            parts.add(new Part(List.of(step, KEY), entry.key(), Role.VALUE));
            parts.add(new Part(List.of(step), entry.value(), Role.VALUE));
        }
        return parts;
    }
}
