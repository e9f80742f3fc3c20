package gitzodb.sync;

/** What the hooks do when HEAD has moved. */
public enum Follow {
    /** Operations that change the work tree reload; commit and amend advise to push. */
    SWITCH,
    /** Every move of HEAD reloads. */
    ALL,
    /** Nothing is reloaded; one line of advice. */
    OFF;

    /** Parses the value of {@code zodb.NAME.follow}, in any case. */
    public static Follow parse(String text) throws RefusedException {
        for (Follow follow : values()) {
            if (follow.text().equalsIgnoreCase(text.strip())) {
                return follow;
            }
        }
        throw new RefusedException("zodb.<name>.follow is '" + text + "'; set it to switch, all or off");
    }

    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
