package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatSettings;
import gitzodb.graph.EdgeScanner;
import gitzodb.graph.Node;
import gitzodb.graph.NodeSource;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StateException;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a database as its tree shows them: without what settings and ignore rules leave out. One that cannot be
 * read is shown as an {@link UnreadableRecord}.
 */
public final class TreeStates implements StateSource, NodeSource {
    private final Snapshot snapshot;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final IgnoreRules ignored;
    private final EdgeScanner scanner;
    private final CanonicalOrder order;
    private @Nullable SecretListener secrets;
    private ObjectPath watched = ObjectPath.ROOT;

    /** Takes what is left out as a secret. */
    @FunctionalInterface
    interface SecretListener {
        void left(ObjectPath unit, String attribute);
    }

    public TreeStates(Snapshot snapshot, ClassFormats formats, TreeSettings settings, IgnoreRules ignored) {
        this.snapshot = snapshot;
        this.formats = formats;
        this.settings = settings;
        this.ignored = ignored.within(settings.only());
        scanner = new EdgeScanner(formats, settings::structure, settings.generation());
        order = new CanonicalOrder(settings.generation());
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

    void watchSecrets(SecretListener listener) {
        secrets = settings.keepSecrets() ? null : listener;
    }

    /** Says to which path secrets found from now on belong. */
    void watchedPath(ObjectPath path) {
        watched = path;
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
        try {
            return Optional.of(scanner.scan(oid, loaded.get().tid(), state));
        } catch (StateException | CorruptStorageException e) {
            ObjectState unreadable = UnreadableRecord.state(loaded.get().data());
            return Optional.of(scanner.scan(oid, loaded.get().tid(), unreadable));
        }
    }

    /** Returns the record of an object; empty if the object does not exist. */
    Optional<Bytes> record(Oid oid) throws IOException {
        return snapshot.load(oid).map(LoadedRecord::data);
    }

    /** Returns why an object is an {@link UnreadableRecord}; empty if it is none. */
    Optional<String> fault(Oid oid) throws IOException {
        LoadedRecord loaded = snapshot.load(oid).orElse(null);
        if (loaded == null) {
            return Optional.empty();
        }
        try {
            ObjectState state = ObjectRecord.parse(loaded.data(), settings.generation());
            scanner.scan(oid, loaded.tid(), formats.of(state.className()).toTree(state, settings.formats()));
            return Optional.empty();
        } catch (PickleException | StateException | CorruptStorageException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the state as stored; empty if the object does not exist. */
    Optional<ObjectState> stored(Oid oid) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(oid);
        return loaded.isEmpty() ? Optional.empty() : Optional.of(parse(loaded.get()));
    }

    private ObjectState treeState(LoadedRecord loaded) throws IOException {
        ObjectState stored = parse(loaded);
        if (UnreadableRecord.is(stored)) {
            return stored;
        }
        ObjectState shown = formats.of(stored.className()).toTree(stored, settings.formats());
        if (secrets != null) {
            reportSecrets(stored, shown, secrets);
        }
        PyDict attributes = shown.attributes();
        if (!ignored.hasAttributes() || attributes == null) {
            return shown;
        }
        PyDict kept = new PyDict();
        for (PyDict.Entry entry : attributes.entries()) {
            String name = order.nativeText(entry.key());
            if (name == null || !ignored.ignoresAttribute(name)) {
                kept.put(entry.key(), entry.value());
            }
        }
        return kept.size() == attributes.size() ? shown : new ObjectState(shown.meta(), (Value) kept);
    }

    private void reportSecrets(ObjectState stored, ObjectState shown, SecretListener listener) {
        FormatSettings keeping = new FormatSettings(settings.exact(), true);
        PyDict all = formats.of(stored.className()).toTree(stored, keeping).attributes();
        PyDict left = shown.attributes();
        if (all == null || left == null || all.equals(left)) {
            return;
        }
        for (PyDict.Entry entry : all.entries()) {
            Value value = left.get(entry.key());
            String name = order.nativeText(entry.key());
            if (name != null && !entry.value().equals(value)) {
                listener.left(watched, name);
            }
        }
    }

    private ObjectState parse(LoadedRecord loaded) {
        try {
            return ObjectRecord.parse(loaded.data(), settings.generation());
        } catch (PickleException e) {
            return UnreadableRecord.state(loaded.data());
        }
    }
}
