package gitzodb.tree;

import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.StateWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The classes and functions that a database names. Read in whole when a name is asked for that no object is of. */
final class KnownGlobals implements Predicate<ClassName> {
    private final TreeStates states;
    private final Predicate<ClassName> quick;
    private @Nullable Set<ClassName> all;

    /** @param quick tells of some names without a search */
    KnownGlobals(TreeStates states, Predicate<ClassName> quick) {
        this.states = states;
        this.quick = quick;
    }

    @Override
    public boolean test(ClassName name) {
        if (quick.test(name)) {
            return true;
        }
        Set<ClassName> known = all;
        if (known == null) {
            try {
                known = search();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            all = known;
        }
        return known.contains(name);
    }

    private Set<ClassName> search() throws IOException {
        Set<ClassName> found = new HashSet<>();
        Snapshot snapshot = states.snapshot();
        StateWalk walk = new StateWalk(states.settings().generation());
        snapshot.forEach(loaded -> {
            ObjectState state = states.stored(loaded.oid()).orElse(null);
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
        });
        return found;
    }
}
