package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.util.List;

/**
 * A transaction as a storage holds it.
 *
 * @param oids the objects it wrote or un-created, each once, in ascending order
 * @param hash SHA-256 over the transaction as stored, 32 bytes: tells a transaction from another one of the same tid
 */
public record StoredTransaction(TransactionInfo info, List<Oid> oids, Bytes hash) {
    public Tid tid() {
        return info.tid();
    }
}
