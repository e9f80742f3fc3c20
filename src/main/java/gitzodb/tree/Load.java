package gitzodb.tree;

import gitzodb.classes.ClassFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.util.List;
import java.util.Set;

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

    /**
     * What the caller decides.
     *
     * @param allowed classes that the local configuration allows beside those the database holds
     * @param force lets deletions take ignored and omitted data with them
     */
    public record Options(Set<ClassName> allowed, boolean force) {
        public static final Options DEFAULT = new Options(Set.of(), false);

        public Options {
            allowed = Set.copyOf(allowed);
        }
    }

    /** Prepares a load over the database that {@code states} reads and that {@code graph} is up to date with. */
    public Load(FileTree tree, TreeStates states, HomeGraph graph, Options options) {
        this.tree = tree;
        this.states = states;
        this.graph = graph;
        this.options = options;
    }

    /**
     * Writes what differs.
     *
     * @throws BadTreeException if anything is wrong with the tree, with all that is; nothing is written
     * @throws gitzodb.zodb.ConflictException if an object changed since {@code states} was read; nothing is written
     */
    public LoadResult into(Storage storage, TransactionText text) throws IOException {
        Problems problems = new Problems();
        ClassFormats formats = states.formats();
        TreeSettings settings = states.settings();
        OldTree old = OldTree.of(graph, states);
        GlobalPolicy policy = GlobalPolicy.of(new KnownGlobals(
                states,
                name -> old.hasClass(name)
                        || formats.known().contains(name)
                        || options.allowed().contains(name)));
        TreeIndex index = TreeIndex.read(tree, formats, settings, policy, problems);
        LoadPlan plan = LoadPlan.of(tree, old, index, states, graph);
        index.number(plan::oid, plan::outside);
        index.check();
        if (!options.force()) {
            new Losses(states).check(plan.gone(), problems);
        }
        problems.throwIfAny();
        try (StorageTransaction transaction = storage.begin(text.user(), text.description(), text.extension())) {
            NewObjects newObjects = new NewObjects(tree, formats, settings, plan.newOids(), transaction, problems);
            StoredObjects writer = new StoredObjects(tree, states, newObjects, plan.newOids(), transaction);
            TreeWalk walk = new TreeWalk(tree, problems);
            UnitReader reader = new UnitReader(settings, walk);
            walk.walk(unit -> {
                UnitStates units = new UnitStates(tree, unit, index, settings, writer);
                reader.read(unit, units, units);
                return units.files();
            });
            problems.throwIfAny();
            if (writer.written().isEmpty()) {
                return new LoadResult(Tid.NONE, List.of(), List.of());
            }
            transaction.vote();
            return plan.result(transaction.finish(), writer.written());
        }
    }
}
