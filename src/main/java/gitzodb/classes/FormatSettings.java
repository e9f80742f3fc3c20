package gitzodb.classes;

/**
 * What changes the states that class formats make.
 *
 * @param keepDerived true keeps derived attributes ({@code --exact})
 * @param format the version of the tree, from 1: what came later does not apply to it
 */
public record FormatSettings(boolean keepDerived, int format) {
    /** The newest version. */
    public static final int NEWEST = 2;

    public static final FormatSettings DEFAULT = new FormatSettings(false, NEWEST);
    public static final FormatSettings EXACT = new FormatSettings(true, NEWEST);
}
