package gitzodb.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Paths as numbers, from 0 on without gaps, so that a million of them and what is said of each take little memory. What
 * paths begin with in common is kept once and has a number too, be it added as a path or not. Not thread-safe.
 */
public final class PathTable {
    /** What stands for the path above a first segment, and for a path that is not here. */
    public static final int NONE = -1;

    /** A path has at most this many segments of its own; the last one takes the rest. */
    private static final int MAX_SEGMENTS = 128;

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** Before each text: its length in characters, and whether they take two bytes each. */
    private static final int HEADER = 4;

    private final IntColumn parents = new IntColumn();
    private final IntColumn texts = new IntColumn();
    private final List<byte[]> chunks = new ArrayList<>();
    private int[] slots = new int[1 << 8];
    private int used = CHUNK;
    private int size;

    /** What the path asked for last begins with, up to its last segment: the next one often begins so too. */
    private String prefix = "";

    private int prefixNumber = NONE;
    private int prefixSegments;

    public int size() {
        return size;
    }

    /** Returns the number of a path, which it is given if it has none. */
    public int add(String path) {
        return walk(path, true);
    }

    /** Returns the number of a path, {@link #NONE} if it has none. */
    public int find(String path) {
        return walk(path, false);
    }

    /** Returns the path of a number. */
    public String path(int number) {
        StringBuilder reversed = new StringBuilder();
        for (int at = number; at != NONE; at = parents.get(at)) {
            int text = texts.get(at);
            for (int i = length(text) - 1; i >= 0; i--) {
                reversed.append(at(text, i));
            }
        }
        int length = reversed.length();
        char[] path = new char[length];
        for (int i = 0; i < length; i++) {
            path[i] = reversed.charAt(length - 1 - i);
        }
        return new String(path);
    }

    private int walk(String path, boolean adding) {
        boolean continues =
                path.length() > prefix.length() && isSeparator(path.charAt(prefix.length())) && path.startsWith(prefix);
        int number = continues ? prefixNumber : NONE;
        int start = continues ? prefix.length() : 0;
        for (int segments = continues ? prefixSegments : 0; ; segments++) {
            int end = segments == MAX_SEGMENTS ? path.length() : end(path, start);
            if (end == path.length()) {
                if (start > 0 && !(continues && start == prefix.length())) {
                    prefix = path.substring(0, start);
                    prefixNumber = number;
                    prefixSegments = segments;
                }
                return below(number, path, start, end, adding);
            }
            number = below(number, path, start, end, adding);
            if (number == NONE) {
                return NONE;
            }
            start = end;
        }
    }

    /** A segment begins with its separator. */
    private static int end(String path, int start) {
        int end = start + 1;
        while (end < path.length() && !isSeparator(path.charAt(end))) {
            end++;
        }
        return Math.min(end, path.length());
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '#';
    }

    private int below(int parent, String path, int start, int end, boolean adding) {
        int hash = parent * 31 + 17;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + path.charAt(i);
        }
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        for (; slots[slot] != 0; slot = (slot + 1) & mask) {
            int number = slots[slot] - 1;
            if (parents.get(number) == parent && is(texts.get(number), path, start, end)) {
                return number;
            }
        }
        if (!adding) {
            return NONE;
        }
        int number = size++;
        parents.set(number, parent);
        texts.set(number, store(path, start, end));
        slots[slot] = number + 1;
        if (size > slots.length / 2) {
            grow();
        }
        return number;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int hash = parents.get(number) * 31 + 17;
            int text = texts.get(number);
            for (int i = 0; i < length(text); i++) {
                hash = hash * 31 + at(text, i);
            }
            int slot = spread(hash) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }

    private int store(String path, int start, int end) {
        boolean wide = false;
        for (int i = start; i < end; i++) {
            wide |= path.charAt(i) > 0xFF;
        }
        int needed = HEADER + (end - start) * (wide ? 2 : 1);
        if (used + needed > CHUNK) {
            if (chunks.size() == 1 << (Integer.SIZE - CHUNK_BITS)) {
                throw new OutOfMemoryError("more paths than there can be");
            }
            chunks.add(new byte[Math.max(CHUNK, needed)]);
            used = 0;
        }
        byte[] chunk = chunks.getLast();
        int text = ((chunks.size() - 1) << CHUNK_BITS) | used;
        int header = (end - start) << 1 | (wide ? 1 : 0);
        for (int i = 0; i < HEADER; i++) {
            chunk[used++] = (byte) (header >>> (Byte.SIZE * i));
        }
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            chunk[used++] = (byte) c;
            if (wide) {
                chunk[used++] = (byte) (c >> Byte.SIZE);
            }
        }
        return text;
    }

    private byte[] chunk(int text) {
        return chunks.get(text >>> CHUNK_BITS);
    }

    private int header(int text) {
        byte[] chunk = chunk(text);
        int header = 0;
        int start = text & (CHUNK - 1);
        for (int i = 0; i < HEADER; i++) {
            header |= (chunk[start + i] & 0xFF) << (Byte.SIZE * i);
        }
        return header;
    }

    private int length(int text) {
        return header(text) >>> 1;
    }

    private char at(int text, int index) {
        boolean wide = (header(text) & 1) != 0;
        byte[] chunk = chunk(text);
        int start = (text & (CHUNK - 1)) + HEADER + (wide ? 2 * index : index);
        return (char) (chunk[start] & 0xFF | (wide ? (chunk[start + 1] & 0xFF) << Byte.SIZE : 0));
    }

    private boolean is(int text, String path, int start, int end) {
        int header = header(text);
        if (header >>> 1 != end - start) {
            return false;
        }
        boolean wide = (header & 1) != 0;
        byte[] chunk = chunk(text);
        int at = (text & (CHUNK - 1)) + HEADER;
        for (int i = start; i < end; i++) {
            int c = chunk[at++] & 0xFF;
            if (wide) {
                c |= (chunk[at++] & 0xFF) << Byte.SIZE;
            }
            if (c != path.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
