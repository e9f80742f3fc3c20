package gitzodb.merge;

import java.util.Locale;

/** What a merge did at one place where a side differs from the base. */
public sealed interface Decision {
    /** Returns the place: the keys from the root element, each after a slash; {@code /} is the root. */
    String path();

    /** One side changed it, or both alike: the change is taken, with all that is below the place. */
    record Taken(String path, Side side) implements Decision {}

    /** Both sides changed it, and a rule made one value of the two. */
    record Combined(String path, Rule rule) implements Decision {}

    /** Both sides changed it, and no rule decides. */
    record Conflicting(String path, Reason reason) implements Decision {}

    /** How one value is made of two. */
    enum Rule {
        /** Text, line by line. */
        LINES,

        /** A count: the base, and what each side added. */
        COUNT,

        /** Lines of a tree of integers, key by key. */
        NUMBERS,

        /** Members of a list, where only one side moved some: in its order. */
        ORDER;

        /** Returns the name as reports have it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
