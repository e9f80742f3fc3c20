package gitzodb.tree;

import java.io.IOException;
import java.util.List;

/** A tree that cannot be loaded; nothing was written. Holds every problem of the run. */
public final class BadTreeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    BadTreeException(List<Problem> problems, int dropped) {
        super(message(problems, dropped));
        this.problems = problems;
    }

    private static String message(List<Problem> problems, int dropped) {
        int more = problems.size() - 1 + dropped;
        return problems.getFirst() + (more == 0 ? "" : " (and " + more + " more)");
    }

    /** True if nothing is wrong with the tree, and only the user's word is missing. */
    public boolean isRefusal() {
        return problems.stream().allMatch(problem -> problem.kind() == Problem.Kind.REFUSED);
    }

    public List<Problem> problems() {
        return problems;
    }
}
