package gitzodb.load;

import gitzodb.classes.Attributes;
import gitzodb.classes.Secrets;
import gitzodb.graph.HomeGraph;
import gitzodb.pickle.PyDict;
import gitzodb.tree.Problem;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeStates;
import gitzodb.tree.UnreadableRecord;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Finds what a deletion would take with it that no tree holds. */
final class Losses {
    private final TreeStates states;
    private final HomeGraph graph;
    private final CanonicalOrder order;
    private final Load.Loss loss;

    Losses(TreeStates states, HomeGraph graph, Load.Loss loss) {
        this.graph = graph;
        this.states = states;
        this.loss = loss;
        order = new CanonicalOrder(states.settings().generation());
    }

    void check(Collection<LoadPlan.Gone> gone, Problems problems) throws IOException {
        for (LoadPlan.Gone object : gone) {
            Optional<String> lost = switch (loss) {
                case REFUSED -> lost(object);
                case REMEMBERED -> lostForGood(object);
                case TAKEN -> Optional.empty();
            };
            if (lost.isPresent()) {
                problems.add(new Problem(
                        "",
                        0,
                        object.path(),
                        "deleting it would lose " + lost.get() + "; 'git zodb load --override' does so",
                        Problem.Kind.REFUSED));
            }
        }
    }

    /** Returns what would be lost even if the record of the object were found again. */
    private Optional<String> lostForGood(LoadPlan.Gone object) throws IOException {
        if (object.old().ignored()) {
            return Optional.of("what the tree leaves out");
        }
        return states.stored(object.old().oid()).filter(UnreadableRecord::is).isPresent()
                ? Optional.of("a record that cannot be read, and that no load brings back")
                : Optional.empty();
    }

    private Optional<String> lost(LoadPlan.Gone object) throws IOException {
        Optional<String> forGood = lostForGood(object);
        if (forGood.isPresent()) {
            return forGood;
        }
        Optional<ObjectState> stored = states.stored(object.old().oid());
        PyDict attributes = stored.isEmpty() ? null : stored.get().attributes();
        if (attributes == null) {
            return Optional.empty();
        }
        for (PyDict.Entry entry : attributes.entries()) {
            String name = order.nativeText(entry.key());
            ClassName cls = stored.get().className();
            if (name != null
                    && (states.ignored().ignoresAttribute(cls, name)
                            || states.leavesContent(cls, name, entry.value()))) {
                return Optional.of("the ignored attribute " + name);
            }
        }
        // Who deletes an account asks for its password to be gone.
        ObjectState kept = Attributes.without(stored.get(), Set.of(Secrets.PASSWORD));
        return states.hide(kept) > 0
                        || states.secretEntries(object.old().oid(), graph).isPresent()
                ? Optional.of("a secret that the tree does not hold")
                : Optional.empty();
    }
}
