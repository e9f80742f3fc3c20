package gitzodb.filestorage;

import java.util.Arrays;
import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;

/**
 * Where the last record of each object is. Immutable: sorted arrays for nearly all objects, and a small map for those
 * written since, so that a new index after a few transactions costs a few entries.
 */
final class OidIndex {
    static final OidIndex EMPTY = new OidIndex(new long[0], new long[0], new LongLongHashMap());

    private static final int SMALL_MAP = 1024;
    private static final int MAP_SHARE = 16;

    private final long[] sortedOids;
    private final long[] positions;
    private final LongLongHashMap recent;

    private OidIndex(long[] sortedOids, long[] positions, LongLongHashMap recent) {
        this.sortedOids = sortedOids;
        this.positions = positions;
        this.recent = recent;
    }

    /**
     * Returns an index of these entries; the arrays are not to be changed afterwards.
     *
     * @param oids ascending as unsigned numbers, each once
     */
    static OidIndex of(long[] oids, long[] positions) {
        for (int i = 0; i < oids.length; i++) {
            oids[i] = sortable(oids[i]);
        }
        return new OidIndex(oids, positions, new LongLongHashMap());
    }

    /** Returns the position of the object's last record, 0 if it has none. */
    long position(long oid) {
        long position = recent.getIfAbsent(oid, 0);
        if (position == 0) {
            int found = Arrays.binarySearch(sortedOids, sortable(oid));
            position = found < 0 ? 0 : positions[found];
        }
        return position;
    }

    /** Returns all oids, ascending as unsigned numbers. */
    long[] oids() {
        long[] oids = merged().sortedOids.clone();
        for (int i = 0; i < oids.length; i++) {
            oids[i] = sortable(oids[i]);
        }
        return oids;
    }

    /** Returns the positions of all objects in ascending order. */
    long[] positionsAscending() {
        long[] ascending = merged().positions.clone();
        Arrays.sort(ascending);
        return ascending;
    }

    Builder builder() {
        return new Builder(this);
    }

    private OidIndex merged() {
        if (recent.isEmpty()) {
            return this;
        }
        long[] added = recent.keySet().toArray();
        for (int i = 0; i < added.length; i++) {
            added[i] = sortable(added[i]);
        }
        Arrays.sort(added);
        long[] oids = new long[sortedOids.length + added.length];
        long[] places = new long[oids.length];
        int count = 0;
        int next = 0;
        for (long oid : added) {
            while (next < sortedOids.length && sortedOids[next] < oid) {
                oids[count] = sortedOids[next];
                places[count++] = positions[next++];
            }
            if (next < sortedOids.length && sortedOids[next] == oid) {
                next++;
            }
            oids[count] = oid;
            places[count++] = recent.get(sortable(oid));
        }
        int rest = sortedOids.length - next;
        System.arraycopy(sortedOids, next, oids, count, rest);
        System.arraycopy(positions, next, places, count, rest);
        count += rest;
        return new OidIndex(Arrays.copyOf(oids, count), Arrays.copyOf(places, count), new LongLongHashMap());
    }

    /** Maps unsigned order to the order of long, and back. */
    private static long sortable(long oid) {
        return oid ^ Long.MIN_VALUE;
    }

    /** Takes entries that come after those of an index. */
    static final class Builder {
        private final OidIndex base;
        private final LongLongHashMap recent;

        private Builder(OidIndex base) {
            this.base = base;
            this.recent = new LongLongHashMap(base.recent);
        }

        void put(long oid, long position) {
            recent.put(oid, position);
        }

        OidIndex build() {
            OidIndex index = new OidIndex(base.sortedOids, base.positions, recent);
            boolean small = recent.size() <= Math.max(SMALL_MAP, base.sortedOids.length / MAP_SHARE);
            return small ? index : index.merged();
        }
    }
}
