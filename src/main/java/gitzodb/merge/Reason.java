package gitzodb.merge;

import java.util.Locale;

/** Why no rule decides. */
public enum Reason {
    /** Both sides changed one value, and not in the same way. */
    CHANGED("both sides changed it"),

    /** Both sides added it, and not the same. */
    ADDED("both sides added it"),

    /** One side deleted what the other changed. */
    DELETED("one side deleted what the other changed"),

    /** Its type or class is another one on both sides, or on one while the other changed the content. */
    TYPE("its type changed"),

    /** Both sides put the members of one list in another order, or it cannot be known which of two new members is first. */
    ORDER("the order of its members is not the same"),

    /** A value that is shared would no longer be. */
    SHARING("what several places share would come apart"),

    /** One version holds a conflict already. */
    UNRESOLVED("it was a conflict before");

    private final String explanation;

    Reason(String explanation) {
        this.explanation = explanation;
    }

    /** Returns the name as files have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the reason in words. */
    public String explanation() {
        return explanation;
    }
}
