package gitzodb.load;

import gitzodb.dump.DumpIndex;
import gitzodb.graph.HomeGraph;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a load need not read, since its files are as the dump wrote them: known are the files that changed, and with them
 * the objects whose files they are or were.
 */
final class Unread {
    /** Everything is read. */
    static final Unread NOTHING = new Unread(null, Set.of());

    private final @Nullable DumpIndex dump;
    private final Set<String> files;
    private final Set<String> folders = new HashSet<>();
    private final Set<Oid> touched = new HashSet<>();
    private final Set<String> touchedPaths = new HashSet<>();

    private Unread(@Nullable DumpIndex dump, Set<String> files) {
        this.dump = dump;
        this.files = files;
    }

    /** Finds what is read because these files changed. */
    static Unread except(DumpIndex dump, Set<String> changed) {
        Unread unread = new Unread(dump, Set.copyOf(changed));
        for (String file : changed) {
            Oid oid = dump.ofFile(file);
            DumpIndex.Entry entry = oid == null ? null : dump.unit(oid);
            if (oid != null && entry != null) {
                unread.touched.add(oid);
                unread.touchedPaths.add('/' + entry.path());
            }
            for (int cut = file.lastIndexOf('/'); cut > 0; cut = file.lastIndexOf('/', cut - 1)) {
                unread.folders.add(file.substring(0, cut));
            }
        }
        return unread;
    }

    /** True if something in or below a folder is read. */
    boolean enters(String folder) {
        return dump == null || folder.isEmpty() || folders.contains(folder);
    }

    /** True for a file of an object that is not read. */
    boolean isKnown(String file) {
        if (dump == null || files.contains(file)) {
            return false;
        }
        Oid oid = dump.ofFile(file);
        return oid != null && !touched.contains(oid);
    }

    /** True for an object that is, or was, in a file that changed. */
    boolean isTouched(Oid unit) {
        return dump == null || touched.contains(unit);
    }

    /** True for the path of an object that is, or was, in a file that changed. */
    boolean isTouched(String unit) {
        return dump == null || touchedPaths.contains(unit);
    }

    /** Returns the objects whose files changed. */
    Set<Oid> touched() {
        return Collections.unmodifiableSet(touched);
    }

    /** True if a weak reference to an oid stands in a file that is not read. */
    boolean isWeaklyReferred(Oid oid) {
        List<Oid> units = new ArrayList<>();
        if (dump != null) {
            dump.weakReferrers(oid, units::add);
        }
        return !touched.containsAll(units);
    }

    /** Returns an oid that no weak reference in a file that is not read leads beyond. */
    Oid highestWeakTarget() {
        Oid highest = dump == null ? null : dump.highestWeakTarget();
        return highest == null ? Oid.ROOT : highest;
    }

    /**
     * Tells whether what is not read would say the same if it were: each object that it refers to or lists is where it
     * was, of the same class, and nothing else takes the place of one of its objects.
     */
    boolean holds(OldTree old, TreeIndex index, HomeGraph graph, TreeStates states) throws IOException {
        if (dump == null) {
            return true;
        }
        for (String path : index.allPaths()) {
            OldTree.Old there = old.find(path);
            if (there != null && (there.ignored() || keeps(there))) {
                return false;
            }
        }
        for (String path : index.listed()) {
            OldTree.Old there = old.find(path);
            if (there != null && there.own() && !there.ignored() && keeps(there) && !isTouched(there.holder())) {
                return false;
            }
        }
        if (!index.listed().containsAll(old.held().keySet())) {
            return false;
        }
        for (Map.Entry<String, OldTree.Old> entry : old.read().entrySet()) {
            OldTree.Old object = entry.getValue();
            if (!object.ignored()
                    && !isSame(entry.getKey(), object, index, states)
                    && !isForgotten(object.oid(), graph)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(String path, OldTree.Old object, TreeIndex index, TreeStates states)
            throws IOException {
        Target target = index.find(path);
        Optional<ObjectState> shown = states.load(object.oid());
        return target != null
                && shown.isPresent()
                && target.oid().equals(object.oid())
                && target.meta().equals(shown.get().meta());
    }

    /** True if only what is read refers to an object. */
    private boolean isForgotten(Oid oid, HomeGraph graph) {
        DumpIndex index = Objects.requireNonNull(dump);
        List<Oid> units = new ArrayList<>();
        for (Oid referrer : graph.referrers(oid)) {
            DumpIndex.Placed placed = index.placed(referrer);
            if (placed == null) {
                return false;
            }
            units.add(placed.owner());
        }
        index.weakReferrers(oid, units::add);
        return touched.containsAll(units);
    }

    /** True for an object that is in none of the files that changed. */
    boolean keeps(OldTree.Old object) {
        return !isTouched(object.unit());
    }
}
