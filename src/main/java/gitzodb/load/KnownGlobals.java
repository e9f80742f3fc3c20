package gitzodb.load;

import gitzodb.graph.HomeGraph;
import gitzodb.pickle.Value;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StateWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The classes and functions that a database names. A name is looked for where it is likely to be: among the classes of
 * objects, in the records that the load is about, in some records of the classes asked for before. Only then is the
 * database read in whole.
 */
final class KnownGlobals implements Predicate<ClassName> {
    private final TreeStates states;
    private final HomeGraph graph;
    private final Predicate<ClassName> quick;
    private final StateWalk walk;
    private final Set<Oid> likely;
    private final Set<ClassName> asked = new HashSet<>();
    private final Set<ClassName> found = new HashSet<>();
    private boolean all;

    /**
     * Makes a search.
     *
     * @param quick tells of some names without one
     * @param likely objects whose records are looked at first
     */
    KnownGlobals(TreeStates states, HomeGraph graph, Predicate<ClassName> quick, Set<Oid> likely) {
        this.states = states;
        this.graph = graph;
        this.quick = quick;
        this.likely = new HashSet<>(likely);
        walk = new StateWalk(states.settings().generation());
    }

    @Override
    public boolean test(ClassName name) {
        if (asked.add(name)) {
            likely.addAll(graph.someOfClass(name));
        }
        try {
            return quick.test(name) || graph.hasClass(name) || found.contains(name) || isFound(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isFound(ClassName name) throws IOException {
        for (Oid oid : likely) {
            add(oid);
        }
        likely.clear();
        if (!all && !found.contains(name)) {
            all = true;
            Snapshot snapshot = states.snapshot();
            snapshot.forEach(loaded -> add(loaded.oid()));
        }
        return found.contains(name);
    }

    private void add(Oid oid) throws IOException {
        ObjectState state = states.stored(oid).orElse(null);
        if (state != null) {
            walk.walk(state, new StateWalk.Visitor() {
                @Override
                public void reference(Value.PersistentId id, Label label) {}

                @Override
                public void global(Value.Global global) {
                    found.add(ClassName.of(global));
                }
            });
        }
    }
}
