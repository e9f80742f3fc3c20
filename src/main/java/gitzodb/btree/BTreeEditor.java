package gitzodb.btree;

import gitzodb.classes.FormatException;
import gitzodb.classes.Structure;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes a stored tree in place, as Python's BTrees do (zodb-formats §4.6): a new value rewrites one leaf; a full leaf is
 * split; an empty one is unlinked. Where keys cannot be compared the tree is built anew below its root.
 */
public final class BTreeEditor {
    private final StateSource source;
    private final KeyOrder order;
    private final Function<ClassName, Structure> structures;
    private final Supplier<Oid> newOids;
    private final BiPredicate<Value, Value> same;

    /**
     * @param structures tells what a class is: {@link gitzodb.classes.Structures#of}, or more than that
     * @param newOids gives an unused oid at each call
     * @param same tells whether two values are equal, so that nothing is to be written
     */
    public BTreeEditor(
            StateSource source,
            KeyOrder order,
            Function<ClassName, Structure> structures,
            Supplier<Oid> newOids,
            BiPredicate<Value, Value> same) {
        this.source = source;
        this.order = order;
        this.structures = structures;
        this.newOids = newOids;
        this.same = same;
    }

    /**
     * Applies changes at a cost that follows their number. They may come in any order.
     *
     * @return empty if keys cannot be compared; {@link #replace} then does it
     * @throws BrokenTreeException if a node on the way is broken
     * @throws FormatException if an entry does not fit the family, or a key is changed twice
     */
    public Optional<Edit> apply(Oid root, List<Change> changes) throws IOException {
        Recorder recorder = new Recorder();
        TreeNodes nodes = TreeNodes.open(root, recorder, structures);
        boolean set = nodes.isSet();
        for (Change change : changes) {
            switch (change) {
                case Change.Put(Entry entry) -> EntryRules.check(nodes.family(), set, entry);
                case Change.Remove remove -> {}
            }
        }
        List<Change> sorted = sorted(changes);
        try {
            return Optional.of(new InPlace(nodes, order, newOids, same).edit(sorted, recorder.read));
        } catch (KeysNotComparable e) {
            return Optional.empty();
        }
    }

    /**
     * Gives the tree exactly these entries. Reads all of it.
     *
     * @param entries in any order; where keys cannot be compared the order given is trusted
     * @throws BrokenTreeException if the stored tree is broken
     * @throws FormatException if an entry does not fit the family, or a key occurs twice
     */
    public Edit replace(Oid root, List<Entry> entries) throws IOException {
        Recorder recorder = new Recorder();
        BTreeReader reader = BTreeReader.open(root, recorder, order, structures);
        List<Entry> old = new ArrayList<>();
        Set<Oid> oldNodes = new LinkedHashSet<>();
        reader.forEach(old::add, oldNodes::add);
        EntryRules.check(reader.shape().family(), reader.shape().kind().isSet(), entries);
        List<Entry> wanted = EntryRules.ordered(entries, order);
        Optional<List<Change>> changes = between(old, wanted);
        if (changes.isPresent()) {
            Optional<Edit> edit = apply(root, changes.get());
            if (edit.isPresent()) {
                recorder.read.addAll(edit.get().read());
                return new Edit(
                        edit.get().changed(), edit.get().added(), edit.get().removed(), recorder.read);
            }
        }
        return rebuild(reader, wanted, oldNodes, recorder.read);
    }

    private Edit rebuild(BTreeReader reader, List<Entry> entries, Set<Oid> oldNodes, Set<Oid> read) throws IOException {
        Oid root = reader.root();
        ObjectState stored = reader.nodes().state(root);
        Value state;
        Map<Oid, ObjectState> added = Map.of();
        if (reader.nodes().rootNode() instanceof NodeState.Leaf leaf) {
            state = new NodeState.Leaf(entries, leaf.next()).value();
        } else {
            BTreeBuilder.Built built = new BTreeBuilder(reader.shape(), stored.meta(), order).build(entries, newOids);
            state = built.root();
            added = built.nodes();
        }
        oldNodes.remove(root);
        return new Edit(Map.of(root, new ObjectState(stored.meta(), state)), added, oldNodes, read);
    }

    /** Merges two sorted lists; empty if keys cannot be compared and the lists are not the same. */
    private Optional<List<Change>> between(List<Entry> old, List<Entry> wanted) {
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < wanted.size()) {
            OptionalInt compared;
            if (i == old.size()) {
                compared = OptionalInt.of(1);
            } else if (j == wanted.size()) {
                compared = OptionalInt.of(-1);
            } else if (same.test(old.get(i).key(), wanted.get(j).key())) {
                compared = OptionalInt.of(0);
            } else {
                compared = order.compare(old.get(i).key(), wanted.get(j).key());
            }
            if (compared.isEmpty()) {
                return Optional.empty();
            }
            if (compared.getAsInt() < 0) {
                changes.add(new Change.Remove(old.get(i++).key()));
            } else if (compared.getAsInt() > 0) {
                changes.add(new Change.Put(wanted.get(j++)));
            } else {
                if (!old.get(i).sameValue(wanted.get(j), same)) {
                    changes.add(new Change.Put(wanted.get(j)));
                }
                i++;
                j++;
            }
        }
        return Optional.of(changes);
    }

    private List<Change> sorted(List<Change> changes) throws FormatException {
        Map<Entry, Change> byEntry = new LinkedHashMap<>();
        List<Entry> keys = new ArrayList<>();
        for (Change change : changes) {
            Entry key = Entry.key(change.key());
            if (byEntry.put(key, change) != null) {
                throw new FormatException("key " + change.key() + " of a BTree is changed twice");
            }
            keys.add(key);
        }
        List<Change> sorted = new ArrayList<>();
        for (Entry key : EntryRules.ordered(keys, order)) {
            sorted.add(java.util.Objects.requireNonNull(byEntry.get(key)));
        }
        return sorted;
    }

    /** Remembers what was read. */
    private final class Recorder implements StateSource {
        final Set<Oid> read = new LinkedHashSet<>();

        @Override
        public Optional<ObjectState> load(Oid oid) throws IOException {
            read.add(oid);
            return source.load(oid);
        }
    }
}
