package gitzodb.classes;

/**
 * What changes the states in the tree.
 *
 * @param keepDerived true keeps derived attributes ({@code --exact})
 * @param keepSecrets true keeps password hashes, connection strings and mail passwords
 */
public record FormatSettings(boolean keepDerived, boolean keepSecrets) {
    public static final FormatSettings DEFAULT = new FormatSettings(false, false);
    public static final FormatSettings EXACT = new FormatSettings(true, true);
}
