package gitzodb.load;

import gitzodb.btree.BTreeBuilder;
import gitzodb.btree.BTreeEditor;
import gitzodb.btree.BTreeReader;
import gitzodb.btree.BrokenTreeException;
import gitzodb.btree.Edit;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatException;
import gitzodb.classes.Structure;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.pickle.ValueGraph;
import gitzodb.tree.FileTree;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ConflictException;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StateSource;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Stores what differs from the database, and nothing else: an object whose values equal the stored record keeps its bytes.
 */
final class StoredObjects implements ObjectWriter {
    private final FileTree tree;
    private final TreeStates states;
    private final NewObjects newObjects;
    private final NewOids newOids;
    private final StorageTransaction transaction;
    private final Snapshot snapshot;
    private final Generation generation;
    private final CanonicalOrder order;
    private final StateMerge merge;
    private final SecretKeeper keeper;
    private final DeniedWrites denied;
    private final NavigableSet<String> written = new TreeSet<>();
    private final Map<String, Whole> wholes = new LinkedHashMap<>();

    StoredObjects(
            FileTree tree,
            TreeStates states,
            NewObjects newObjects,
            NewOids newOids,
            StorageTransaction transaction,
            Problems problems) {
        this.tree = tree;
        this.states = states;
        this.newObjects = newObjects;
        this.newOids = newOids;
        this.transaction = transaction;
        snapshot = states.snapshot();
        generation = states.settings().generation();
        order = new CanonicalOrder(generation);
        denied = new DeniedWrites(generation, problems);
        merge = new StateMerge(this::same);
        keeper = new SecretKeeper(states.settings().secrets(), generation);
    }

    /** An object that is to be stored again if what is below it is. */
    private record Whole(LoadedRecord loaded, ObjectRecord record) {}

    /** Stores the objects that depend on what is below them, where that was stored. */
    void renew() throws IOException {
        for (Map.Entry<String, Whole> each : wholes.entrySet()) {
            String path = each.getKey();
            String start = path + (path.indexOf('#') < 0 ? '#' : '/');
            String below = written.ceiling(start);
            if (!written.contains(path) && below != null && below.startsWith(start)) {
                Whole whole = each.getValue();
                ObjectState state = whole.record.state();
                written.add(path);
                transaction.store(
                        whole.loaded.oid(),
                        whole.loaded.tid(),
                        whole.record
                                .with(states.formats()
                                        .of(state.className())
                                        .renewed(state)
                                        .orElse(state))
                                .write(generation));
            }
        }
    }

    /** Returns the paths of the objects that were written. */
    Set<String> written() {
        return written;
    }

    private boolean same(Value one, Value other) {
        // in lists, since the order of a dict has meaning unless it is the state itself
        return ValueGraph.sameContent(new PyList(List.of(one)), new PyList(List.of(other)), generation);
    }

    private boolean sameState(ObjectState one, ObjectState other) {
        return sameMeta(one.meta(), other.meta()) && ValueGraph.sameContent(one.state(), other.state(), generation);
    }

    private static boolean sameMeta(ClassMeta one, ClassMeta other) {
        Value args = one.args();
        Value otherArgs = other.args();
        boolean sameArgs = args == null ? otherArgs == null : otherArgs != null && ValueGraph.same(args, otherArgs);
        return one.spelling() == other.spelling() && ValueGraph.same(one.cls(), other.cls()) && sameArgs;
    }

    @Override
    public Value content(At at, Content content) throws IOException {
        if (isStored(at, content)) {
            Value stored = shown(at.oid(), content.attribute());
            if (stored != null) {
                return stored;
            }
        }
        return newObjects.content(at, content);
    }

    @Override
    public boolean isStored(At at, Content content) throws IOException {
        Value stored = shown(at.oid(), content.attribute());
        return stored != null && StoredContent.equals(stored, content.file(), states);
    }

    private @Nullable Value shown(Oid oid, String attribute) throws IOException {
        Optional<ObjectState> state = states.load(oid);
        return state.isEmpty() ? null : state.get().attribute(attribute);
    }

    @Override
    public void object(At at, ObjectState state, LoadedSources sources) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(at.oid());
        if (loaded.isEmpty()) {
            written.add(at.path());
            denied.check(at, state);
            newObjects.object(at, state, sources);
            return;
        }
        ObjectRecord record = readable(loaded.get()).orElse(null);
        if (record == null) {
            mend(at, loaded.get(), state, sources);
            return;
        }
        if (states.formats().of(record.state().className()).isRenewed()) {
            wholes.put(at.path(), new Whole(loaded.get(), record));
        }
        ObjectState shown = states.load(at.oid()).orElse(record.state());
        if (sameState(shown, state)) {
            return;
        }
        SecretKeeper.Restored restored = keeper.restore(state, shown, record.state(), at.holding());
        newObjects.note(at, restored.missing());
        ClassFormats formats = states.formats();
        try {
            ObjectState whole = newObjects
                    .contents()
                    .restore(at.path(), withIgnored(restored.state(), record.state()), record.state());
            ObjectState wanted = formats.of(state.className())
                    .toDatabase(whole, record.state(), states.settings().formats(), sources);
            if (!sameState(record.state(), wanted)) {
                written.add(at.path());
                denied.check(at, wanted);
                ObjectState merged = merge.merge(record.state(), wanted);
                transaction.store(
                        at.oid(), loaded.get().tid(), record.with(merged).write(generation));
            }
        } catch (FormatException e) {
            newObjects.problem(at, e);
        }
    }

    /** Puts an object in the place of a record that cannot be read. */
    private void mend(At at, LoadedRecord loaded, ObjectState state, LoadedSources sources) throws IOException {
        try {
            ObjectState whole = newObjects.contents().restore(at.path(), state, null);
            ObjectState wanted = states.formats()
                    .of(state.className())
                    .toDatabase(whole, null, states.settings().formats(), sources);
            written.add(at.path());
            denied.check(at, wanted);
            store(loaded.oid(), wanted);
        } catch (FormatException e) {
            newObjects.problem(at, e);
        }
    }

    @Override
    public void unreadable(At at, Bytes record) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(at.oid());
        boolean kept = loaded.isPresent()
                && loaded.get().data().equals(record)
                && states.fault(at.oid()).isPresent();
        if (!kept) {
            newObjects.unreadable(at, record);
        }
    }

    /** Adds the attributes that the tree leaves out by its rules. */
    private ObjectState withIgnored(ObjectState state, ObjectState stored) {
        PyDict before = stored.attributes();
        PyDict after = state.attributes();
        if (before == null || after == null || !states.ignored().hasAttributes()) {
            return state;
        }
        PyDict all = new PyDict();
        after.entries().forEach(entry -> all.put(entry.key(), entry.value()));
        for (PyDict.Entry entry : before.entries()) {
            String name = order.nativeText(entry.key());
            if (name != null
                    && states.ignored().ignoresAttribute(stored.className(), name)
                    && all.get(entry.key()) == null) {
                all.put(entry.key(), entry.value());
            }
        }
        return new ObjectState(state.meta(), all);
    }

    @Override
    public void tree(At at, Structure.Node shape, ClassMeta meta, List<Entry> said) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(at.oid());
        if (loaded.isEmpty()) {
            written.add(at.path());
            denied.check(at, TreeIndex.contentOf(meta, said));
            newObjects.tree(at, shape, meta, said);
            return;
        }
        KeyOrder keys = KeyOrder.of(generation);
        List<Entry> entries = newObjects.restored(
                at, said, () -> entries(at.oid(), states, keys), () -> entries(at.oid(), states::stored, keys));
        try {
            Optional<ObjectRecord> record = readable(loaded.get());
            if (record.isEmpty() || !sameMeta(record.get().state().meta(), meta)) {
                rebuild(at, shape, meta, entries);
                return;
            }
            Edit edit = new BTreeEditor(states::stored, keys, states.settings()::structure, newOids, this::same)
                    .replace(at.oid(), entries);
            if (!edit.isEmpty()) {
                written.add(at.path());
                requireUnchanged(edit.read());
                denied.check(at, edit.changed().values());
                denied.check(at, edit.added().values());
                for (Map.Entry<Oid, ObjectState> node : edit.changed().entrySet()) {
                    store(node.getKey(), node.getValue());
                }
                store(edit.added());
            }
        } catch (BrokenTreeException e) {
            rebuild(at, shape, meta, entries);
        } catch (FormatException e) {
            newObjects.problem(at, e);
        }
    }

    private void rebuild(At at, Structure.Node shape, ClassMeta meta, List<Entry> entries) throws IOException {
        try {
            BTreeBuilder.Built built = new BTreeBuilder(shape, meta, KeyOrder.of(generation)).build(entries, newOids);
            written.add(at.path());
            denied.check(at, TreeIndex.contentOf(meta, entries));
            store(at.oid(), new ObjectState(meta, built.root()));
            store(built.nodes());
        } catch (FormatException e) {
            newObjects.problem(at, e);
        }
    }

    /** Returns what a tree holds, as far as it can be read. */
    private List<Entry> entries(Oid tree, StateSource source, KeyOrder keys) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try {
            BTreeReader.open(tree, source, keys, states.settings()::structure).forEach(entries::add);
        } catch (BrokenTreeException e) {
            return entries;
        }
        return entries;
    }

    private void store(Map<Oid, ObjectState> added) throws IOException {
        for (Map.Entry<Oid, ObjectState> node : added.entrySet()) {
            newObjects.store(node.getKey(), node.getValue());
        }
    }

    private void store(Oid oid, ObjectState state) throws IOException {
        LoadedRecord loaded = snapshot.load(oid)
                .orElseThrow(() -> new CorruptStorageException("object " + oid + " is gone while it is read"));
        Optional<ObjectRecord> record = readable(loaded);
        transaction.store(
                oid,
                loaded.tid(),
                record.isPresent()
                        ? record.get().with(state).write(generation)
                        : ObjectRecord.write(state, generation, NewObjects.protocol(states.settings())));
    }

    private void requireUnchanged(Set<Oid> read) throws IOException {
        try (Snapshot current = transaction.current()) {
            for (Oid oid : read) {
                Tid before = snapshot.load(oid).map(LoadedRecord::tid).orElse(Tid.NONE);
                Tid now = current.load(oid).map(LoadedRecord::tid).orElse(Tid.NONE);
                if (!before.equals(now)) {
                    throw new ConflictException(oid, before, now);
                }
            }
        }
    }

    @Override
    public void blob(At at, ClassMeta meta, @Nullable String file) throws IOException {
        Optional<LoadedRecord> loaded = snapshot.load(at.oid());
        if (loaded.isEmpty()) {
            written.add(at.path());
            newObjects.blob(at, meta, file);
            return;
        }
        Optional<Path> stored = snapshot.blob(at.oid(), loaded.get().tid());
        if (file != null && (stored.isEmpty() || !sameFile(stored.get(), file))) {
            written.add(at.path());
            newObjects.blob(at.oid(), loaded.get().tid(), loaded.get().data(), file);
        }
    }

    private boolean sameFile(Path stored, String file) throws IOException {
        try (InputStream one = Files.newInputStream(stored);
                InputStream other = tree.open(file)) {
            byte[] left = new byte[1 << 16];
            byte[] right = new byte[1 << 16];
            for (; ; ) {
                int count = one.readNBytes(left, 0, left.length);
                int otherCount = other.readNBytes(right, 0, right.length);
                if (count != otherCount || !Arrays.equals(left, 0, count, right, 0, count)) {
                    return false;
                }
                if (count < left.length) {
                    return true;
                }
            }
        }
    }

    private Optional<ObjectRecord> readable(LoadedRecord loaded) {
        try {
            return Optional.of(states.record(loaded.data()));
        } catch (PickleException e) {
            return Optional.empty();
        }
    }
}
