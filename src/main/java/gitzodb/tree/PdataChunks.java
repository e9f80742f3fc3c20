package gitzodb.tree;

import java.util.ArrayList;
import java.util.List;

/** How Zope cuts the content of a File or Image (zope-classes §2.3), so that an upload of equal bytes is no change. */
public final class PdataChunks {
    /** The length in bytes of every piece but the first, and the least length that is cut at all. */
    static final int PIECE = 1 << 16;

    private PdataChunks() {}

    /**
     * Returns the lengths of the pieces, first to last; none if the content stays in the object itself. Content of up to
     * two pieces is one; above that it is cut from the end, and the first piece takes the rest.
     */
    public static List<Integer> lengths(long size) {
        if (size < PIECE) {
            return List.of();
        }
        long whole = size <= 2L * PIECE ? 0 : size / PIECE - 1;
        List<Integer> lengths = new ArrayList<>(Math.toIntExact(whole + 1));
        lengths.add((int) (size - whole * PIECE));
        for (long i = 0; i < whole; i++) {
            lengths.add(PIECE);
        }
        return lengths;
    }

    /**
     * Reads the lengths that an element gives where they are not Zope's; {@code none} for content in the object itself.
     * Content that has another size by now is cut as Zope does it.
     *
     * @throws IllegalArgumentException if these are no lengths
     */
    public static List<Integer> parse(String text, long size) {
        if (text.equals("none")) {
            return List.of();
        }
        List<Integer> lengths = new ArrayList<>();
        long sum = 0;
        for (String part : text.split(" ", -1)) {
            if (!part.matches("0|[1-9][0-9]{0,8}")) {
                throw new IllegalArgumentException("not the length of a piece: " + part);
            }
            lengths.add(Integer.parseInt(part));
            sum += lengths.getLast();
        }
        return sum == size ? lengths : lengths(size);
    }
}
