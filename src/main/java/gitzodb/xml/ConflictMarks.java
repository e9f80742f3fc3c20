package gitzodb.xml;

/**
 * The lines by which tools find a conflict, as git writes them, in comments of their own around the three versions.
 *
 * @param size signs of a mark, at least 7; two more for a conflict inside another
 * @param ours what git calls our version; empty if it says nothing, so the others
 */
public record ConflictMarks(int size, String ours, String base, String theirs) {
    static final String CONFLICT = "conflict";

    private static final int LONGEST = 200;
    private static final int MOST_SIGNS = 1_000;

    public ConflictMarks {
        size = Math.clamp(size, 7, MOST_SIGNS);
        ours = line(ours);
        base = line(base);
        theirs = line(theirs);
    }

    /** What two hyphens, control characters and half characters would do to a comment, they do not. */
    private static String line(String label) {
        String plain = label.replaceAll("[\\p{Cntrl}\\p{Cs}\\ufffe\\uffff]", " ")
                .replace("--", "\u2010\u2010")
                .replaceAll("-$", "\u2010")
                .strip();
        return plain.length() <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, LONGEST - 1))) + "\u2026";
    }

    String before(String side, int depth) {
        return switch (side) {
            case "ours" -> mark("<", depth, ours);
            case "base" -> mark("|", depth, base);
            default -> mark("=", depth, "");
        };
    }

    String end(int depth) {
        return mark(">", depth, theirs);
    }

    private String mark(String sign, int depth, String label) {
        String signs = sign.repeat(size + 2 * depth);
        return label.isEmpty() ? signs : signs + " " + label;
    }
}
