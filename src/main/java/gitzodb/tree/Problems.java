package gitzodb.tree;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Collects all that is wrong in one run, so that it is reported together and nothing is written. Not thread-safe.
 *
 * <p>A hostile tree could have a problem a byte: from {@link #LIMIT} on they are counted, not kept.
 */
public final class Problems {
    /** How many problems are kept. */
    public static final int LIMIT = 10_000;

    private final TreeSet<Problem> found = new TreeSet<>();
    private int dropped;

    public void add(Problem problem) {
        if (found.size() < LIMIT) {
            found.add(problem);
        } else if (!found.contains(problem)) {
            dropped++;
        }
    }

    public void add(String file, int line, String object, String message) {
        add(new Problem(file, line, object, message));
    }

    public void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the problems by file, line, object, message; each once. */
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /** Returns how many problems were found beyond {@link #LIMIT}. */
    public int dropped() {
        return dropped;
    }

    /** Throws what was found, if anything was. */
    public void throwIfAny() throws BadTreeException {
        if (!found.isEmpty()) {
            throw new BadTreeException(list(), dropped);
        }
    }
}
