package gitzodb.load;

import gitzodb.zodb.Oid;
import java.util.Arrays;
import java.util.Collection;

/** Numbers objects from 0 on and leaves out some oids: those that references name as missing must not come alive. */
final class OidGaps {
    /** For each left out oid the first number that is moved by it, ascending. */
    private final long[] moved;

    /** @param leftOut in ascending order */
    OidGaps(Collection<Oid> leftOut) {
        moved = new long[leftOut.size()];
        int count = 0;
        for (Oid oid : leftOut) {
            // numbers never reach half of all oids, and what is above moves none
            if (oid.value() >= 0) {
                moved[count] = oid.value() - count;
                count++;
            }
        }
        Arrays.fill(moved, count, moved.length, Long.MAX_VALUE);
    }

    Oid oid(long number) {
        int low = 0;
        int high = moved.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (moved[middle] <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return new Oid(number + low);
    }
}
