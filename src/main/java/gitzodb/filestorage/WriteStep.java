package gitzodb.filestorage;

import java.io.IOException;

/** What a transaction has done on disk, in this order. Killed after any of them, it is there whole or not at all. */
enum WriteStep {
    LOCKED,
    TAIL_CUT,
    BLOB_PLACED,
    HEADER_WRITTEN,
    RECORDS_WRITTEN,
    RECORDS_SYNCED,
    STATUS_WRITTEN,
    STATUS_SYNCED;

    /** Is told of each step. */
    @FunctionalInterface
    interface Watch {
        void after(WriteStep step) throws IOException;
    }
}
