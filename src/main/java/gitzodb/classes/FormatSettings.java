package gitzodb.classes;

/**
 * What changes the states that class formats make.
 *
 * @param keepDerived true keeps derived attributes ({@code --exact})
 */
public record FormatSettings(boolean keepDerived) {
    public static final FormatSettings DEFAULT = new FormatSettings(false);
    public static final FormatSettings EXACT = new FormatSettings(true);
}
