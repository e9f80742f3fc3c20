package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.graph.Edge;
import gitzodb.graph.HomeChange;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.graph.Node;
import gitzodb.tree.FileNames;
import gitzodb.tree.NameCodec;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.Segment;
import gitzodb.tree.Siblings;
import gitzodb.tree.TreeAttributes;
import gitzodb.tree.TreeSink;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
    private final Placement placement;
    private final Folders folders;

    /** Makes a dump of the database that {@code states} reads and that {@code graph} is up to date with. */
    public Dump(MapStore store, HomeGraph graph, TreeStates states) {
        this.store = store;
        this.graph = graph;
        this.states = states;
        index = new DumpIndex(store);
        siblings = new Siblings(store);
        placement = new Placement(graph, states.formats(), states.settings());
        folders = new Folders(placement, this::hasSourceFile, siblings);
    }

    /**
     * Writes all objects, and the settings of the tree; the store has no stamp then if they are many. The sink is called on another thread, which has ended when this
     * returns.
     *
     * @throws IOException if the sink fails, or if an object cannot be written and errors are not to be skipped
     */
    public DumpReport full(TreeSink sink, DumpOptions options) throws IOException {
        DumpLog log = new DumpLog();
        index.clear();
        siblings.clear();
        states.watchSecrets(log::secret);
        LongArrayList own = placeAll(log);
        try (WriteBehind behind = new WriteBehind(sink)) {
            TreeSink counting = log.counting(behind);
            if (options.paths().isEmpty()) {
                counting.put(FileNames.SETTINGS, states.settings().content());
                counting.put(FileNames.ATTRIBUTES, TreeAttributes.content());
            }
            for (int i = 0; i < own.size(); i++) {
                Place place = placement.of(new Oid(own.get(i))).orElseThrow();
                boolean wanted = options.recurse()
                        ? placement.isOrIsBelow(place, at -> options.wants(at.path()))
                        : options.wants(place.path());
                index.add(place.oid(), wanted ? write(place, counting, log, options.skipErrors()) : unwritten(place));
                store.spill();
            }
            behind.finish();
        }
        if (options.countUnreachable()) {
            long[] all = new long[1];
            states.snapshot().forEach(loaded -> all[0]++);
            log.unreachable(all[0] - graph.size());
        }
        return log.report();
    }

    /** Writes one object that {@link #full} wrote once more, in the same way; remembers nothing. */
    void again(Oid oid, TreeSink sink) throws IOException {
        Place place = placement.of(oid).orElseThrow();
        UnitWriter.write(graph, placement, states, place, folders.spot(place), sink);
    }

    /**
     * Writes what changed since the last dump with the same map: after it the sink holds what a full dump would put.
     *
     * @param change what the update of the graph to the present state said
     */
    public DumpReport update(HomeChange change, TreeSink sink) throws IOException {
        placement.forget();
        folders.forget();
        DumpLog log = new DumpLog();
        states.watchSecrets(log::secret);
        DumpChange dirty = new DumpChange(graph, placement, index, siblings, this::placed, this::isIgnored);
        dirty.collect(change);
        folders.forget();
        BufferSink buffer = new BufferSink();
        List<String> old = new ArrayList<>(dirty.oldFiles());
        for (Oid oid : dirty.owners()) {
            Place place = placement.of(oid).orElseThrow();
            index.put(oid, write(place, buffer, log, false));
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
                    index.add(place.oid(), unwritten(place));
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

    private static DumpIndex.Entry unwritten(Place place) {
        return new DumpIndex.Entry(path(place), List.of(), List.of());
    }

    private DumpIndex.Entry write(Place place, TreeSink sink, DumpLog log, boolean skipErrors) throws IOException {
        try {
            UnitWriter.Written written =
                    UnitWriter.write(graph, placement, states, place, folders.spot(place), new FailingSink(sink));
            log.wrote(place.path(), written);
            return new DumpIndex.Entry(path(place), written.files(), List.copyOf(written.weak()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            if (!skipErrors) {
                throw new IOException(place.path() + ": " + e.getMessage(), e);
            }
            log.error(place.path(), e);
            return unwritten(place);
        }
    }

    private boolean isIgnored(Place place) {
        return !states.ignored().isEmpty()
                && placement.isOrIsBelow(
                        place,
                        at -> !at.path().isRoot() && states.ignored().ignoresObject(at.path(), className(at.oid())));
    }

    private DumpIndex.Placed placed(Place place) {
        Node node = graph.node(place.oid()).orElseThrow();
        String secret =
                states.secretEntries(place.oid(), graph).map(Object::toString).orElse("");
        String print =
                place.path() + "\n" + place.barred() + place.nested() + node.className() + node.classArgs() + secret;
        return new DumpIndex.Placed(place.owner(), Long.parseUnsignedLong(NameCodec.hash(print), 16));
    }

    private boolean hasSourceFile(List<Segment> path) {
        Oid oid = index.at(ObjectPath.join(path));
        return oid != null && placement.hasSourceFile(className(oid));
    }

    private ClassName className(Oid oid) {
        Optional<Node> node = graph.node(oid);
        return node.map(Node::className).orElseThrow(() -> new IllegalStateException("not in the graph: " + oid));
    }

    static String path(Place place) {
        return ObjectPath.join(place.path().segments());
    }

    /** Tells errors of the sink from those of the object that is written. */
    private record FailingSink(TreeSink sink) implements TreeSink {
        @Override
        public void put(String path, Bytes content) {
            try {
                sink.put(path, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void put(String path, Path content) {
            try {
                sink.put(path, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void delete(String path) {
            throw new IllegalStateException("a unit deletes nothing");
        }
    }
}
