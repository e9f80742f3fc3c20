package gitzodb.load;

import gitzodb.classes.ClassFormats;
import gitzodb.dump.DumpIndex;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.Problems;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to what a tree says, in one transaction. Objects keep their oids as long as they keep their paths or
 * can be told to have moved; only what differs is written, and each object is checked against the revision it was read
 * at.
 */
public final class Load {
    private final FileTree tree;
    private final TreeStates states;
    private final HomeGraph graph;
    private final Options options;
    private final @Nullable Changes changes;

    /**
     * Where a tree differs from what the last dump with the same map wrote.
     *
     * @param dump the store with that map, which {@code graph} is in
     * @param before the tree that was written
     * @param files paths in the tree folder: all files that are new, gone or of other content
     */
    public record Changes(MapStore dump, FileTree before, Set<String> files) {
        public Changes {
            files = Set.copyOf(files);
        }
    }

    /**
     * What the caller decides.
     *
     * @param allowed classes that the local configuration allows beside those the database holds
     * @param allowing what a user types before the name of a class to allow it
     * @param loss what becomes of a deletion that would take data with it that no tree holds
     * @param deleted objects that earlier loads took out, by the path they had: one that comes back to its path keeps its
     *     record, and so what no tree holds of it, while the database still has it
     */
    public record Options(Set<ClassName> allowed, String allowing, Loss loss, Map<String, Oid> deleted) {
        /** The option of {@code load} for a database that is not bound. */
        public static final String ALLOW = "--allow";

        public static final Options DEFAULT = new Options(Set.of(), false);

        public Options {
            allowed = Set.copyOf(allowed);
            deleted = Map.copyOf(deleted);
        }

        /** @param force lets deletions take ignored and omitted data with them */
        public Options(Set<ClassName> allowed, boolean force) {
            this(allowed, ALLOW, force ? Loss.TAKEN : Loss.REFUSED, Map.of());
        }
    }

    /** What becomes of a deletion that would take ignored or omitted data with it. */
    public enum Loss {
        REFUSED,
        /** What the record of the object holds may go, since the caller remembers the record; ignored objects may not. */
        REMEMBERED,
        TAKEN
    }

    /** Prepares a load over the database that {@code states} reads and that {@code graph} is up to date with. */
    public Load(FileTree tree, TreeStates states, HomeGraph graph, Options options) {
        this(tree, states, graph, options, null);
    }

    /** Prepares a load that reads what changed, and the whole tree only if that cannot tell all. */
    public Load(FileTree tree, TreeStates states, HomeGraph graph, Options options, @Nullable Changes changes) {
        this.tree = tree;
        this.states = states;
        this.graph = graph;
        this.options = options;
        this.changes = changes;
    }

    /**
     * Writes what differs.
     *
     * @throws BadTreeException if anything is wrong with the tree, with all that is; nothing is written
     * @throws gitzodb.zodb.ConflictException if an object changed since {@code states} was read; nothing is written
     */
    public LoadResult into(Storage storage, TransactionText text) throws IOException {
        if (changes != null && changes.files().stream().noneMatch(Load::isRule)) {
            DumpIndex dump = new DumpIndex(changes.dump());
            Unread unread = Unread.except(dump, changes.files());
            OldTree old = OldTree.of(graph, states, dump, unread.touched());
            Optional<LoadResult> result = into(storage, text, old, unread, new Problems());
            if (result.isPresent()) {
                return result.get();
            }
        }
        Problems problems = new Problems();
        Optional<LoadResult> result = into(storage, text, OldTree.of(graph, states), Unread.NOTHING, problems);
        problems.throwIfAny();
        return result.orElseThrow();
    }

    /** Returns the files of objects that the tree does not have where they were. */
    private OldFiles oldFiles() {
        return changes == null
                ? new DumpedFiles(graph, states)
                : new WrittenFiles(new DumpIndex(changes.dump()), changes.before());
    }

    /** True for a file that says how all others are to be read. */
    private static boolean isRule(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.equals(FileNames.IGNORE) || file.equals(FileNames.SETTINGS) || file.equals(FileNames.ATTRIBUTES);
    }

    /** Returns empty, with nothing written, if there are problems, or if what is not read would have to be. */
    private Optional<LoadResult> into(
            Storage storage, TransactionText text, OldTree old, Unread unread, Problems problems) throws IOException {
        ClassFormats formats = states.formats();
        TreeSettings settings = states.settings();
        GlobalPolicy policy = GlobalPolicy.of(
                new KnownGlobals(
                        states,
                        graph,
                        name -> formats.known().contains(name)
                                || options.allowed().contains(name),
                        unread.touched()),
                options.allowing());
        TreeIndex index = TreeIndex.read(tree, formats, settings, policy, problems, unread);
        LoadPlan plan = LoadPlan.of(tree, old, index, states, graph, unread, oldFiles(), options.deleted());
        index.number(plan::oid, plan);
        index.check();
        plan.refuseIgnored(problems);
        new Losses(states, graph, options.loss()).check(plan.gone(), problems);
        if (!problems.isEmpty() || !unread.holds(old, index, graph, states)) {
            return Optional.empty();
        }
        try (StorageTransaction transaction = storage.begin(text.user(), text.description(), text.extension());
                ReadAhead files = ReadAhead.of(tree, unread)) {
            NewObjects newObjects = new NewObjects(files, formats, settings, plan.newOids(), transaction, problems);
            StoredObjects writer = new StoredObjects(files, states, newObjects, plan.newOids(), transaction, problems);
            TreeWalk walk = new TreeWalk(files, problems, unread);
            UnitReader reader = new UnitReader(settings, walk);
            walk.walk(unit -> {
                UnitStates units = new UnitStates(files, unit, index, settings, writer);
                reader.read(unit, units, units);
                return units.files();
            });
            if (!problems.isEmpty()) {
                return Optional.empty();
            }
            writer.renew();
            if (writer.written().isEmpty()) {
                return Optional.of(LoadResult.NOTHING);
            }
            transaction.vote();
            return Optional.of(plan.result(
                    transaction.finish(),
                    writer.written(),
                    newObjects.locked(),
                    newObjects.contents().emptied()));
        }
    }
}
