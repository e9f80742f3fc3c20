package gitzodb.tree;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ObjectState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owner that is not repeated on every object ({@code zodb.defaultOwner}): a tree says of objects with an id of their own
 * only who has another one, or none.
 *
 * @param path of the user folder, from the root of Zope, such as {@code /acl_users}
 * @param user the id of the user
 */
public record DefaultOwner(String path, String user) {
    private static final String OWNER = "_owner";
    private static final List<String> IDS = List.of("id", "__name__");

    /**
     * Parses the value of the setting: path, space, user id.
     *
     * @throws IllegalArgumentException if it is of another form
     */
    static DefaultOwner parse(String text) {
        int space = text.indexOf(' ');
        if (!text.startsWith("/") || space < 2 || space + 1 == text.length()) {
            throw new IllegalArgumentException(
                    "defaultOwner is the path of a user folder and a user, such as '/acl_users ida', not " + text);
        }
        return new DefaultOwner(text.substring(0, space), text.substring(space + 1));
    }

    @Override
    public String toString() {
        return path + ' ' + user;
    }

    /** Returns a state as the tree shows it; may return {@code stored}. */
    ObjectState toTree(ObjectState stored, CanonicalOrder order) {
        PyDict attributes = stored.attributes();
        if (attributes == null || !hasId(attributes, order)) {
            return stored;
        }
        Value key = order.nativeValue(OWNER);
        Value owner = attributes.get(key);
        PyDict shown = new PyDict();
        if (owner == null) {
            attributes.entries().forEach(entry -> shown.put(entry.key(), entry.value()));
            shown.put(key, Value.ABSENT);
        } else if (owner instanceof PyTuple pair && is(pair, order) && !isShared(attributes, pair)) {
            attributes.entries().stream()
                    .filter(entry -> !OWNER.equals(order.nativeText(entry.key())))
                    .forEach(entry -> shown.put(entry.key(), entry.value()));
        } else {
            return stored;
        }
        return new ObjectState(stored.meta(), shown);
    }

    /** Returns the state to store; may return {@code tree}. */
    public ObjectState toDatabase(ObjectState tree, CanonicalOrder order) {
        PyDict attributes = tree.attributes();
        if (attributes == null || !hasId(attributes, order)) {
            return tree;
        }
        Value key = order.nativeValue(OWNER);
        Value owner = attributes.get(key);
        if (owner != null && !(owner instanceof Value.Absent)) {
            return tree;
        }
        PyDict stored = new PyDict();
        attributes.entries().stream()
                .filter(entry -> !OWNER.equals(order.nativeText(entry.key())))
                .forEach(entry -> stored.put(entry.key(), entry.value()));
        if (owner == null) {
            List<Value> segments = new ArrayList<>();
            for (String segment : path.substring(1).split("/", -1)) {
                segments.add(order.nativeValue(segment));
            }
            stored.put(key, PyTuple.of(new PyList(segments), order.nativeValue(user)));
        }
        return new ObjectState(tree.meta(), stored);
    }

    private static boolean hasId(PyDict attributes, CanonicalOrder order) {
        return IDS.stream().anyMatch(name -> {
            Value id = attributes.get(order.nativeValue(name));
            return id != null && order.nativeText(id) != null;
        });
    }

    private boolean is(PyTuple pair, CanonicalOrder order) {
        if (pair.items().size() != 2
                || !(pair.items().getFirst() instanceof PyList segments)
                || !user.equals(order.nativeText(pair.items().getLast()))) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        for (Value segment : segments.items()) {
            String name = order.nativeText(segment);
            if (name == null || name.indexOf('/') >= 0) {
                return false;
            }
            text.append('/').append(name);
        }
        return path.contentEquals(text);
    }

    /** True if the list of the path is one that something else in the record holds too. */
    @SuppressWarnings("ReferenceEquality") // what is shared is one object, not an equal one
    private static boolean isShared(PyDict attributes, PyTuple owner) {
        Value list = owner.items().getFirst();
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>();
        attributes.entries().forEach(entry -> push(open, entry.value() == owner ? null : entry.value()));
        while (!open.isEmpty()) {
            Value next = open.pop();
            if (next == list || next == owner) {
                return true;
            }
            if (!seen.add(next)) {
                continue;
            }
            switch (next) {
                case PyList items -> items.items().forEach(item -> push(open, item));
                case PyTuple items -> items.items().forEach(item -> push(open, item));
                case PyDict dict ->
                    dict.entries().forEach(entry -> {
                        push(open, entry.key());
                        push(open, entry.value());
                    });
                case Instance instance -> {
                    push(open, instance.args());
                    push(open, instance.kwargs());
                    push(open, instance.state());
                    instance.items().forEach(item -> push(open, item));
                    instance.entries().forEach(entry -> {
                        push(open, entry.key());
                        push(open, entry.value());
                    });
                }
                case Value.Leaf leaf -> {}
            }
        }
        return false;
    }

    private static void push(Deque<Value> open, @Nullable Value value) {
        if (value instanceof Value.Node) {
            open.push(value);
        }
    }
}
