package gitzodb.pickle;

import java.util.Arrays;
import java.util.List;

/** The stack of a reader with its marks; what lies below the newest mark is out of reach. */
final class ReadStack {
    private Value[] values = new Value[16];
    private int size;
    private int[] marks = new int[8];
    private int markCount;
    /** Where the values above the newest mark begin. */
    private int floor;

    void clear() {
        Arrays.fill(values, 0, size, null);
        size = 0;
        markCount = 0;
        floor = 0;
    }

    void push(Value value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    void mark() {
        if (markCount == marks.length) {
            marks = Arrays.copyOf(marks, 2 * markCount);
        }
        marks[markCount++] = size;
        floor = size;
    }

    boolean hasMark() {
        return markCount > 0;
    }

    /** Returns how many values lie above the newest mark, or in all if there is none. */
    int depth() {
        return size - floor;
    }

    /** Returns the top, or what lies {@code below} it. */
    Value peek(int below) {
        return values[size - 1 - below];
    }

    Value pop() {
        return values[--size];
    }

    /** Returns the values above the newest mark, which goes away with them; valid until the next push. */
    List<Value> popMark() {
        List<Value> above = Arrays.asList(values).subList(floor, size);
        size = floor;
        floor = --markCount == 0 ? 0 : marks[markCount - 1];
        return above;
    }
}
