package gitzodb.load;

import gitzodb.classes.FormatException;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.tree.EntryOrder;
import gitzodb.tree.TreeSettings;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Completes states read from a tree by what the settings leave out: the usual owner, the order of entries in lists, and references to the BTrees, sets
 * and counters whose content is left out, which are those that the object has in the database or else new, empty ones.
 */
final class LeftOutContent {
    private final TreeSettings settings;
    private final CanonicalOrder order;
    private final NewOids newOids;
    private final RefForms refs;
    private final Store store;
    private final SortedSet<String> emptied = new TreeSet<>();

    /** Takes a new object. */
    @FunctionalInterface
    interface Store {
        void store(Oid oid, ObjectState state) throws IOException;
    }

    LeftOutContent(TreeSettings settings, NewOids newOids, RefForms refs, Store store) {
        this.settings = settings;
        order = new CanonicalOrder(settings.generation());
        this.newOids = newOids;
        this.refs = refs;
        this.store = store;
    }

    /** Returns the paths of the objects that got empty structures. */
    SortedSet<String> emptied() {
        return emptied;
    }

    /**
     * Returns the whole state.
     *
     * @param path of the object
     * @param stored what the database has; null for a new object
     * @throws FormatException if there is no empty object of a class
     */
    ObjectState restore(String path, ObjectState read, @Nullable ObjectState stored)
            throws FormatException, IOException {
        ObjectState state = stored != null && EntryOrder.isFor(settings) ? EntryOrder.toDatabase(read, stored) : read;
        ObjectState owned = settings.defaultOwner()
                .map(owner -> owner.toDatabase(state, order))
                .orElse(state);
        PyDict attributes = owned.attributes();
        if (attributes == null) {
            boolean any = state.state() instanceof PyTuple parts
                    && parts.items().stream().anyMatch(part -> part instanceof PyDict dict && isNeeded(dict));
            if (any) {
                throw new FormatException("<left-out> and <owner acquired> cannot stand in an object with slots");
            }
            return state;
        }
        if (!isNeeded(attributes)) {
            return owned;
        }
        PyDict before = stored == null ? null : stored.attributes();
        PyDict restored = new PyDict();
        for (PyDict.Entry entry : attributes.entries()) {
            Value value = entry.value();
            if (value instanceof Value.LeftOut(Value.Global cls)) {
                Value there = before == null ? null : before.get(entry.key());
                value = there == null ? empty(path, ClassName.of(cls)) : there;
            }
            if (!(value instanceof Value.Absent)) {
                restored.put(entry.key(), value);
            }
        }
        return new ObjectState(state.meta(), restored);
    }

    private static boolean isNeeded(PyDict dict) {
        return dict.entries().stream()
                .anyMatch(entry -> entry.value() instanceof Value.LeftOut || entry.value() instanceof Value.Absent);
    }

    private Value empty(String path, ClassName cls) throws FormatException, IOException {
        if (!settings.isEmptiable(cls)) {
            throw new FormatException("<left-out> stands for a BTree, a set or a Length, not for " + cls);
        }
        ClassMeta meta = ClassMeta.of(cls);
        Oid oid = newOids.get();
        boolean counter = cls.name().equals("Length");
        store.store(oid, new ObjectState(meta, counter ? new Value.Int(0) : Value.NONE));
        emptied.add(path);
        return refs.to(new Target(oid, meta), null, null);
    }
}
