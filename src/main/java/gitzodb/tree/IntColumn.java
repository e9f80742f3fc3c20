package gitzodb.tree;

import java.util.Arrays;

/** A number for each of the numbers from 0 on; 0 for those that were given none. */
public final class IntColumn {
    private int[] values = new int[1 << 8];

    public int get(int row) {
        return row < values.length ? values[row] : 0;
    }

    public void set(int row, int value) {
        if (row >= values.length) {
            values = Arrays.copyOf(values, Math.max(row + 1, values.length + (values.length >> 1)));
        }
        values[row] = value;
    }
}
