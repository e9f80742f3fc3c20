package gitzodb.dump;

import gitzodb.graph.Edge;
import gitzodb.graph.HomeChange;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.Segment;
import gitzodb.tree.Siblings;
import gitzodb.zodb.Oid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds which objects with a file are to be written again after an update of the graph. */
final class DumpChange {
    private final HomeGraph graph;
    private final Placement placement;
    private final DumpIndex index;
    private final Siblings siblings;
    private final Function<Place, DumpIndex.Placed> print;
    private final Predicate<Place> ignored;
    private final NavigableSet<Oid> owners = new TreeSet<>();
    private final Set<String> oldFiles = new LinkedHashSet<>();
    private final Set<Oid> moved = new HashSet<>();
    private final List<Came> came = new ArrayList<>();
    private final Set<String> left = new LinkedHashSet<>();

    /** A segment that came to a folder, or went. */
    private record Came(List<Segment> folder, Segment segment) {}

    DumpChange(
            HomeGraph graph,
            Placement placement,
            DumpIndex index,
            Siblings siblings,
            Function<Place, DumpIndex.Placed> print,
            Predicate<Place> ignored) {
        this.graph = graph;
        this.placement = placement;
        this.index = index;
        this.siblings = siblings;
        this.print = print;
        this.ignored = ignored;
    }

    /** Returns the objects with a file to write. */
    NavigableSet<Oid> owners() {
        return owners;
    }

    /** Returns the files that were written for them, and for objects that have none any more. */
    Set<String> oldFiles() {
        return oldFiles;
    }

    void collect(HomeChange change) {
        Set<Oid> gone = new HashSet<>(change.removed());
        for (Oid oid : gone) {
            dirtyOldOwner(oid);
        }
        place(change);
        for (Oid oid : change.changed()) {
            dirty(oid);
        }
        for (Oid oid : gone) {
            index.removePlace(oid);
            unregister(oid);
            dirtyReferrers(oid);
        }
        for (Oid oid : moved) {
            dirty(oid);
            dirtyReferrers(oid);
        }
        register();
        came.forEach(this::dirtyNeighbours);
        owners.removeIf(oid -> !isWritten(oid));
        for (Oid oid : owners) {
            addOldFiles(oid);
        }
    }

    /** Finds the objects whose place, or what is said of them elsewhere, is another one now. */
    private void place(HomeChange change) {
        Deque<Oid> open = new ArrayDeque<>(change.added());
        open.addAll(change.rehomed());
        numberedTrees(change).forEach(tree -> open.addAll(placement.nodes(tree).nodes()));
        for (Oid oid : change.changed()) {
            open.add(oid);
            graph.homeChildren(oid).forEach(edge -> open.add(edge.target()));
        }
        lookAlikes(change).forEach(tree -> open.addAll(placement.numbered(tree)));
        open.addAll(pieces(change));
        while (!open.isEmpty()) {
            Oid oid = open.remove();
            Optional<Place> place = placement.of(oid);
            if (place.isEmpty() || moved.contains(oid)) {
                continue;
            }
            DumpIndex.Placed now = print.apply(place.get());
            if (!now.equals(index.placed(oid))) {
                moved.add(oid);
                dirtyOldOwner(oid);
                index.place(oid, now);
                for (Edge edge : graph.homeChildren(oid)) {
                    open.add(edge.target());
                }
            }
        }
    }

    /** Finds all pieces of content of which one changed, or what holds them: they are one natural file or none. */
    private Set<Oid> pieces(HomeChange change) {
        Set<Oid> pieces = new LinkedHashSet<>();
        for (Oid oid : change.changed()) {
            addPieces(oid, pieces);
            graph.homeChildren(oid).forEach(edge -> addPieces(edge.target(), pieces));
        }
        for (Oid oid : change.rehomed()) {
            if (graph.shape(oid).equals(Optional.of(Node.Shape.PDATA))) {
                addPieces(oid, pieces);
                graph.referrers(oid).forEach(holder -> addPieces(holder, pieces));
            }
        }
        return pieces;
    }

    private void addPieces(Oid oid, Set<Oid> pieces) {
        if (!pieces.contains(oid) && graph.home(oid).isPresent()) {
            pieces.addAll(placement.pieces(oid));
        }
    }

    /** Finds the trees in which an object that a key holds came, went or has another place. */
    private Set<Oid> lookAlikes(HomeChange change) {
        Set<Oid> losers = new HashSet<>();
        Set<Oid> trees = new LinkedHashSet<>();
        for (Set<Oid> lost : List.of(change.removed(), change.rehomed())) {
            for (Oid oid : lost) {
                DumpIndex.Placed old = index.placed(oid);
                if (old != null && !old.owner().equals(oid)) {
                    losers.add(old.owner());
                }
            }
        }
        for (Oid oid : change.rehomed()) {
            graph.referrers(oid).stream()
                    .filter(node -> graph.home(node).isPresent() && placement.hasNumbered(node))
                    .forEach(node -> trees.add(placement.tree(node)));
        }
        for (Oid oid : change.changed()) {
            if (graph.shape(oid).equals(Optional.of(Node.Shape.STRUCTURE))) {
                Oid tree = placement.tree(oid);
                boolean lost = placement
                        .of(tree)
                        .filter(place -> losers.contains(place.owner()))
                        .isPresent();
                if (lost || placement.hasNumbered(oid)) {
                    trees.add(tree);
                }
            }
        }
        return trees;
    }

    /** Finds the trees with changed nodes that are shown node by node: any node may have another number now. */
    private Set<Oid> numberedTrees(HomeChange change) {
        Set<Oid> trees = new LinkedHashSet<>();
        for (Oid oid : change.changed()) {
            Oid tree = placement.tree(oid);
            if (graph.shape(tree).equals(Optional.of(Node.Shape.STRUCTURE)) && !trees.contains(tree)) {
                index.weakReferrers(tree, owner -> {
                    owners.add(owner);
                    trees.add(tree);
                });
            }
        }
        return trees;
    }

    /** Brings the folders up to date with the objects that moved. */
    private void register() {
        List<Place> own = new ArrayList<>();
        for (Oid oid : moved) {
            Place place = placement.of(oid).orElseThrow();
            DumpIndex.Entry old = index.unit(oid);
            boolean same = old != null && place.isOwn() && old.path().equals(Dump.path(place));
            if (!same) {
                unregister(oid);
            }
            if (place.isOwn()) {
                own.add(place);
                if (!same) {
                    siblings.count(place.path().segments(), 1, (f, s) -> came.add(new Came(List.copyOf(f), s)));
                }
            }
        }
        for (Place place : own) {
            DumpIndex.Entry old = index.unit(place.oid());
            if (old == null) {
                index.put(place.oid(), new DumpIndex.Entry(Dump.path(place), List.of(), List.of()));
            }
        }
        // Whether a source has the name of the folder for what is below may have changed.
        own.forEach(place -> index.below(Dump.path(place), owners::add));
        left.forEach(path -> index.below(path, owners::add));
    }

    private void unregister(Oid oid) {
        DumpIndex.Entry old = index.unit(oid);
        if (old == null) {
            return;
        }
        oldFiles.addAll(old.files());
        left.add(old.path());
        index.remove(oid);
        siblings.count(segments(old.path()), -1, (folder, segment) -> came.add(new Came(List.copyOf(folder), segment)));
    }

    /** A segment that comes or goes may change the names of its case twins, and of files that would have its name. */
    private void dirtyNeighbours(Came change) {
        String prefix = ObjectPath.join(change.folder);
        for (Segment twin : siblings.others(change.folder, change.segment, false)) {
            index.below(path(prefix, twin), owners::add);
        }
        String text = change.segment.text();
        for (int dot = text.lastIndexOf('.'); dot >= 0; dot = text.lastIndexOf('.', dot - 1)) {
            Segment shorter = new Segment(change.segment.mark(), text.substring(0, dot));
            for (Segment claimer : siblings.others(change.folder, shorter, false)) {
                Oid oid = index.at(path(prefix, claimer));
                if (oid != null) {
                    owners.add(oid);
                }
            }
        }
    }

    private static String path(String folder, Segment segment) {
        String last = ObjectPath.join(List.of(segment));
        return folder.isEmpty() ? last : folder + '/' + last;
    }

    private void dirty(Oid oid) {
        placement.of(oid).ifPresent(place -> owners.add(place.owner()));
    }

    private void dirtyOldOwner(Oid oid) {
        DumpIndex.Placed old = index.placed(oid);
        if (old != null) {
            owners.add(old.owner());
        }
    }

    private void dirtyReferrers(Oid oid) {
        graph.referrers(oid).forEach(this::dirty);
        index.weakReferrers(oid, owners::add);
    }

    private boolean isWritten(Oid oid) {
        Optional<Place> place = placement.of(oid);
        return place.isPresent() && place.get().isOwn() && !ignored.test(place.get());
    }

    private void addOldFiles(Oid oid) {
        DumpIndex.Entry old = index.unit(oid);
        if (old != null) {
            oldFiles.addAll(old.files());
        }
    }

    private static List<Segment> segments(String path) {
        return path.isEmpty() ? List.of() : ObjectPath.parse('/' + path).segments();
    }
}
