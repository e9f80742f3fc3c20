package gitzodb.tree;

import gitzodb.pickle.PyDict;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Finds what a deletion would take with it that no tree holds. */
final class Losses {
    private final TreeStates states;
    private final CanonicalOrder order;

    Losses(TreeStates states) {
        this.states = states;
        order = new CanonicalOrder(states.settings().generation());
    }

    void check(Collection<LoadPlan.Gone> gone, Problems problems) throws IOException {
        for (LoadPlan.Gone object : gone) {
            Optional<String> lost = lost(object);
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

    private Optional<String> lost(LoadPlan.Gone object) throws IOException {
        if (object.old().ignored()) {
            return Optional.of("what the tree leaves out");
        }
        Optional<ObjectState> stored = states.stored(object.old().oid());
        if (stored.filter(UnreadableRecord::is).isPresent()) {
            return Optional.of("a record that cannot be read, and that no load brings back");
        }
        PyDict attributes = stored.isEmpty() ? null : stored.get().attributes();
        if (attributes == null) {
            return Optional.empty();
        }
        for (PyDict.Entry entry : attributes.entries()) {
            String name = order.nativeText(entry.key());
            if (name != null && states.ignored().ignoresAttribute(name)) {
                return Optional.of("the ignored attribute " + name);
            }
        }
        boolean secret = !states.settings().keepSecrets()
                && !states.formats()
                        .of(object.old().cls())
                        .secrets(stored.get())
                        .isEmpty();
        return secret ? Optional.of("a secret that the tree does not hold") : Optional.empty();
    }
}
