package gitzodb.merge;

import java.util.Locale;

/** Who made a change. */
public enum Side {
    OURS,
    THEIRS,

    /** Both made the same change. */
    BOTH;

    /** Returns the name as files and messages have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
