package gitzodb.dump;

import gitzodb.graph.Edge;
import gitzodb.graph.HomeChange;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.parallel.Beside;
import gitzodb.parallel.InOrder;
import gitzodb.tree.FileNames;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.SharedSink;
import gitzodb.tree.Siblings;
import gitzodb.tree.TreeAttributes;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Writes a database as a tree of files: all of it ({@link #full}), or what an update of the graph changed
 * ({@link #update}); both leave the same tree. What was written is remembered in the {@link MapStore} of the graph, whose
 * commit is the caller's. Not thread-safe.
 */
public final class Dump {
    /** Places whose names are noted at a time, by the only thread that changes the maps then. */
    private static final int NOTED = 256;

    private final MapStore store;
    private final HomeGraph graph;
    private final TreeStates states;
    private final DumpIndex index;
    private final Siblings siblings;
    private final UnitMaker maker;
    private final Placement placement;

    /** Makes a dump of the database that {@code states} reads and that {@code graph} is up to date with. */
    public Dump(MapStore store, HomeGraph graph, TreeStates states) {
        this.store = store;
        this.graph = graph;
        this.states = states;
        index = new DumpIndex(store);
        siblings = new Siblings(store);
        maker = new UnitMaker(graph, states, index, siblings);
        placement = maker.placement();
    }

    /**
     * Writes all objects, and the settings of the tree; the store has no stamp then if they are many. The sink is called
     * on several threads, which have ended when this returns; one after the other unless it is a {@link SharedSink}.
     *
     * @throws IOException if the sink fails, or if an object cannot be written and errors are not to be skipped
     */
    public DumpReport full(TreeSink sink, DumpOptions options) throws IOException {
        DumpLog log = new DumpLog();
        index.clear();
        siblings.clear();
        states.watchSecrets(log::secret);
        Objects all = placeAll(log);
        TreeSink counting = log.counting(sink instanceof SharedSink ? sink : new OneByOne(sink));
        if (options.paths().isEmpty()) {
            counting.put(FileNames.SETTINGS, states.settings().content());
            counting.put(
                    FileNames.ATTRIBUTES,
                    TreeAttributes.content(states.settings().format()));
        }
        // Who makes units reads the maps, whose pages a spill moves.
        ReadWriteLock reading = new ReentrantReadWriteLock();
        DerivedShares shares = DerivedShares.of(graph, placement, states.ignored());
        List<InOrder.Maker<Done>> makers = new ArrayList<>();
        for (TreeStates apart : states.apart(InOrder.threads(all.oids.size()))) {
            apart.watchSecrets(log::secret);
            UnitMaker each = maker.with(apart);
            makers.add(i -> {
                reading.readLock().lock();
                try {
                    return make(each, new Oid(all.oids.get(i)), all.written.get(i), counting, options, shares);
                } finally {
                    reading.readLock().unlock();
                }
            });
        }
        InOrder.run(makers, all.oids.size(), done -> {
            index.place(done.place.oid(), done.print);
            if (done.unit != null) {
                index.add(done.place.oid(), done.unit.entry());
                done.unit.tell(log);
            }
            if (store.isSpillDue()) {
                reading.writeLock().lock();
                try {
                    store.spill();
                } finally {
                    reading.writeLock().unlock();
                }
            }
        });
        log.derived(shares.report());
        if (options.countUnreachable()) {
            long[] stored = new long[1];
            states.snapshot().forEach(loaded -> stored[0]++);
            log.unreachable(stored[0] - graph.size());
        }
        return log.report();
    }

    /** What is known of an object after its turn; no unit if it has no file to write. */
    private record Done(Place place, DumpIndex.Placed print, UnitMaker.@Nullable Made unit) {}

    private static Done make(
            UnitMaker maker, Oid oid, boolean written, TreeSink sink, DumpOptions options, DerivedShares shares)
            throws IOException {
        Place place = maker.place(oid);
        DumpIndex.Placed print = maker.placed(place);
        if (!written) {
            return new Done(place, print, null);
        }
        boolean wanted = options.recurse()
                ? maker.placement().isOrIsBelow(place, at -> options.wants(at.path()))
                : options.wants(place.path());
        UnitMaker.Made unit = wanted
                ? maker.write(place, shares.counting(place.path(), sink), options.skipErrors())
                : UnitMaker.Made.unwritten(place);
        return new Done(place, print, unit);
    }

    /** Writes one object that {@link #full} wrote once more, in the same way; remembers nothing. */
    void again(Oid oid, TreeSink sink) throws IOException {
        maker.files(maker.place(oid), sink);
    }

    /**
     * Writes what changed since the last dump with the same map: after it the sink holds what a full dump would put.
     *
     * @param change what the update of the graph to the present state said
     */
    public DumpReport update(HomeChange change, TreeSink sink) throws IOException {
        placement.forget();
        maker.forgetFolders();
        DumpLog log = new DumpLog();
        states.watchSecrets(log::secret);
        DumpChange dirty = new DumpChange(graph, placement, index, siblings, maker::placed, this::isIgnored);
        dirty.collect(change);
        maker.forgetFolders();
        BufferSink buffer = new BufferSink();
        try {
            return write(dirty, buffer, log, sink);
        } finally {
            buffer.clear();
        }
    }

    private DumpReport write(DumpChange dirty, BufferSink buffer, DumpLog log, TreeSink sink) throws IOException {
        List<String> old = new ArrayList<>(dirty.oldFiles());
        for (Oid oid : dirty.owners()) {
            UnitMaker.Made made = maker.write(maker.place(oid), buffer, false);
            index.put(oid, made.entry());
            made.tell(log);
        }
        TreeSink counting = log.counting(sink);
        for (String file : old) {
            if (!buffer.has(file)) {
                counting.delete(file);
            }
        }
        buffer.flushTo(counting);
        return log.report();
    }

    /** All objects from the root down, and which of them have a file to write, by their number. */
    private record Objects(LongArrayList oids, BitSet written) {}

    /** An object with a file, or with none because it is to be left out. */
    private record Standing(Place place, boolean ignored) {}

    /** Finds the place of every object and notes which names stand beside each other. */
    private Objects placeAll(DumpLog log) throws IOException {
        Objects all = new Objects(new LongArrayList(), new BitSet());
        Deque<Place> open = new ArrayDeque<>();
        placement.of(Oid.ROOT).ifPresent(open::push);
        try (Beside notes = new Beside()) {
            List<Standing> own = new ArrayList<>(NOTED);
            while (!open.isEmpty()) {
                Place place = open.pop();
                if (place.isOwn()) {
                    boolean ignored = isIgnored(place);
                    own.add(new Standing(place, ignored));
                    if (ignored) {
                        log.ignored(place.path());
                    } else {
                        all.written.set(all.oids.size());
                    }
                }
                all.oids.add(place.oid().value());
                for (Edge edge : graph.homeChildren(place.oid()).reversed()) {
                    open.push(placement.below(place, edge));
                }
                if (own.size() == NOTED || open.isEmpty()) {
                    List<Standing> noted = own;
                    notes.give(() -> noted.forEach(this::note));
                    own = new ArrayList<>(NOTED);
                }
                if (store.isSpillDue() || open.isEmpty()) {
                    notes.await();
                    store.spill();
                }
            }
        }
        return all;
    }

    private void note(Standing standing) {
        Place place = standing.place;
        siblings.count(place.path().segments(), 1, (folder, segment) -> {});
        index.stand(path(place), place.oid());
        if (standing.ignored) {
            index.add(place.oid(), UnitMaker.Made.unwritten(place).entry());
        }
    }

    private boolean isIgnored(Place place) {
        return !states.ignored().isEmpty()
                && placement.isOrIsBelow(
                        place,
                        at -> !at.path().isRoot()
                                && states.ignored().ignoresObject(at.path(), maker.className(at.oid())));
    }

    static String path(Place place) {
        return ObjectPath.join(place.path().segments());
    }
}
