package gitzodb.zodb;

import gitzodb.pickle.Generation;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds the references of a state in canonical order, each with its label. A list, dict or instance that occurs more than
 * once is walked at its first place only; a tuple, which has no identity that matters, wherever it occurs. Not recursive: the depth of a state is bounded by memory alone.
 */
public final class StateWalk {
    /** How many values may be walked again because tuples that hold them occur again. */
    private static final int MAX_AGAIN = 10_000_000;

    private final Parts parts;

    public StateWalk(Generation generation) {
        parts = new Parts(new CanonicalOrder(generation));
    }

    /** Takes what a walk finds. */
    public interface Visitor {
        void reference(Value.PersistentId id, Label label) throws IOException;

        /** Takes a class or callable by name, each time it occurs, those in references included. */
        default void global(Value.Global global) throws IOException {}
    }

    /**
     * Walks class meta and state.
     *
     * @throws StateException if tuples inside tuples hold more values than can be walked
     */
    public void walk(ObjectState state, Visitor visitor) throws IOException {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        int again = 0;
        Deque<Level> levels = new ArrayDeque<>();
        levels.push(new Level(List.of(), parts.of(state).iterator()));
        while (!levels.isEmpty()) {
            Level level = levels.getFirst();
            if (!level.parts.hasNext()) {
                levels.pop();
                continue;
            }
            Part part = level.parts.next();
            switch (part.value()) {
                case Value.PersistentId id -> {
                    visitor.reference(id, label(levels, part.steps()));
                    globals(id, visitor);
                }
                case Value.Global global -> visitor.global(global);
                case Value.Leaf leaf -> {}
                case Value.Node node -> {
                    boolean first = seen.add(node);
                    if (!first && node instanceof PyTuple tuple) {
                        again += tuple.items().size();
                        if (again > MAX_AGAIN) {
                            throw new StateException(
                                    "tuples inside tuples that multiply beyond " + MAX_AGAIN + " values");
                        }
                    }
                    if (first || node instanceof PyTuple) {
                        levels.push(new Level(
                                part.steps(), parts.of(node, part.role()).iterator()));
                    }
                }
            }
        }
    }

    private record Level(List<Step> steps, Iterator<Part> parts) {}

    private static Label label(Deque<Level> levels, List<Step> last) {
        List<Step> steps = new ArrayList<>(levels.size());
        levels.descendingIterator().forEachRemaining(level -> steps.addAll(level.steps));
        steps.addAll(last);
        return new Label(steps);
    }

    private static void globals(Value.PersistentId reference, Visitor visitor) throws IOException {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Value> open = new ArrayDeque<>(List.of(reference.id()));
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (value instanceof Value.Global global) {
                visitor.global(global);
            } else if (value instanceof Value.PersistentId(Value id)) {
                open.push(id);
            } else if (value instanceof PyTuple tuple && seen.add(tuple)) {
                tuple.items().forEach(open::add);
            } else if (value instanceof PyList list && seen.add(list)) {
                list.items().forEach(open::add);
            }
        }
    }
}
