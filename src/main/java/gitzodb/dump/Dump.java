package gitzodb.dump;

import gitzodb.graph.Edge;
import gitzodb.graph.HomeChange;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.graph.Node;
import gitzodb.parallel.InOrder;
import gitzodb.tree.FileNames;
import gitzodb.tree.NameCodec;
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
import java.util.Deque;
import java.util.List;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;

/**
 * Writes a database as a tree of files: all of it ({@link #full}), or what an update of the graph changed
 * ({@link #update}); both leave the same tree. What was written is remembered in the {@link MapStore} of the graph, whose
 * commit is the caller's. Not thread-safe.
 */
public final class Dump {
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
        LongArrayList own = placeAll(log);
        TreeSink counting = log.counting(sink instanceof SharedSink ? sink : new OneByOne(sink));
        if (options.paths().isEmpty()) {
            counting.put(FileNames.SETTINGS, states.settings().content());
            counting.put(FileNames.ATTRIBUTES, TreeAttributes.content());
        }
        List<InOrder.Maker<UnitMaker.Made>> makers = new ArrayList<>();
        for (TreeStates apart : states.apart(InOrder.threads(own.size()))) {
            apart.watchSecrets(log::secret);
            UnitMaker each = maker.with(apart);
            makers.add(i -> make(each, new Oid(own.get(i)), counting, options));
        }
        InOrder.run(makers, own.size(), made -> {
            index.add(made.place().oid(), made.entry());
            made.tell(log);
            store.spill();
        });
        if (options.countUnreachable()) {
            long[] all = new long[1];
            states.snapshot().forEach(loaded -> all[0]++);
            log.unreachable(all[0] - graph.size());
        }
        return log.report();
    }

    private static UnitMaker.Made make(UnitMaker maker, Oid oid, TreeSink sink, DumpOptions options)
            throws IOException {
        Place place = maker.place(oid);
        boolean wanted = options.recurse()
                ? maker.placement().isOrIsBelow(place, at -> options.wants(at.path()))
                : options.wants(place.path());
        return wanted ? maker.write(place, sink, options.skipErrors()) : UnitMaker.Made.unwritten(place);
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
        DumpChange dirty = new DumpChange(graph, placement, index, siblings, this::placed, this::isIgnored);
        dirty.collect(change);
        maker.forgetFolders();
        BufferSink buffer = new BufferSink();
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

    /** Finds the place of every object, from the root down, and notes which names stand beside each other. */
    private LongArrayList placeAll(DumpLog log) throws IOException {
        LongArrayList own = new LongArrayList();
        Deque<Place> open = new ArrayDeque<>();
        placement.of(Oid.ROOT).ifPresent(open::push);
        while (!open.isEmpty()) {
            Place place = open.pop();
            index.place(place.oid(), placed(place));
            if (place.isOwn()) {
                siblings.count(place.path().segments(), 1, (folder, segment) -> {});
                index.stand(path(place), place.oid());
                if (isIgnored(place)) {
                    index.add(place.oid(), UnitMaker.Made.unwritten(place).entry());
                    log.ignored(place.path());
                } else {
                    own.add(place.oid().value());
                }
            }
            for (Edge edge : graph.homeChildren(place.oid()).reversed()) {
                open.push(placement.below(place, edge));
            }
            store.spill();
        }
        return own;
    }

    private boolean isIgnored(Place place) {
        return !states.ignored().isEmpty()
                && placement.isOrIsBelow(
                        place,
                        at -> !at.path().isRoot()
                                && states.ignored().ignoresObject(at.path(), maker.className(at.oid())));
    }

    private DumpIndex.Placed placed(Place place) {
        Node node = graph.node(place.oid()).orElseThrow();
        String secret =
                states.secretEntries(place.oid(), graph).map(Object::toString).orElse("");
        String print =
                place.path() + "\n" + place.barred() + place.nested() + node.className() + node.classArgs() + secret;
        return new DumpIndex.Placed(place.owner(), Long.parseUnsignedLong(NameCodec.hash(print), 16));
    }

    static String path(Place place) {
        return ObjectPath.join(place.path().segments());
    }
}
