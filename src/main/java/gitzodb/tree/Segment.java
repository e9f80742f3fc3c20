package gitzodb.tree;

import gitzodb.zodb.Step;

/**
 * One segment of an object path.
 *
 * @param mark what the text is where that is not plain
 * @param text an id, key or attribute name; digits of a position; a canonical key form
 */
public record Segment(Mark mark, String text) {
    /** What a segment's text is; its sign begins the written segment, and no plain text begins with one. */
    public enum Mark {
        /** The id of a child: an attribute, or a text key. */
        PLAIN(""),
        /** An attribute of an object whose plain segments are the items of its collection. */
        ATTRIBUTE("@"),
        /** A slot of a list or tuple. */
        POSITION("@@"),
        /** A key that is no text. */
        KEY("@="),
        /** The start of a place for what is too far down, or whose names are too long ({@link ObjectPath#far}). */
        FAR("@-"),
        /** A node of a BTree that is shown node by node, by its number. */
        NODE("@.");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /** Returns the mark that a written segment, or a file name, begins with. */
        public static Mark of(String written) {
            Mark mark = PLAIN;
            for (Mark candidate : values()) {
                if (written.startsWith(candidate.sign) && candidate.sign.length() > mark.sign.length()) {
                    mark = candidate;
                }
            }
            return mark;
        }
    }

    public static Segment plain(String text) {
        return new Segment(Mark.PLAIN, text);
    }

    /**
     * Returns the segment of a step.
     *
     * @param marked true if the step starts at an object that has plain segments for the items of its collection
     */
    public static Segment of(Step step, boolean marked) {
        return switch (step) {
            case Step.Attribute(String name) -> new Segment(marked ? Mark.ATTRIBUTE : Mark.PLAIN, name);
            case Step.Key(String text) -> plain(text);
            case Step.OtherKey(String form) -> new Segment(Mark.KEY, form);
            case Step.Position(int index) -> new Segment(Mark.POSITION, Integer.toString(index));
        };
    }

    /** How much longer a text can be as a file name: each UTF-16 unit at most this many bytes. */
    static final int MAX_GROWTH = 9;

    /** Returns how many bytes of a path the segment takes at most, were its name not shortened. */
    int length() {
        return mark.sign().length() + NameCodec.length(text) + 2;
    }

    /** Returns the file or folder name; see {@link NameCodec#name(String, boolean)}. */
    public String name(boolean twin) {
        return mark.sign() + NameCodec.name(text, twin);
    }

    /** Returns what two segments have in common if file systems may take their names for one. */
    String fold() {
        return mark.sign() + NameCodec.fold(text);
    }
}
