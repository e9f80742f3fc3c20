package gitzodb.tree;

import java.io.IOException;
import java.util.List;

/** A tree that cannot be loaded; nothing was written. Holds every problem of the run. */
public final class BadTreeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final int dropped;

    BadTreeException(List<Problem> problems, int dropped) {
        super(message(problems, dropped));
        this.problems = problems;
        this.dropped = dropped;
    }

    /** Returns the same with the files named from above the tree folder. */
    public BadTreeException in(String folder) {
        List<Problem> named =
                problems.stream().map(problem -> problem.in(folder)).toList();
        BadTreeException bad = new BadTreeException(named, dropped);
        bad.initCause(this);
        return bad;
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
