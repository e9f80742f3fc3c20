package gitzodb.git;

import java.util.List;

/** An operation of git that has stopped half way and waits for the user. */
public enum Operation {
    REBASE("rebase", "rebase-merge"),
    AM("am", "rebase-apply/applying"),
    REBASE_APPLY("rebase", "rebase-apply/rebasing"),
    MERGE("merge", "MERGE_HEAD"),
    CHERRY_PICK("cherry-pick", "CHERRY_PICK_HEAD"),
    REVERT("revert", "REVERT_HEAD"),
    BISECT("bisect", "BISECT_LOG");

    static final List<Operation> ALL = List.of(values());

    private final String command;
    private final String mark;

    Operation(String command, String mark) {
        this.command = command;
        this.mark = mark;
    }

    /** Returns the git command that continues or aborts it. */
    public String command() {
        return command;
    }

    /** Returns the file, folder or ref in the git folder of the work tree that exists while it is under way. */
    String mark() {
        return mark;
    }
}
