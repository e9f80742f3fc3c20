package gitzodb.load;

import gitzodb.graph.HomeGraph;
import gitzodb.tree.FileTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which object of the tree is which of the database: by path, or by what tells that it moved. */
final class LoadPlan implements TreeIndex.Outside {
    /** An object of the database that the tree does not have. */
    record Gone(String path, OldTree.Old old) {}

    private final OldTree old;
    private final TreeIndex index;
    private final Map<String, String> oldPaths;
    private final FoldedMoves folded;
    private final NewOids newOids;
    private final TreeStates states;
    private final Unread unread;
    private final Map<String, Oid> given = new HashMap<>();
    private final Set<String> returned = new TreeSet<>();
    private final Map<String, Target> kept = new HashMap<>();

    private LoadPlan(
            OldTree old,
            TreeIndex index,
            Map<String, String> oldPaths,
            FoldedMoves folded,
            NewOids newOids,
            TreeStates states,
            Unread unread) {
        this.old = old;
        this.index = index;
        this.states = states;
        this.unread = unread;
        this.oldPaths = oldPaths;
        this.folded = folded;
        this.newOids = newOids;
    }

    static LoadPlan of(
            FileTree tree,
            OldTree old,
            TreeIndex index,
            TreeStates states,
            HomeGraph graph,
            Unread unread,
            OldFiles oldFiles,
            Map<String, Oid> deleted)
            throws IOException {
        NewOids newOids = new NewOids(states.snapshot().highestOid());
        graph.highestTarget().ifPresent(newOids::saw);
        index.missing().forEach(newOids::saw);
        newOids.saw(unread.highestWeakTarget());
        Map<String, String> moved = renames(tree, old, index, oldFiles);
        FoldedMoves folded = FoldedMoves.find(tree, old, index, oldFiles, moved, states.formats(), states.settings());
        LoadPlan plan = new LoadPlan(old, index, moved, folded, newOids, states, unread);
        Returned returned = new Returned(index, states, graph, unread);
        for (Map.Entry<String, Oid> object : new TreeMap<>(deleted).entrySet()) {
            if (index.classOf(object.getKey()) != null && plan.before(object.getKey()) == null) {
                returned.add(object.getKey(), object.getValue());
            }
        }
        plan.given.putAll(returned.oids());
        plan.returned.addAll(returned.oids().keySet());
        return plan;
    }

    NewOids newOids() {
        return newOids;
    }

    /** Returns the oid of an object of the tree; always the same for a path. */
    Oid oid(String path) {
        return given.computeIfAbsent(path, unused -> {
            OldTree.Old before = before(path);
            return before == null ? newOids.get() : before.oid();
        });
    }

    /** Returns what the tree leaves out by its rules and may refer to nonetheless, and what is not read. */
    @Override
    public @Nullable Target find(String path) throws IOException {
        OldTree.Old object = outside(path);
        if (object == null) {
            return null;
        }
        Target target = kept.get(path);
        if (target == null) {
            ClassMeta meta = object.ignored()
                    ? ClassMeta.of(object.cls())
                    : states.load(object.oid()).orElseThrow().meta();
            target = new Target(object.oid(), meta);
            kept.put(path, target);
        }
        return target;
    }

    @Override
    public boolean has(String path) {
        return outside(path) != null;
    }

    private OldTree.@Nullable Old outside(String path) {
        String oldPath = along(path, oldPaths);
        OldTree.Old object = old.find(oldPath);
        if (object == null || (object.ignored() && !isLeftOut(path, oldPath, object))) {
            return null;
        }
        return object.ignored() || (unread.keeps(object) && !object.piece() && path.equals(oldPath)) ? object : null;
    }

    /** Returns where an object goes if it goes with the nearest moved one above it. */
    private static String along(String path, Map<String, String> moves) {
        for (int cut = path.lastIndexOf('/'); cut > 0 && !moves.isEmpty(); cut = path.lastIndexOf('/', cut - 1)) {
            String to = moves.get(path.substring(0, cut));
            if (to != null) {
                return to + path.substring(cut);
            }
        }
        return path;
    }

    /** True if the rules leave out at its new place, too, what they left out. */
    private boolean isLeftOut(String path, String oldPath, OldTree.Old object) {
        return path.equals(oldPath) || states.ignored().ignoresObject(ObjectPath.parse(path), object.cls());
    }

    @Override
    public boolean isListed(String path) {
        OldTree.Old object = old.find(path);
        return object != null && object.own() && !object.ignored() && !unread.isTouched(object.holder());
    }

    private OldTree.@Nullable Old before(String path) {
        String oldPath = folded.oldPath(path);
        OldTree.Old before = oldPath == null ? null : old.find(oldPath);
        return before == null || before.ignored() ? null : before;
    }

    /** Returns the objects whose oids nothing in the tree has any more. */
    Collection<Gone> gone() {
        Set<Oid> kept = new HashSet<>();
        for (String path : index.allPaths()) {
            OldTree.Old before = before(path);
            if (before != null) {
                kept.add(before.oid());
            }
        }
        Map<String, String> newPaths = new HashMap<>();
        oldPaths.forEach((path, oldPath) -> newPaths.put(oldPath, path));
        Map<String, Gone> gone = new TreeMap<>();
        old.read().forEach((path, object) -> {
            if (!kept.contains(object.oid()) && !object.piece() && !isKeptOutside(path, object, newPaths)) {
                gone.put(path, new Gone(path, object));
            }
        });
        return gone.values();
    }

    /** Ignored objects stay as long as what holds them does, and lists them; they move with it. */
    private boolean isKeptOutside(String oldPath, OldTree.Old object, Map<String, String> newPaths) {
        String path = along(oldPath, newPaths);
        String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        return object.ignored()
                && isLeftOut(path, oldPath, object)
                && (index.units().contains(parent) || has(parent))
                && (isBelowIgnored(oldPath)
                        || !unread.isTouched(object.holder())
                        || index.listed().contains(path));
    }

    private boolean isBelowIgnored(String path) {
        for (int cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
            OldTree.Old above = old.find(path.substring(0, cut));
            if (above != null) {
                return above.ignored();
            }
        }
        return false;
    }

    /** What the rules leave out cannot come from a file: it would take the place of what the database has there. */
    void refuseIgnored(Problems problems) {
        if (states.ignored().isEmpty()) {
            return;
        }
        index.units().forEach(path -> {
            ClassName cls = index.classOf(path);
            if (!path.equals("/") && cls != null && states.ignored().ignoresObject(ObjectPath.parse(path), cls)) {
                problems.add(
                        String.valueOf(index.file(path)),
                        0,
                        path,
                        "the rules of the tree leave this object out; remove the file, or change the rules");
            }
        });
    }

    /** @param emptied paths of objects that got empty structures for what the tree leaves out */
    LoadResult result(Tid tid, Set<String> written, List<LoadResult.Locked> locked, Set<String> emptied)
            throws IOException {
        List<LoadResult.Change> changes = new ArrayList<>();
        List<StaleNotes.Written> noted = new ArrayList<>();
        Set<String> moved = new TreeSet<>(oldPaths.keySet());
        Set<String> all = new TreeSet<>(written);
        all.addAll(moved);
        all.addAll(returned);
        for (String path : all) {
            OldTree.Old before = before(path);
            String from = oldPaths.get(path);
            LoadResult.Kind kind = before == null
                    ? LoadResult.Kind.NEW
                    : from != null ? LoadResult.Kind.MOVED : LoadResult.Kind.CHANGED;
            changes.add(new LoadResult.Change(kind, oid(path), path));
            boolean workflow = path.endsWith("#workflow_history") || path.contains("#workflow_history/");
            noted.add(new StaleNotes.Written(kind, path, index.classOf(path), from, workflow));
        }
        for (Gone object : gone()) {
            changes.add(new LoadResult.Change(LoadResult.Kind.GONE, object.old.oid(), object.path));
            if (object.old.own()) {
                noted.add(new StaleNotes.Written(LoadResult.Kind.GONE, object.path, null, null, false));
            }
        }
        changes.sort(java.util.Comparator.comparing(LoadResult.Change::path));
        List<LoadResult.StaleNote> stale = new ArrayList<>(new StaleNotes(old.keepers()).of(noted));
        stale.addAll(OrderNotes.of(noted, path -> index.classOf(path) != null));
        if (!emptied.isEmpty()) {
            stale.addAll(StaleNotes.ofTree(index).ofLeftOut(emptied));
        }
        return new LoadResult(tid, changes, stale, locked);
    }

    /** Finds moves among the objects with files that only one side has. */
    private static Map<String, String> renames(FileTree tree, OldTree old, TreeIndex index, OldFiles oldFiles)
            throws IOException {
        Map<String, OldTree.Old> gone = new TreeMap<>();
        old.read().forEach((path, object) -> {
            if (object.own() && !object.ignored() && !index.units().contains(path)) {
                gone.put(path, object);
            }
        });
        Map<String, String> added = new TreeMap<>();
        index.units().forEach(path -> {
            OldTree.Old there = old.find(path);
            if (there == null || !there.own()) {
                added.put(path, String.valueOf(index.file(path)));
            }
        });
        if (gone.isEmpty() || added.isEmpty()) {
            return Map.of();
        }
        UnitTexts before = new UnitTexts(oldFiles.tree());
        UnitTexts after = new UnitTexts(tree);
        List<Movable> from = new ArrayList<>();
        for (Map.Entry<String, OldTree.Old> object : gone.entrySet()) {
            String file = oldFiles.xml(object.getKey());
            if (file != null) {
                from.add(new Movable(object.getKey(), object.getValue().cls(), before.hash(file)));
            }
        }
        List<Movable> to = new ArrayList<>();
        for (Map.Entry<String, String> object : added.entrySet()) {
            var cls = index.classOf(object.getKey());
            if (cls != null) {
                to.add(new Movable(object.getKey(), cls, after.hash(object.getValue())));
            }
        }
        return Renames.find(from, to, new Renames.Texts() {
            @Override
            public List<String> gone(String path) throws IOException {
                String file = oldFiles.xml(path);
                return file == null ? List.of() : before.lines(file);
            }

            @Override
            public List<String> added(String path) throws IOException {
                String file = added.get(path);
                return file == null ? List.of() : after.lines(file);
            }
        });
    }
}
