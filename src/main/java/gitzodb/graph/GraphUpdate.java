package gitzodb.graph;

import gitzodb.parallel.InOrder;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/**
 * One update of a {@link HomeGraph}. Three questions, each settled before the next: which objects are reachable, which
 * structures are collections ({@link CollectionSearch}), and where everything is at home ({@link HomeSearch}).
 *
 * <p>The homes of before are the proof of reachability: an object can only have become unreachable if an edge on its home
 * path is gone. Only what hung on such an edge is looked at, and lives on if something outside refers to it; cycles do not
 * keep themselves alive.
 */
final class GraphUpdate {
    /** Two oids of this many bits make one number that is not negative. */
    private static final int PACKED_BITS = 31;

    private static final long PACKED_MASK = (1L << PACKED_BITS) - 1;

    private final MapStore store;
    private final GraphMaps maps;
    private final NodeSource source;

    /** The nodes of before, of all objects whose node is another one now or gone. */
    private final SortedMap<Oid, Node> before = new TreeMap<>();

    /** Objects written that were not in the graph and may now be. */
    private final SortedSet<Oid> entrances = new TreeSet<>();

    private final LongHashSet vanished = new LongHashSet();
    /** What hung on a home edge that is gone; after {@link #reach} those of them that are still reachable. */
    private final LongHashSet cut = new LongHashSet();

    private final LongHashSet added = new LongHashSet();
    private final LongHashSet missing = new LongHashSet();
    private final LongArrayList open = new LongArrayList();
    private final SortedSet<Oid> changed = new TreeSet<>();
    private final SortedSet<Oid> removed = new TreeSet<>();
    /** What edges that came or went lead to. */
    private final LongHashSet concerned = new LongHashSet();

    private final CollectionSearch collections;

    GraphUpdate(MapStore store, GraphMaps maps, NodeSource source) {
        this.store = store;
        this.maps = maps;
        this.source = source;
        collections = new CollectionSearch(maps);
    }

    /** Fills an empty graph. */
    void build() throws IOException {
        collections.suspect(Oid.ROOT.value());
        LongArrayList wave = LongArrayList.newListWith(Oid.ROOT.value());
        LongArrayList references = new LongArrayList();
        while (!wave.isEmpty()) {
            wave = readWave(wave, references);
        }
        maps.classes().write();
        references.sortThis();
        for (int i = 0; i < references.size(); i++) {
            maps.putReference(references.get(i) >>> PACKED_BITS, references.get(i) & PACKED_MASK);
            store.spill();
        }
        new HomeSearch(store, maps, before, added).run(collections.run(), cut, entrances);
    }

    /**
     * Reads objects in the order of their oids and returns what they lead to. A sorted map is filled several times faster
     * in its own order, so references wait, packed into one number each where both oids are small enough.
     */
    private LongArrayList readWave(LongArrayList wave, LongArrayList references) throws IOException {
        LongArrayList next = new LongArrayList();
        wave.sortThis();
        LongArrayList fresh = new LongArrayList(wave.size());
        for (int i = 0; i < wave.size(); i++) {
            long value = wave.get(i);
            if (!added.contains(value) && (i == 0 || wave.get(i - 1) != value)) {
                fresh.add(value);
            }
        }
        List<InOrder.Maker<Optional<Node>>> readers = new ArrayList<>();
        for (NodeSource apart : source.apart(InOrder.threads(fresh.size()))) {
            readers.add(i -> apart.read(new Oid(fresh.get(i))));
        }
        InOrder.run(readers, fresh.size(), node -> {
            if (node.isPresent()) {
                add(node.get(), references, next);
                store.spill();
            }
        });
        return next;
    }

    private void add(Node node, LongArrayList references, LongArrayList next) {
        long source = node.oid().value();
        added.add(source);
        maps.replace(node);
        maps.classes().addLater(node.className(), node.oid());
        collections.suspectTargets(node.edges());
        for (Edge edge : node.edges()) {
            long target = edge.targetValue();
            if (((target | source) & ~PACKED_MASK) == 0) {
                references.add((target << PACKED_BITS) | source);
            } else {
                maps.putReference(target, source);
            }
            if (!added.contains(target)) {
                next.add(target);
            }
        }
    }

    HomeChange update(Collection<Oid> written) throws IOException {
        for (Oid oid : new TreeSet<>(written)) {
            read(oid);
        }
        cutLostHomes();
        reach();
        before.keySet().removeAll(removed);
        before.forEach((oid, old) -> collections.changed(oid, old));
        LongHashSet rehomed = new HomeSearch(store, maps, before, added).run(collections.run(), cut, entrances);
        addConcernedNodes();
        return new HomeChange(changed, sorted(rehomed), sorted(added), removed);
    }

    /** Whether a tree can be shown as its content depends on who else refers to its nodes. */
    private void addConcernedNodes() {
        before.forEach((oid, old) -> {
            Set<Edge> now = new HashSet<>(maps.edges(oid));
            old.edges().stream().filter(edge -> !now.remove(edge)).forEach(edge -> concerned.add(edge.targetValue()));
            now.forEach(edge -> concerned.add(edge.targetValue()));
        });
        concerned.forEach(value -> {
            Oid oid = new Oid(value);
            Home home = maps.home(oid);
            NodeFacts facts = maps.facts(oid);
            if (home != null
                    && home.parent() != null
                    && home.labelBytes() == null
                    && facts != null
                    && facts.shape() != Node.Shape.PDATA
                    && !added.contains(value)) {
                changed.add(oid);
            }
        });
    }

    private void read(Oid oid) throws IOException {
        Node old = maps.node(oid);
        if (old == null) {
            entrances.add(oid);
            return;
        }
        Optional<Node> read = source.read(oid);
        if (read.isEmpty()) {
            before.put(oid, old);
            vanished.add(oid.value());
            return;
        }
        Node node = read.get();
        if (node.equals(old)) {
            return;
        }
        changed.add(oid);
        if (node.sameFacts(old) && node.edges().equals(old.edges()) && node.sameClass(old)) {
            maps.replace(node);
        } else {
            before.put(oid, old);
            maps.put(node, old);
        }
    }

    private void cutLostHomes() {
        for (Map.Entry<Oid, Node> entry : before.entrySet()) {
            Oid oid = entry.getKey();
            if (vanished.contains(oid.value())) {
                cutSubtree(oid);
                continue;
            }
            Set<Edge.Place> places = new HashSet<>();
            maps.edges(oid).forEach(edge -> places.add(edge.place()));
            for (Edge edge : entry.getValue().edges()) {
                if (!places.contains(edge.place()) && maps.isHome(oid, edge)) {
                    cutSubtree(edge.target());
                }
            }
        }
    }

    private void cutSubtree(Oid top) {
        open.add(top.value());
        while (!open.isEmpty()) {
            Oid oid = new Oid(open.removeAtIndex(open.size() - 1));
            if (cut.add(oid.value())) {
                for (Edge edge : edgesBefore(oid)) {
                    if (maps.isHome(oid, edge)) {
                        open.add(edge.targetValue());
                    }
                }
            }
        }
    }

    private List<Edge> edgesBefore(Oid oid) {
        Node old = before.get(oid);
        return old == null ? maps.edges(oid) : old.edges();
    }

    /** Finds out what of {@link #cut} is reachable, removes the rest, and reads what is reachable now. */
    private void reach() throws IOException {
        LongHashSet alive = new LongHashSet();
        cut.forEach(oid -> {
            if (!vanished.contains(oid) && hasReferrerOutsideCut(oid)) {
                alive.add(oid);
                open.add(oid);
            }
        });
        for (Oid oid : before.keySet()) {
            if (!cut.contains(oid.value())) {
                enterTargets(oid, alive);
            }
        }
        for (Oid oid : entrances) {
            if (oid.equals(Oid.ROOT) || hasReferrerOutsideCut(oid.value())) {
                enter(oid.value());
            }
        }
        while (!open.isEmpty()) {
            enterTargets(new Oid(open.removeAtIndex(open.size() - 1)), alive);
        }
        for (long oid : cut.toSortedArray()) {
            if (!alive.contains(oid)) {
                remove(new Oid(oid));
            }
        }
        cut.retainAll(alive);
    }

    private boolean hasReferrerOutsideCut(long oid) {
        return maps.anyReferrer(oid, referrer -> !cut.contains(referrer));
    }

    private void enterTargets(Oid oid, LongHashSet alive) throws IOException {
        for (Edge edge : maps.edges(oid)) {
            long target = edge.targetValue();
            if (cut.contains(target)) {
                if (!vanished.contains(target) && alive.add(target)) {
                    open.add(target);
                }
            } else {
                enter(target);
            }
        }
    }

    private void enter(long value) throws IOException {
        Oid oid = new Oid(value);
        if (added.contains(value) || missing.contains(value) || maps.has(oid)) {
            return;
        }
        Optional<Node> node = source.read(oid);
        if (node.isEmpty()) {
            missing.add(value);
            return;
        }
        maps.put(node.get(), null);
        added.add(value);
        open.add(value);
        node.get().edges().forEach(edge -> concerned.add(edge.targetValue()));
        collections.suspectTargets(node.get().edges());
        if (entrances.contains(oid)) {
            collections.suspect(value);
        }
        store.spill();
    }

    private void remove(Oid oid) {
        Node old = before.get(oid);
        if (old != null) {
            collections.suspectTargets(old.edges());
            old.edges().forEach(edge -> concerned.add(edge.targetValue()));
        }
        List<Edge> edges = maps.edges(oid);
        collections.suspectTargets(edges);
        edges.forEach(edge -> concerned.add(edge.targetValue()));
        maps.remove(oid);
        changed.remove(oid);
        removed.add(oid);
    }

    private static SortedSet<Oid> sorted(LongHashSet oids) {
        SortedSet<Oid> sorted = new TreeSet<>();
        oids.forEach(oid -> sorted.add(new Oid(oid)));
        return sorted;
    }
}
