package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Computes {@link StoredTransaction#hash}: SHA-256 over tid, user, description and extension, then oid and data of each
 * record in the order of the storage, every part with its length before it. Where a storage keeps a record is no part
 * of it, so a transaction that a pack copies whole keeps its hash.
 */
public final class TransactionHash {
    private static final long UNCREATED = -1;

    private final MessageDigest digest;

    public TransactionHash(TransactionInfo info) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        number(info.tid().value());
        part(info.user());
        part(info.description());
        part(info.extension());
    }

    public void record(Oid oid, Bytes data) {
        number(oid.value());
        part(data);
    }

    /** Adds a record that says that the object does not exist any more. */
    public void uncreated(Oid oid) {
        number(oid.value());
        number(UNCREATED);
    }

    /** Returns the 32 bytes; nothing can be added afterwards. */
    public Bytes finish() {
        return Bytes.wrap(digest.digest());
    }

    private void part(Bytes bytes) {
        number(bytes.length());
        digest.update(bytes.buffer());
    }

    private void number(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    }
}
