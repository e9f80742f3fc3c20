package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.graph.EdgeScanner;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.graph.NodeSource;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.KeyReferences;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StateException;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a database as its tree shows them: without what settings and ignore rules leave out. One that cannot be
 * read is shown as an {@link UnreadableRecord}.
 */
public final class TreeStates implements StateSource, NodeSource {
    private final Snapshot snapshot;
    private final ClassFormats given;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final IgnoreRules ignored;
    private final EdgeScanner scanner;
    private final CanonicalOrder order;
    private final @Nullable SecretHider hider;
    private final Set<Oid> childLists;
    private SecretListener secrets = (oid, holder, count) -> {};

    /** Takes how many values of an object are left out as secrets. */
    @FunctionalInterface
    public interface SecretListener {
        void left(Oid oid, ClassName holder, int count);
    }

    public TreeStates(Snapshot snapshot, ClassFormats formats, TreeSettings settings, IgnoreRules ignored) {
        this(snapshot, formats, settings, ignored, ConcurrentHashMap.newKeySet());
    }

    private TreeStates(
            Snapshot snapshot, ClassFormats formats, TreeSettings settings, IgnoreRules ignored, Set<Oid> childLists) {
        this.childLists = childLists;
        this.snapshot = snapshot;
        given = formats;
        this.formats = settings.formats(formats);
        this.settings = settings;
        this.ignored = ignored.within(settings.only());
        scanner = new EdgeScanner(this.formats, settings::structure, settings.generation());
        order = new CanonicalOrder(settings.generation());
        hider = settings.keepSecrets() ? null : new SecretHider(settings.secrets(), order);
    }

    /** Returns as many readers of the same states, each for a thread of its own; what they leave out nobody is told. */
    @Override
    public List<TreeStates> apart(int count) throws IOException {
        if (count == 1) {
            return List.of(this);
        }
        List<TreeStates> apart = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            apart.add(new TreeStates(snapshot.at(snapshot.tid()), given, settings, ignored, childLists));
        }
        return apart;
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public ClassFormats formats() {
        return formats;
    }

    public TreeSettings settings() {
        return settings;
    }

    public IgnoreRules ignored() {
        return ignored;
    }

    /** Returns these states under other rules for what is left out as a whole, which no {@link #read} depends on. */
    public TreeStates under(IgnoreRules rules) {
        return new TreeStates(snapshot, given, settings, rules, childLists);
    }

    /** Returns the objects read so far whose id is that of a {@link ChildList}. */
    public Set<Oid> childLists() {
        return Set.copyOf(childLists);
    }

    public void watchSecrets(SecretListener listener) {
        secrets = listener;
    }

    /** Returns the rule by which entries of a mapping or BTree are left out; empty if they are not. */
    public Optional<SecretHider.Held> secretEntries(Oid oid, HomeGraph graph) {
        return hider == null ? Optional.empty() : hider.held(oid, graph);
    }

    public void leftOut(Oid oid, ClassName holder, int count) {
        if (count > 0) {
            secrets.left(oid, holder, count);
        }
    }

    /** Returns how many values of a state are secrets that the tree leaves out; changes the state. */
    public int hide(ObjectState state) {
        return hider == null ? 0 : hider.hide(state);
    }

    @Override
    public Optional<ObjectState> load(Oid oid) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(oid);
        return loaded.isEmpty() ? Optional.empty() : Optional.of(treeState(loaded.get()));
    }

    @Override
    public Optional<Node> read(Oid oid) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(oid);
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        ObjectState state = treeState(loaded.get());
        if (ChildList.isNamed(state)) {
            childLists.add(oid);
        }
        try {
            return Optional.of(scanner.scan(oid, loaded.get().tid(), state));
        } catch (StateException | CorruptStorageException e) {
            ObjectState unreadable = UnreadableRecord.state(loaded.get().data());
            return Optional.of(scanner.scan(oid, loaded.get().tid(), unreadable));
        }
    }

    /** Returns the record of an object; empty if the object does not exist. */
    public Optional<Bytes> record(Oid oid) throws IOException {
        return snapshot.load(oid).map(LoadedRecord::data);
    }

    /** Returns why an object is an {@link UnreadableRecord}; empty if it is none. */
    public Optional<String> fault(Oid oid) throws IOException {
        LoadedRecord loaded = snapshot.load(oid).orElse(null);
        if (loaded == null) {
            return Optional.empty();
        }
        try {
            ObjectState state = record(loaded.data()).state();
            scanner.scan(oid, loaded.tid(), formats.of(state.className()).toTree(state, settings.formats()));
            return Optional.empty();
        } catch (PickleException | StateException | CorruptStorageException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Reads a record, with oids that are content as references. */
    public ObjectRecord record(Bytes data) throws PickleException {
        ObjectRecord record = ObjectRecord.read(data, settings.generation());
        if (settings.format() >= 2) {
            KeyReferences.show(record.state(), settings.generation());
        }
        return record;
    }

    /** Returns the state as stored; empty if the object does not exist. */
    public Optional<ObjectState> stored(Oid oid) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(oid);
        return loaded.isEmpty() ? Optional.empty() : Optional.of(parse(loaded.get()));
    }

    private ObjectState treeState(LoadedRecord loaded) throws IOException {
        ObjectState stored = parse(loaded);
        if (UnreadableRecord.is(stored)) {
            return stored;
        }
        ObjectState format = formats.of(stored.className())
                .toTree(EntryOrder.isFor(settings) ? EntryOrder.toTree(stored) : stored, settings.formats());
        DefaultOwner owner = settings.defaultOwner().orElse(null);
        ObjectState shown = owner == null ? format : owner.toTree(format, order);
        leftOut(loaded.oid(), shown.className(), hide(shown));
        PyDict attributes = shown.attributes();
        if (!ignored.hasAttributes() || attributes == null) {
            return shown;
        }
        PyDict kept = new PyDict();
        boolean changed = false;
        for (PyDict.Entry entry : attributes.entries()) {
            String name = order.nativeText(entry.key());
            if (name == null || !ignored.ignoresAttribute(shown.className(), name)) {
                Value value = name != null && leavesContent(shown.className(), name, entry.value())
                        ? new Value.LeftOut((Value.Global) structure(entry.value()))
                        : entry.value();
                kept.put(entry.key(), value);
                changed |= !value.equals(entry.value());
            } else {
                changed = true;
            }
        }
        return changed ? new ObjectState(shown.meta(), (Value) kept) : shown;
    }

    /** True if an attribute of an object is a reference to a BTree, set or counter whose content is left out. */
    public boolean leavesContent(ClassName holder, String name, Value value) {
        return structure(value) instanceof Value.Global cls
                && settings.isEmptiable(ClassName.of(cls))
                && ignored.ignoresContent(holder, name);
    }

    /** Returns the class of the usual reference; of anything else the value itself. */
    private static Value structure(Value value) {
        return value instanceof Value.PersistentId(PyTuple pair) && pair.items().size() == 2
                ? pair.items().getLast()
                : value;
    }

    private ObjectState parse(LoadedRecord loaded) {
        try {
            return record(loaded.data()).state();
        } catch (PickleException e) {
            return UnreadableRecord.state(loaded.data());
        }
    }
}
