package gitzodb.tree;

import gitzodb.bytes.Bytes;

/** What the transaction of a load says about itself; at most 65,535 bytes each. */
public record TransactionText(Bytes user, Bytes description, Bytes extension) {
    public static TransactionText of(String user, String description) {
        return new TransactionText(Bytes.utf8(user), Bytes.utf8(description), Bytes.EMPTY);
    }
}
