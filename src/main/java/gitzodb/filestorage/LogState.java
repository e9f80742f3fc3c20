package gitzodb.filestorage;

import gitzodb.zodb.Tid;

/**
 * What is known of a file up to the end of one transaction.
 *
 * @param end where the next transaction will start
 */
record LogState(OidIndex index, long end, Tid lastTid) {
    static final LogState START = new LogState(OidIndex.EMPTY, DataFile.MAGIC_SIZE, Tid.NONE);
}
