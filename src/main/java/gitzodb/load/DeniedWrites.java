package gitzodb.load;

import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.tree.Problems;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.StateWalk;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for what runs code in the states that are about to be written. A database may hold such a thing, and a tree of it
 * may be loaded; but no object that has it is written, since what it would do may have been changed with it.
 */
final class DeniedWrites {
    private final StateWalk walk;
    private final Problems problems;

    DeniedWrites(Generation generation, Problems problems) {
        walk = new StateWalk(generation);
        this.problems = problems;
    }

    void check(ObjectWriter.At at, ObjectState state) throws IOException {
        check(at, List.of(state));
    }

    void check(ObjectWriter.At at, Collection<ObjectState> states) throws IOException {
        Set<ClassName> names = new HashSet<>();
        for (ObjectState state : states) {
            walk.walk(state, new StateWalk.Visitor() {
                @Override
                public void reference(Value.PersistentId id, Label label) {}

                @Override
                public void global(Value.Global global) {
                    names.add(ClassName.of(global));
                }
            });
        }
        names.stream()
                .sorted()
                .forEach(name ->
                        GlobalPolicy.denial(name).ifPresent(why -> problems.add(at.file(), at.line(), at.path(), why)));
    }
}
