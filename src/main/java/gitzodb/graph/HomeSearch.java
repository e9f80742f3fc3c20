package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.map.mutable.primitive.LongObjectHashMap;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/**
 * Finds the least paths after a change. Objects whose home may be another one are taken off with all that is at home below
 * them and become <em>pending</em>; each gets a bid from every reference that stands firm, and the least bid of all is
 * always right (Dijkstra). A firm object that gets a better bid becomes pending in turn. So the work depends on what moves.
 */
final class HomeSearch {
    private final MapStore store;
    private final GraphMaps maps;
    private final SortedMap<Oid, Node> before;
    private final LongHashSet added;

    /** True if nothing has a home yet; homes are then written at the end, in the order of their map. */
    private final boolean building;

    private final LongHashSet pending = new LongHashSet();
    private final LongHashSet settled = new LongHashSet();
    private final LongHashSet rehomed = new LongHashSet();
    /** Pending objects that have not been offered what firm objects have for them. */
    private final LongArrayList unasked = new LongArrayList();

    private final LongObjectHashMap<HomePath> paths = new LongObjectHashMap<>();
    private final PriorityQueue<HomePath> bids = new PriorityQueue<>();
    private final Map<Weight, Weight> weights = new HashMap<>();

    /**
     * Prepares a search.
     *
     * @param before the nodes as they were, of objects whose node changed
     * @param added objects that have no home yet
     */
    HomeSearch(MapStore store, GraphMaps maps, SortedMap<Oid, Node> before, LongHashSet added) {
        this.store = store;
        this.maps = maps;
        this.before = before;
        this.added = added;
        building = !maps.hasHomes();
    }

    /**
     * Brings all homes up to date and returns the objects there before whose path changed.
     *
     * @param flipped structures that became collections or ceased to be
     * @param cut objects whose home path lost an edge
     * @param entrances objects that may have been referred to before they were there
     */
    LongHashSet run(LongHashSet flipped, LongHashSet cut, Collection<Oid> entrances) throws IOException {
        pending.addAll(added);
        pending.addAll(cut);
        unasked.addAll(cut);
        for (Oid oid : entrances) {
            if (pending.contains(oid.value())) {
                unasked.add(oid.value());
            }
        }
        detachWhatCountsAnew(flipped);
        if (pending.contains(Oid.ROOT.value())) {
            bids.add(HomePath.ROOT);
        }
        ask();
        offerWhatChanged(flipped);
        while (!bids.isEmpty()) {
            HomePath bid = bids.remove();
            if (pending.contains(bid.oid) && isCurrent(bid)) {
                settle(bid);
            }
        }
        if (building) {
            for (long oid : paths.keySet().toSortedArray()) {
                maps.putHome(new Oid(oid), paths.get(oid).home());
                store.spill();
            }
        }
        addBelowOtherClasses();
        return rehomed;
    }

    private void detachWhatCountsAnew(LongHashSet flipped) {
        before.forEach((oid, old) -> {
            maps.edges(oid).forEach(edge -> detachIfKindChanged(oid, edge));
            Home home = maps.home(oid);
            Oid parent = home == null ? null : home.parent();
            if (parent != null) {
                for (Edge edge : maps.edges(parent)) {
                    if (edge.targetValue() == oid.value()) {
                        detachIfKindChanged(parent, edge);
                    }
                }
            }
        });
        flipped.forEach(value -> {
            Oid oid = new Oid(value);
            maps.edges(oid).forEach(edge -> detachIfKindChanged(oid, edge));
        });
    }

    private void detachIfKindChanged(Oid oid, Edge edge) {
        Home home = maps.home(edge.target());
        if (home != null && home.isAt(oid, edge)) {
            NodeFacts facts = maps.facts(edge.target());
            if (facts != null && facts.kindOf(edge, maps.isCollection(oid)) != home.kind()) {
                detach(edge.target());
            }
        }
    }

    private void offerWhatChanged(LongHashSet flipped) {
        before.forEach((oid, old) -> {
            offerAll(oid);
            Node node = maps.node(oid);
            if (node != null && !node.sameFacts(old)) {
                offerTo(oid.value());
                ask();
            }
        });
        flipped.forEach(oid -> offerAll(new Oid(oid)));
    }

    /** Takes an object off with all that is at home below it. */
    private void detach(Oid top) {
        LongArrayList open = LongArrayList.newListWith(top.value());
        while (!open.isEmpty()) {
            Oid oid = new Oid(open.removeAtIndex(open.size() - 1));
            if (settled.contains(oid.value()) || !pending.add(oid.value())) {
                continue;
            }
            paths.remove(oid.value());
            unasked.add(oid.value());
            Node old = before.get(oid);
            for (Edge edge : old == null ? maps.edges(oid) : old.edges()) {
                if (maps.isHome(oid, edge)) {
                    open.add(edge.targetValue());
                }
            }
        }
    }

    /** Collects the bids of firm objects for those that became pending. */
    private void ask() {
        while (!unasked.isEmpty()) {
            offerTo(unasked.removeAtIndex(unasked.size() - 1));
        }
    }

    private void offerTo(long target) {
        LongArrayList sources = new LongArrayList();
        maps.anyReferrer(target, source -> {
            sources.add(source);
            return false;
        });
        sources.forEach(value -> {
            Oid source = new Oid(value);
            if (!pending.contains(value)) {
                boolean collection = maps.isCollection(source);
                for (Edge edge : maps.edges(source)) {
                    if (edge.targetValue() == target) {
                        offer(value, edge, collection);
                    }
                }
            }
        });
    }

    private void offerAll(Oid source) {
        if (!pending.contains(source.value())) {
            boolean collection = maps.isCollection(source);
            for (Edge edge : maps.edges(source)) {
                offer(source.value(), edge, collection);
            }
        }
    }

    private void offer(long source, Edge edge, boolean collection) {
        long target = edge.targetValue();
        if (settled.contains(target) || pending.contains(source)) {
            return;
        }
        NodeFacts facts = maps.facts(edge.target());
        if (facts == null) {
            return;
        }
        EdgeKind kind = facts.kindOf(edge, collection);
        HomePath path = path(source);
        HomePath bid = new HomePath(path, target, edge.labelBytes(), kind, plus(path.weight, kind));
        if (pending.contains(target)) {
            bids.add(bid);
        } else if (bid.compareTo(path(target)) < 0) {
            detach(edge.target());
            bids.add(bid);
            ask();
        }
    }

    private Weight plus(Weight weight, EdgeKind kind) {
        return weights.computeIfAbsent(weight.plus(kind), sum -> sum);
    }

    /** True if the object that made the bid still stands where it did. */
    @SuppressWarnings("ReferenceEquality") // one that moved has another path
    private boolean isCurrent(HomePath bid) {
        return bid.parent == null || paths.get(bid.parent.oid) == bid.parent;
    }

    private void settle(HomePath path) {
        Oid oid = new Oid(path.oid);
        pending.remove(path.oid);
        settled.add(path.oid);
        paths.put(path.oid, path);
        if (building) {
            offerAll(oid);
            return;
        }
        Home home = path.home();
        Home old = maps.home(oid);
        if (!home.equals(old)) {
            maps.putHome(oid, home);
        }
        if (old != null && (!home.equals(old) || (path.parent != null && rehomed.contains(path.parent.oid)))) {
            rehomed.add(path.oid);
        }
        offerAll(oid);
    }

    /** Returns the path of a firm object. */
    private HomePath path(long oid) {
        LongArrayList chain = new LongArrayList();
        long top = oid;
        HomePath path = paths.get(top);
        while (path == null) {
            Oid parent = home(top).parent();
            if (parent == null) {
                path = HomePath.ROOT;
                paths.put(top, path);
            } else {
                chain.add(top);
                top = parent.value();
                path = paths.get(top);
            }
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            Home home = home(chain.get(i));
            path = new HomePath(path, chain.get(i), home.labelBytes(), home.kind(), home.weight());
            paths.put(chain.get(i), path);
        }
        return path;
    }

    private Home home(long oid) {
        Home home = maps.home(new Oid(oid));
        if (home == null) {
            throw new IllegalStateException("reachable object without home: " + new Oid(oid));
        }
        return home;
    }

    /** How a child is named depends on the class of its parent. */
    private void addBelowOtherClasses() {
        before.forEach((oid, old) -> {
            Node node = maps.node(oid);
            if (node != null && !node.sameClass(old)) {
                addChildren(oid);
            }
        });
    }

    private void addChildren(Oid top) {
        LongArrayList open = LongArrayList.newListWith(top.value());
        while (!open.isEmpty()) {
            Oid oid = new Oid(open.removeAtIndex(open.size() - 1));
            for (Edge edge : maps.edges(oid)) {
                if (maps.isHome(oid, edge)) {
                    open.add(edge.targetValue());
                    if (!added.contains(edge.targetValue())) {
                        rehomed.add(edge.targetValue());
                    }
                }
            }
        }
    }
}
